package org.uniem.filters;

import org.uniem.job.Job;

/** Derivatives of a slice by kernels of 3 × 3 pixels. */
final class GradientFilter implements Filter {

  /** What is made of the neighbours. */
  enum Kind {
    /** Length of the Sobel gradient, √(gx² + gy²); SciPy's kernels. */
    SOBEL,
    /** Second differences along x and y, added. */
    LAPLACIAN
  }

  private final Kind kind;

  GradientFilter(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void apply(SliceWindow source, float[] target, Job job) {
    int width = source.width();
    int height = source.height();
    float[] values = source.middle();
    for (int y = 0, i = 0; y < height; y++) {
      int above = Math.max(0, y - 1) * width;
      int row = y * width;
      int below = Math.min(height - 1, y + 1) * width;
      for (int x = 0; x < width; x++, i++) {
        int left = Math.max(0, x - 1);
        int right = Math.min(width - 1, x + 1);
        if (kind == Kind.LAPLACIAN) {
          target[i] =
              values[above + x]
                  + values[below + x]
                  + values[row + left]
                  + values[row + right]
                  - 4 * values[row + x];
        } else {
          double gx =
              sobel(values, above, row, below, right) - sobel(values, above, row, below, left);
          double gy = smooth(values, below, left, x, right) - smooth(values, above, left, x, right);
          target[i] = (float) Math.sqrt(gx * gx + gy * gy);
        }
      }
    }
  }

  private static double sobel(float[] values, int above, int row, int below, int x) {
    return values[above + x] + 2.0 * values[row + x] + values[below + x];
  }

  private static double smooth(float[] values, int row, int left, int x, int right) {
    return values[row + left] + 2.0 * values[row + x] + values[row + right];
  }
}
