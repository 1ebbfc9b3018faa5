package org.uniem.networks.inference;

import java.util.Arrays;
import java.util.function.Consumer;
import org.uniem.networks.Mirror;

/**
 * Gaussian smoothing of maps across slices, with the last few slices in a ring.
 *
 * <p>The Gaussian is cut off at three standard deviations and its weights sum to 1; at the ends the
 * stack is mirrored, the end slice not repeated. Not thread-safe.
 */
final class SliceSmoother {

  private static final double CUT_OFF = 3;

  private final long depth;
  private final int radius;
  private final double[] kernel;
  private final float[][][] ring;
  private final Sink sink;
  private final Consumer<float[][]> released;
  private float[][] smoothed;
  private long received;
  private long delivered;

  /**
   * @param depth number of slices that will come
   * @param sigma standard deviation in slices; 0 passes slices on
   * @param sink receives the smoothed slices in order
   * @param released receives slices that are no longer needed
   */
  SliceSmoother(long depth, double sigma, Sink sink, Consumer<float[][]> released) {
    this.depth = depth;
    this.radius = radius(sigma);
    this.kernel = kernel(sigma, radius);
    this.ring = new float[2 * radius + 1][][];
    this.sink = sink;
    this.released = released;
  }

  /** Slices on each side that count. */
  static int radius(double sigma) {
    return (int) Math.ceil(CUT_OFF * sigma);
  }

  private static double[] kernel(double sigma, int radius) {
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      kernel[k + radius] = radius == 0 ? 1 : Math.exp(-0.5 * k * k / (sigma * sigma));
      sum += kernel[k + radius];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }

  /**
   * Takes the next slice and passes on those that are complete.
   *
   * @param maps [map][pixel]; belongs to the smoother until it is released
   */
  void accept(float[][] maps) {
    ring[slot(received)] = maps;
    received++;
    while (delivered < depth && received > Math.min(delivered + radius, depth - 1)) {
      deliver(delivered);
      delivered++;
    }
  }

  private void deliver(long z) {
    sink.accept(z, radius == 0 ? ring[0] : smooth(z));
    long last = z == depth - 1 ? depth - 1 : z - radius;
    for (long done = Math.max(0, z - radius); done <= last; done++) {
      released.accept(ring[slot(done)]);
      ring[slot(done)] = null;
    }
  }

  private int slot(long z) {
    return (int) (z % ring.length);
  }

  private float[][] smooth(long z) {
    float[][] centre = ring[slot(z)];
    if (smoothed == null) {
      smoothed = new float[centre.length][centre[0].length];
    }
    for (float[] map : smoothed) {
      Arrays.fill(map, 0);
    }
    for (int k = -radius; k <= radius; k++) {
      float[][] slice = ring[slot(Mirror.index(z + k, depth))];
      float weight = (float) kernel[k + radius];
      for (int m = 0; m < smoothed.length; m++) {
        float[] from = slice[m];
        float[] to = smoothed[m];
        for (int i = 0; i < to.length; i++) {
          to[i] += weight * from[i];
        }
      }
    }
    return smoothed;
  }
}
