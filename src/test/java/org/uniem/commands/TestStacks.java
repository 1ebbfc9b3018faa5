package org.uniem.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Small stacks for tests of commands. */
public final class TestStacks {

  private TestStacks() {}

  /** Writes slices of one size; voxels are 4 × 4 × 20 nm. */
  public static Path write(Path output, PixelType type, int width, float[]... slices) {
    VolumeSpec spec =
        new VolumeSpec(
            width, slices[0].length / width, slices.length, 1, type, new VoxelSize(4, 4, 20, "nm"));
    try (VolumeWriter writer = Volumes.create(output, spec)) {
      for (float[] slice : slices) {
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    return output;
  }

  public static float[] slice(Volume volume, long z) {
    float[] values = new float[(int) (volume.width() * volume.height())];
    volume.readSlice(z, 0, values);
    return values;
  }

  /** All files below a folder with their content, to show that nothing changed. */
  public static List<String> content(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.map(
              path -> {
                try {
                  return folder.relativize(path)
                      + (Files.isDirectory(path)
                          ? "/"
                          : " " + java.util.Arrays.hashCode(Files.readAllBytes(path)));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .sorted()
          .toList();
    }
  }
}
