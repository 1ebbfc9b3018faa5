package org.uniem.filters;

import java.util.Arrays;
import org.uniem.job.Job;

/**
 * Convolves with a kernel along each axis: Gaussian smoothing, Laplacian of it and box means.
 *
 * <p>Sums are in double precision and rounded after each axis.
 */
final class SeparableFilter implements Filter {

  /** Where a Gaussian is cut off, in standard deviations, as SciPy does. */
  private static final double TRUNCATE = 4;

  private final double[] alongX;
  private final double[] alongY;
  private final double[] alongZ;

  private SeparableFilter(double[] alongX, double[] alongY, double[] alongZ) {
    this.alongX = alongX;
    this.alongY = alongY;
    this.alongZ = alongZ;
  }

  /**
   * A Gaussian.
   *
   * @param sigma standard deviation along x and y in pixels; 0 leaves them alone
   * @param sigmaZ standard deviation along z in slices; 0 filters each slice alone
   */
  static SeparableFilter gaussian(double sigma, double sigmaZ) {
    double[] kernel = gaussian(sigma);
    return new SeparableFilter(kernel, kernel, gaussian(sigmaZ));
  }

  private static double[] gaussian(double sigma) {
    int radius = (int) (TRUNCATE * sigma + 0.5);
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = radius == 0 ? 1 : Math.exp(-0.5 * i * i / (sigma * sigma));
      sum += kernel[i + radius];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  @Override
  public int reach() {
    return alongZ.length / 2;
  }

  @Override
  public void apply(SliceWindow source, float[] target, Job job) {
    int width = source.width();
    int height = source.height();
    float[] flat = alongZ(source, target.length);
    float[] rows = new float[target.length];
    alongX(flat, width, height, rows);
    job.checkCancelled();
    alongY(rows, width, height, target);
  }

  private float[] alongZ(SliceWindow source, int pixels) {
    if (alongZ.length == 1) {
      return source.middle();
    }
    double[] sums = new double[pixels];
    for (int k = 0; k < alongZ.length; k++) {
      float[] slice = source.slices()[k];
      double weight = alongZ[k];
      for (int i = 0; i < pixels; i++) {
        sums[i] += weight * slice[i];
      }
    }
    return rounded(sums);
  }

  private static float[] rounded(double[] sums) {
    float[] values = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      values[i] = (float) sums[i];
    }
    return values;
  }

  private void alongX(float[] source, int width, int height, float[] target) {
    int radius = alongX.length / 2;
    float[] padded = new float[width + 2 * radius];
    for (int y = 0; y < height; y++) {
      for (int x = -radius; x < width + radius; x++) {
        padded[x + radius] = source[y * width + SliceWindow.mirrored(x, width)];
      }
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int k = 0; k < alongX.length; k++) {
          sum += alongX[k] * padded[x + k];
        }
        target[y * width + x] = (float) sum;
      }
    }
  }

  private void alongY(float[] source, int width, int height, float[] target) {
    int radius = alongY.length / 2;
    double[] sums = new double[width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      for (int k = -radius; k <= radius; k++) {
        int row = SliceWindow.mirrored(y + k, height) * width;
        double weight = alongY[k + radius];
        for (int x = 0; x < width; x++) {
          sums[x] += weight * source[row + x];
        }
      }
      for (int x = 0; x < width; x++) {
        target[y * width + x] = (float) sums[x];
      }
    }
  }
}
