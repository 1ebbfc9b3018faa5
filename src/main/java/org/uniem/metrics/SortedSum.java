package org.uniem.metrics;

import java.util.Arrays;

/** Adds numbers from small to large, so that the sum does not depend on their order. */
final class SortedSum {

  private double[] values = new double[64];
  private int count;

  void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(count, 2));
    }
    values[count++] = value;
  }

  double sum() {
    Arrays.sort(values, 0, count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return sum;
  }
}
