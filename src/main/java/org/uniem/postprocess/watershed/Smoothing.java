package org.uniem.postprocess.watershed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.uniem.job.Job;

/** Gaussian smoothing of a stack in one array, mirrored at its borders, cut off at 4 σ. */
final class Smoothing {

  private final float[] values;
  private final int width;
  private final int height;
  private final int depth;

  /**
   * @param values width × height × depth, x fastest; changed
   */
  Smoothing(float[] values, int width, int height, int depth) {
    this.values = values;
    this.width = width;
    this.height = height;
    this.depth = depth;
  }

  /** Smooths along all axes; a σ of 0 leaves an axis as it is. */
  void apply(double sigmaX, double sigmaY, double sigmaZ, Job job) {
    int slice = width * height;
    List<Callable<Void>> slices = new ArrayList<>();
    for (int z = 0; z < depth; z++) {
      int start = z * slice;
      slices.add(
          () -> {
            job.checkCancelled();
            smoothLines(start, height, width, width, 1, sigmaX);
            smoothLines(start, width, 1, height, width, sigmaY);
            return null;
          });
    }
    job.runAll(slices);
    List<Callable<Void>> planes = new ArrayList<>();
    for (int y = 0; y < height && sigmaZ > 0; y++) {
      int start = y * width;
      planes.add(
          () -> {
            job.checkCancelled();
            smoothLines(start, width, 1, depth, slice, sigmaZ);
            return null;
          });
    }
    job.runAll(planes);
  }

  private void smoothLines(int start, int lines, int lineStep, int length, int step, double sigma) {
    if (sigma == 0) {
      return;
    }
    double[] weights = weights(sigma);
    double[] line = new double[length];
    for (int l = 0; l < lines; l++) {
      int at = start + l * lineStep;
      for (int i = 0; i < length; i++) {
        line[i] = values[at + i * step];
      }
      for (int i = 0; i < length; i++) {
        double sum = weights[0] * line[i];
        for (int k = 1; k < weights.length; k++) {
          sum += weights[k] * (line[mirrored(i - k, length)] + line[mirrored(i + k, length)]);
        }
        values[at + i * step] = (float) sum;
      }
    }
  }

  private static double[] weights(double sigma) {
    double[] weights = new double[(int) Math.ceil(4 * sigma) + 1];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Math.exp(-0.5 * k * k / (sigma * sigma));
      sum += k == 0 ? weights[k] : 2 * weights[k];
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
    }
    return weights;
  }

  /** The voxel in place of one beyond the ends: … 1 0 | 0 1 2 … */
  private static int mirrored(int i, int length) {
    if (i >= 0 && i < length) {
      return i;
    }
    int inPeriod = Math.floorMod(i, 2 * length);
    return Math.min(inPeriod, 2 * length - 1 - inPeriod);
  }
}
