package org.uniem.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import net.imglib2.FinalDimensions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;

class TruthBordersTest {

  private static long[] without(
      long[] labels, int width, double pixelWidth, double pixelHeight, double distance) {
    long[] left = new long[labels.length];
    TruthBorders.without(
            (z, target) -> System.arraycopy(labels, 0, target, 0, labels.length),
            new FinalDimensions(width, labels.length / width, 1),
            pixelWidth,
            pixelHeight,
            distance)
        .read(0, left);
    return left;
  }

  @Test
  void pixelsUpToTheDistanceAreTakenAway() {
    long[] row = {1, 1, 1, 1, 2, 2, 2, 2};
    assertArrayEquals(new long[] {1, 1, 1, 0, 0, 2, 2, 2}, without(row, 8, 4, 4, 0));
    assertArrayEquals(new long[] {1, 1, 0, 0, 0, 0, 2, 2}, without(row, 8, 4, 4, 4));
    assertArrayEquals(new long[] {1, 1, 0, 0, 0, 0, 2, 2}, without(row, 8, 4, 4, 7.9));
  }

  @Test
  void randomSlicesAgreeWithTheDistanceToEveryBorderPixel() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int width = 1 + random.nextInt(9);
      long[] labels = new long[width * (1 + random.nextInt(9))];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextInt(10) == 0 ? random.nextInt(3) : 1;
      }
      double w = 0.5 + random.nextInt(3);
      double h = 0.5 + random.nextInt(3);
      double distance = random.nextInt(10) / 2.0;
      long[] expected = labels.clone();
      for (int i = 0; i < labels.length; i++) {
        for (int b = 0; b < labels.length; b++) {
          double dx = (i % width - b % width) * w;
          double dy = (i / width - b / width) * h;
          if (isBorder(labels, width, b) && dx * dx + dy * dy <= distance * distance) {
            expected[i] = 0;
          }
        }
      }
      Assertions.assertArrayEquals(
          expected, without(labels, width, w, h, distance), "seed " + seed + ", round " + round);
    }
  }

  private static boolean isBorder(long[] labels, int width, int i) {
    for (int n = 0; n < labels.length; n++) {
      int apart = Math.abs(i % width - n % width) + Math.abs(i / width - n / width);
      if (apart == 1 && labels[n] != labels[i]) {
        return true;
      }
    }
    return false;
  }

  @Test
  void negativeDistancesAreRefused() {
    assertThrows(BadParameterException.class, () -> without(new long[1], 1, 1, 1, -1));
    assertThrows(BadParameterException.class, () -> without(new long[1], 1, 0, 1, 1));
  }
}
