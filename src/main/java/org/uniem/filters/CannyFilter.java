package org.uniem.filters;

import org.uniem.job.Job;

/**
 * Edges of a slice that are one pixel wide: the largest value on edges, 0 elsewhere.
 *
 * <p>Sobel gradient of length |gx| + |gy|, thinned across its direction, then followed from the
 * upper threshold down to the lower one over the eight neighbours. Canny 1986,
 * doi:10.1109/TPAMI.1986.4767851. Thresholds mean values of an 8-bit image. Slices are not smoothed
 * first: put gaussian before it.
 */
final class CannyFilter implements Filter {

  private static final double TAN_22_5 = Math.sqrt(2) - 1;
  private static final double TAN_67_5 = Math.sqrt(2) + 1;

  private final double lower;
  private final double upper;
  private final float full;

  /**
   * @param lower where an edge ends
   * @param upper where an edge begins
   * @param full the largest value of the pixel type
   */
  CannyFilter(double lower, double upper, double full) {
    this.lower = lower * full / 255;
    this.upper = upper * full / 255;
    this.full = (float) full;
  }

  @Override
  public void apply(SliceWindow source, float[] target, Job job) {
    int width = source.width();
    int height = source.height();
    float[] gx = new float[target.length];
    float[] gy = new float[target.length];
    gradient(source.middle(), width, height, gx, gy);
    job.checkCancelled();
    float[] length = new float[target.length];
    for (int i = 0; i < length.length; i++) {
      length[i] = Math.abs(gx[i]) + Math.abs(gy[i]);
    }
    float[] thin = new float[target.length];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        thin[i] = isRidge(length, gx[i], gy[i], x, y, width, height) ? length[i] : 0;
      }
    }
    follow(thin, width, height, target);
  }

  private static void gradient(float[] values, int width, int height, float[] gx, float[] gy) {
    for (int y = 0, i = 0; y < height; y++) {
      int above = Math.max(0, y - 1) * width;
      int row = y * width;
      int below = Math.min(height - 1, y + 1) * width;
      for (int x = 0; x < width; x++, i++) {
        int left = Math.max(0, x - 1);
        int right = Math.min(width - 1, x + 1);
        gx[i] =
            values[above + right]
                - values[above + left]
                + 2 * (values[row + right] - values[row + left])
                + values[below + right]
                - values[below + left];
        gy[i] =
            values[below + left]
                - values[above + left]
                + 2 * (values[below + x] - values[above + x])
                + values[below + right]
                - values[above + right];
      }
    }
  }

  /** Whether the gradient is longest across the edge; of equal neighbours the first one counts. */
  private static boolean isRidge(
      float[] length, float gx, float gy, int x, int y, int width, int height) {
    float steep = Math.abs(gy);
    float level = Math.abs(gx);
    int dx = steep > TAN_67_5 * level ? 0 : 1;
    int dy = steep < TAN_22_5 * level ? 0 : 1;
    if (dx == 1 && dy == 1 && (gx < 0) != (gy < 0)) {
      dx = -1;
    }
    float here = length[y * width + x];
    return here > at(length, x - dx, y - dy, width, height)
        && here >= at(length, x + dx, y + dy, width, height);
  }

  private static float at(float[] values, int x, int y, int width, int height) {
    return x < 0 || y < 0 || x >= width || y >= height ? 0 : values[y * width + x];
  }

  private void follow(float[] thin, int width, int height, float[] target) {
    int[] stack = new int[target.length];
    int top = 0;
    for (int i = 0; i < target.length; i++) {
      target[i] = thin[i] > upper ? full : 0;
      if (target[i] != 0) {
        stack[top++] = i;
      }
    }
    while (top > 0) {
      int pixel = stack[--top];
      int x = pixel % width;
      int y = pixel / width;
      for (int row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (int column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          int neighbour = row * width + column;
          if (target[neighbour] == 0 && thin[neighbour] > lower) {
            target[neighbour] = full;
            stack[top++] = neighbour;
          }
        }
      }
    }
  }
}
