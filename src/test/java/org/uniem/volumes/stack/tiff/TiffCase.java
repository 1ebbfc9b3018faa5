package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** What tests of TIFF files ask of what they laid out. */
abstract class TiffCase {

  @TempDir Path folder;

  /** All slices of a channel, one after the other. */
  static float[] values(Volume volume, int channel) {
    int size = (int) (volume.width() * volume.height());
    float[] all = new float[size * (int) volume.depth()];
    float[] slice = new float[size];
    for (int z = 0; z < volume.depth(); z++) {
      volume.readSlice(z, channel, slice);
      System.arraycopy(slice, 0, all, z * size, size);
    }
    return all;
  }

  static long[] labels(Volume volume) {
    long[] ids = new long[(int) (volume.width() * volume.height())];
    volume.readLabels(0, 0, ids);
    return ids;
  }

  void assertReads(TiffBuilder file, float... expected) throws IOException {
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertArrayEquals(expected, values(volume, 0));
    }
  }

  /** Checks that a file is refused on opening or reading, with these words. */
  void assertRefused(TiffBuilder file, String... words) throws IOException {
    Path path = file.write(folder);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> {
              try (Volume volume = Volumes.open(path)) {
                values(volume, 0);
              }
            });
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), e.getMessage());
    }
    assertTrue(e.getMessage().contains("built.tif"), e.getMessage());
  }

  VoxelSize voxelSize(TiffBuilder file) throws IOException {
    try (Volume volume = Volumes.open(file.write(folder))) {
      return volume.voxelSize();
    }
  }
}
