package org.uniem.filters.distance;

/**
 * Neighbouring lines across the storage order, copied together so that whole cache lines are read,
 * and their lower envelopes.
 *
 * <p>A minus sign marks the first voxel of an object along a line, which may follow another object
 * directly; 0 is background.
 */
final class LineTile {

  /** Number of lines copied together: two cache lines of floats. */
  static final int LINES = 32;

  private final int length;
  private final float[] values;
  private final double square;
  private final double[] halfByDistance;
  private final int[] apex;
  private final double[] height;
  private final double[] from;
  private int last;

  LineTile(int length, double spacing) {
    this.length = length;
    this.values = new float[LINES * length];
    this.square = spacing * spacing;
    this.halfByDistance = new double[length + 2];
    for (int d = 1; d < halfByDistance.length; d++) {
      halfByDistance[d] = 0.5 / d;
    }
    this.apex = new int[length + 2];
    this.height = new double[length + 2];
    this.from = new double[length + 2];
  }

  /** Takes voxel i of each line. */
  void gather(int i, float[] source, int offset, int lines) {
    for (int line = 0; line < lines; line++) {
      values[line * length + i] = source[offset + line];
    }
  }

  /** Gives voxel i of each line. */
  void scatter(int i, float[] target, int offset, int lines) {
    for (int line = 0; line < lines; line++) {
      target[offset + line] = values[line * length + i];
    }
  }

  /**
   * Replaces squared distances within lower dimensions by those that also reach along the lines.
   *
   * @param roots whether to leave distances instead of their squares
   */
  void transform(int lines, boolean roots) {
    for (int line = 0; line < lines; line++) {
      transformLine(line * length, roots);
    }
  }

  private void transformLine(int start, boolean roots) {
    int begin = 0;
    while (begin < length) {
      if (values[start + begin] == 0) {
        values[start + begin] = 0; // not -0
        begin++;
        continue;
      }
      int end = begin + 1;
      while (end < length && values[start + end] > 0) {
        end++;
      }
      transformRun(start, begin, end, roots);
      begin = end;
    }
  }

  private void transformRun(int start, int begin, int end, boolean roots) {
    last = -1;
    if (begin > 0) {
      add(begin - 1, 0);
    }
    for (int i = begin; i < end; i++) {
      float value = Math.abs(values[start + i]);
      if (value != Float.POSITIVE_INFINITY) {
        add(i, value);
      }
    }
    if (end < length) {
      add(end, 0);
    }
    if (last < 0) {
      for (int i = begin; i < end; i++) {
        values[start + i] = Float.POSITIVE_INFINITY;
      }
      return;
    }
    int k = 0;
    for (int i = begin; i < end; i++) {
      while (k < last && from[k + 1] <= i) {
        k++;
      }
      double away = i - apex[k];
      float value = (float) (away * away * square + height[k]);
      values[start + i] = roots ? (float) Math.sqrt(value) : value;
    }
  }

  /** Adds a parabola right of all others and drops those it hides. */
  private void add(int i, double value) {
    double begin = Double.NEGATIVE_INFINITY;
    while (last >= 0) {
      int before = apex[last];
      double rise = (value - height[last]) / square + (double) (i - before) * (i + before);
      begin = rise * halfByDistance[i - before];
      if (begin > from[last]) {
        break;
      }
      last--;
      begin = Double.NEGATIVE_INFINITY;
    }
    last++;
    apex[last] = i;
    height[last] = value;
    from[last] = begin;
  }
}
