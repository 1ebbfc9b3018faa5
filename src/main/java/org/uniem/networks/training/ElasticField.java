package org.uniem.networks.training;

import java.util.SplittableRandom;

/**
 * A smooth random displacement of a square patch: a uniform cubic B-spline over control points a
 * quarter of the patch apart, each displaced by at most a quarter of their distance.
 *
 * <p>The displacement's slope is then at most 1.5 · 0.25 per axis, so the map never folds.
 */
final class ElasticField {

  private static final double LARGEST_SHARE = 0.25;

  private ElasticField() {}

  /**
   * Adds a random displacement to coordinates.
   *
   * @param size edge of the patch
   * @param x, y coordinates per pixel, x fastest; changed
   */
  static void add(int size, SplittableRandom random, float[] x, float[] y) {
    float spacing = Math.max(8f, size / 4f);
    int knots = (int) Math.ceil(size / spacing) + 3;
    double amplitude = spacing * LARGEST_SHARE * random.nextDouble(0.3, 1);
    float[] shiftX = new float[knots * knots];
    float[] shiftY = new float[knots * knots];
    for (int i = 0; i < shiftX.length; i++) {
      shiftX[i] = (float) random.nextDouble(-amplitude, amplitude);
      shiftY[i] = (float) random.nextDouble(-amplitude, amplitude);
    }
    float[] weights = new float[4 * size];
    for (int i = 0; i < size; i++) {
      weights(i / spacing - (int) (i / spacing), weights, 4 * i);
    }
    float[] rowX = new float[knots];
    float[] rowY = new float[knots];
    for (int row = 0; row < size; row++) {
      int knot = (int) (row / spacing);
      for (int k = 0; k < knots; k++) {
        rowX[k] = combine(shiftX, knot * knots + k, knots, weights, 4 * row);
        rowY[k] = combine(shiftY, knot * knots + k, knots, weights, 4 * row);
      }
      for (int column = 0; column < size; column++) {
        int first = (int) (column / spacing);
        x[row * size + column] += combine(rowX, first, 1, weights, 4 * column);
        y[row * size + column] += combine(rowY, first, 1, weights, 4 * column);
      }
    }
  }

  private static float combine(float[] values, int first, int step, float[] weights, int at) {
    return values[first] * weights[at]
        + values[first + step] * weights[at + 1]
        + values[first + 2 * step] * weights[at + 2]
        + values[first + 3 * step] * weights[at + 3];
  }

  /** The four cubic B-spline weights at t, 0 … 1 between the second and third knot. */
  private static void weights(float t, float[] weights, int at) {
    float t2 = t * t;
    float t3 = t2 * t;
    weights[at] = (1 - 3 * t + 3 * t2 - t3) / 6;
    weights[at + 1] = (4 - 6 * t2 + 3 * t3) / 6;
    weights[at + 2] = (1 + 3 * t + 3 * t2 - 3 * t3) / 6;
    weights[at + 3] = t3 / 6;
  }
}
