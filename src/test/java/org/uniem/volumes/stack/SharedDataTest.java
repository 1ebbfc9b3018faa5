package org.uniem.volumes.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Stacks of real data, written by another program. */
class SharedDataTest {

  private static final Path DATA = Path.of("../shared/data");

  @ParameterizedTest
  @CsvSource({
    "lucchi/images.tif, 512, 512, 64, UINT8",
    "isbi2012/images.tif, 512, 512, 20, UINT8",
    "vnc/images.tif, 1024, 1024, 14, UINT8",
    "fib25/raw.tif, 250, 250, 250, UINT8",
    "platelet/image-z0.tif, 800, 800, 1, UINT16"
  })
  void stackHasItsKnownShape(String name, int width, int height, int depth, PixelType type) {
    Path path = DATA.resolve(name);
    assumeTrue(Files.exists(path), "skipped: ../shared/data not present");
    try (Volume volume = Volumes.open(path)) {
      assertEquals(width, volume.width());
      assertEquals(height, volume.height());
      assertEquals(depth, volume.depth());
      assertEquals(type, volume.pixelType());
      volume.readSlice(depth - 1, 0, new float[width * height]);
    }
  }

  @Test
  void stackHasItsKnownMean() {
    Path path = DATA.resolve("lucchi/images.tif");
    assumeTrue(Files.exists(path), "skipped: ../shared/data not present");
    try (Volume volume = Volumes.open(path)) {
      double sum = 0;
      float[] slice = new float[512 * 512];
      for (int z = 0; z < 64; z++) {
        volume.readSlice(z, 0, slice);
        for (float value : slice) {
          sum += value;
        }
      }
      assertEquals(137.47, sum / (64 * 512 * 512), 0.005);
    }
  }
}
