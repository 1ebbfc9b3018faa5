package org.uniem.networks.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.PixelType;

class PixelStatisticsTest {

  private static PixelStatistics of(TypedVolume images) {
    try (Job job = Job.silent()) {
      return PixelStatistics.of(images, 1, job);
    }
  }

  @Test
  void percentilesOfAThousandNumbers() {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7 + 3) % 1000 + 1;
    }
    PixelStatistics found = PixelStatistics.of(PixelType.UINT16, values);
    assertEquals(1, found.least());
    assertEquals(1, found.low());
    assertEquals(501, found.median());
    assertEquals(1000, found.most());
    assertEquals(500.5, found.mean(), 1e-9);
    // Variance of 1 … n is (n² − 1) / 12.
    assertEquals(Math.sqrt((1e6 - 1) / 12), found.deviation(), 1e-9);
  }

  @Test
  void theSampleOfLargeSlicesIsBoundedAndTellsTheSame() {
    int side = 1000;
    float[] values = new float[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % side + i / side * 3) % 997;
    }
    PixelStatistics found = of(new TypedVolume(side, side, 1, PixelType.UINT16, values));
    assertEquals(498, found.median(), 10);
    assertEquals(498, found.mean(), 5);
  }

  @Test
  void zerosAloneAreTheImageZerosAroundItAreNot() {
    float[] zeros = new float[100];
    assertTrue(PixelStatistics.of(PixelType.UINT16, zeros.clone()).isConstant());
    for (int i = 50; i < 100; i++) {
      zeros[i] = 200 + i;
    }
    assertEquals(250, PixelStatistics.of(PixelType.UINT16, zeros.clone()).least());
    float[] signed = zeros.clone();
    signed[99] = -7;
    assertEquals(-7, PixelStatistics.of(PixelType.FLOAT32, signed).least());
  }

  @Test
  void nearlyAllEqualStillHasARange() {
    float[] values = new float[10000];
    values[0] = 5;
    PixelStatistics found = PixelStatistics.of(PixelType.FLOAT32, values);
    assertTrue(found.black() < found.white());
    PixelStatistics flat = PixelStatistics.of(PixelType.FLOAT32, new float[] {3, 3});
    assertTrue(flat.black() < flat.white());
  }

  @Test
  void aPixelThatIsNoNumberIsNamed() {
    float[] values = new float[2 * 3 * 4];
    values[6 + 4] = Float.NaN;
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> of(new TypedVolume(3, 2, 4, PixelType.FLOAT32, values)));
    assertTrue(e.getMessage().contains("Slice 1"), e.getMessage());
    assertTrue(e.getMessage().contains("x=1, y=1"), e.getMessage());
  }

  @Test
  void numbersAreSaidWithFourDigits() {
    assertEquals("112", PixelStatistics.number(112));
    assertEquals("0.01235", PixelStatistics.number(0.0123456));
    assertEquals("-20000", PixelStatistics.number(-20000));
    assertEquals("12350", PixelStatistics.number(12345.6));
  }
}
