package org.uniem.networks.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.uniem.job.Job;
import org.uniem.networks.Normalisation;
import org.uniem.volumes.PixelType;

class PixelScalingTest {

  private static PixelScaling of(ArrayVolume images, Normalisation normalisation) {
    try (Job job = Job.silent()) {
      return PixelScaling.of(images, 1, normalisation, job);
    }
  }

  @Test
  void fixedScalesByThePixelType() {
    Normalisation normalisation = Normalisation.fixed(0.5, 0.25);
    ArrayVolume bytes = ArrayVolume.grey(1, 1, 1, (x, y, z, c) -> 0);
    assertEquals(2, of(bytes, normalisation).apply(255), 1e-6);
    assertEquals(-2, of(bytes, normalisation).apply(0), 1e-6);
    assertEquals(-1, bytes.lastRead.get(), "nothing needs to be read");
    ArrayVolume shorts = new ArrayVolume(1, 1, 1, 1, PixelType.UINT16, (x, y, z, c) -> 0);
    assertEquals(2, of(shorts, normalisation).apply(65535), 1e-6);
  }

  @Test
  void fixedScalesFloatByTheRangeOfTheVolume() {
    ArrayVolume floats =
        new ArrayVolume(2, 1, 3, 1, PixelType.FLOAT32, (x, y, z, c) -> -10 + 8 * x + 6 * z);
    // Range −10 … 10: 10 is 1, that is (1 − 0.5) / 0.25.
    assertEquals(2, of(floats, Normalisation.fixed(0.5, 0.25)).apply(10), 1e-6);
    assertEquals(0, of(floats, Normalisation.fixed(0.5, 0.25)).apply(0), 1e-6);
  }

  @Test
  void rangeOfAFloatVolumeIsThatOfAllSlicesAsInTraining() {
    // Slice 50 of 100 is none of 32 evenly spaced ones; it alone has the largest value.
    ArrayVolume floats =
        new ArrayVolume(
            1, 1, 100, 1, PixelType.FLOAT32, (x, y, z, c) -> z == 50 ? 8 : (float) (z % 2));
    assertEquals(1, of(floats, Normalisation.fixed(0, 1)).apply(8), 1e-6);
  }

  @Test
  void imageUsesMeanAndStdOfTheVolume() {
    // Values 10, 20, 30, 40: mean 25, variance 125.
    ArrayVolume images = ArrayVolume.grey(2, 1, 2, (x, y, z, c) -> 10 + 10 * x + 20 * z);
    PixelScaling scaling = of(images, Normalisation.image(0.1, 0.2));
    assertEquals(0, scaling.apply(25), 1e-6);
    assertEquals(15 / Math.sqrt(125), scaling.apply(40), 1e-6);
  }

  @Test
  void imageOfAConstantVolumeBecomesZero() {
    ArrayVolume images = ArrayVolume.grey(2, 2, 1, (x, y, z, c) -> 77);
    assertEquals(0, of(images, Normalisation.image(0.1, 0.2)).apply(77));
  }

  @Test
  void atMost32SlicesFromFirstToLastAreMeasured() {
    boolean[] seen = new boolean[1000];
    ArrayVolume images =
        ArrayVolume.grey(
            1,
            1,
            1000,
            (x, y, z, c) -> {
              seen[(int) z] = true;
              return z;
            });
    of(images, Normalisation.image(0, 1));
    int count = 0;
    for (boolean one : seen) {
      count += one ? 1 : 0;
    }
    assertEquals(32, count);
    assertEquals(true, seen[0] && seen[999]);
  }
}
