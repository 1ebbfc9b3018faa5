package org.uniem.viewers.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void ticksAreRoundAndWithinTheRange() {
    assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), Axis.linear(0, 100).ticks());
    assertEquals(
        List.of("0.002", "0.005", "0.01", "0.02"),
        Axis.logarithmic(0.0019, 0.02).ticks().stream().map(Axis::format).toList());
  }

  @Test
  void smoothingStartsWithoutLag() {
    assertArrayEquals(
        new double[] {4, 4, Double.NaN, 4},
        RunningMean.of(new double[] {4, 4, Double.NaN, 4}, 0.9),
        1e-12);
  }
}
