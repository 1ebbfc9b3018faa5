package org.uniem.floodfilling.seeds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.Job;

/**
 * Edges of an image: where the Sobel gradient is steeper than its surroundings.
 *
 * <p>Borders are mirrored with the outermost voxel repeated. Every step is rounded to single
 * precision and summed in the order of the published program, because ties downstream hang on the
 * last bit. Takes 8 bytes per voxel while it works. Results do not depend on the number of threads.
 */
final class ImageEdges {

  /** Standard deviation of the surroundings, in voxels. */
  private static final double SIGMA = 49.0 / 6.0;

  private static final int RADIUS = (int) (4 * SIGMA + 0.5);

  private final int width;
  private final int height;
  private final int depth;
  private final boolean flat;
  private final Job job;

  private ImageEdges(Extent size, boolean flat, Job job) {
    this.width = size.x();
    this.height = size.y();
    this.depth = size.z();
    this.flat = flat;
    this.job = job;
  }

  /**
   * Finds edges.
   *
   * @param image intensities, x fastest
   * @param flat whether each slice is an image of its own
   * @return 1 on edges, 0 elsewhere; a new array
   */
  static byte[] find(float[] image, Extent size, boolean flat, Job job) {
    ImageEdges edges = new ImageEdges(size, flat, job);
    float[] gradient = edges.gradient(image);
    float[] surroundings = edges.blurred(gradient);
    byte[] result = new byte[image.length];
    edges.eachSlice(
        z -> {
          int end = (z + 1) * edges.slice();
          for (int i = z * edges.slice(); i < end; i++) {
            result[i] = (byte) (gradient[i] > surroundings[i] ? 1 : 0);
          }
        });
    return result;
  }

  private int slice() {
    return width * height;
  }

  private interface SliceTask {
    void run(int z);
  }

  private void eachSlice(SliceTask task) {
    List<Callable<Void>> tasks = new ArrayList<>(depth);
    for (int z = 0; z < depth; z++) {
      int slice = z;
      tasks.add(
          () -> {
            job.checkCancelled();
            task.run(slice);
            return null;
          });
    }
    job.runAll(tasks);
  }

  private float[] gradient(float[] image) {
    float[] result = new float[image.length];
    eachSlice(z -> gradientOfSlice(image, z, result));
    return result;
  }

  private void gradientOfSlice(float[] image, int z, float[] result) {
    // The 27 neighbours, x fastest.
    float[] near = new float[27];
    int[] xs = new int[3];
    int[] ys = new int[3];
    int[] zs = new int[3];
    around(z, depth, zs);
    for (int y = 0; y < height; y++) {
      around(y, height, ys);
      for (int x = 0; x < width; x++) {
        around(x, width, xs);
        int n = 0;
        for (int k = 0; k < 3; k++) {
          for (int j = 0; j < 3; j++) {
            int row = (zs[k] * height + ys[j]) * width;
            near[n++] = image[row + xs[0]];
            near[n++] = image[row + xs[1]];
            near[n++] = image[row + xs[2]];
          }
        }
        result[z * slice() + y * width + x] = flat ? flatMagnitude(near) : magnitude(near);
      }
    }
  }

  private static void around(int at, int size, int[] result) {
    result[0] = Math.max(at - 1, 0);
    result[1] = at;
    result[2] = Math.min(at + 1, size - 1);
  }

  private static float magnitude(float[] near) {
    float z = sobel(near, 9, 3, 1);
    float y = sobel(near, 3, 9, 1);
    float x = sobel(near, 1, 9, 3);
    return (float) Math.sqrt(z * z + y * y + x * x);
  }

  private static float flatMagnitude(float[] near) {
    float y = smoothed(difference(near, 12, 3), difference(near, 13, 3), difference(near, 14, 3));
    float x = smoothed(difference(near, 10, 1), difference(near, 13, 1), difference(near, 16, 1));
    return (float) Math.sqrt(y * y + x * x);
  }

  /** Difference along one axis, smoothed along a second, then along a third. */
  private static float sobel(float[] near, int axis, int second, int third) {
    float before = smoothedAlong(near, 13 - third, axis, second);
    float centre = smoothedAlong(near, 13, axis, second);
    float after = smoothedAlong(near, 13 + third, axis, second);
    return smoothed(before, centre, after);
  }

  private static float smoothedAlong(float[] near, int at, int axis, int second) {
    return smoothed(
        difference(near, at - second, axis),
        difference(near, at, axis),
        difference(near, at + second, axis));
  }

  private static float difference(float[] near, int at, int axis) {
    return (float) ((double) near[at + axis] - near[at - axis]);
  }

  private static float smoothed(float before, float centre, float after) {
    return (float) (centre * 2.0 + ((double) before + after));
  }

  private float[] blurred(float[] image) {
    double[] weights = weights();
    float[] result = new float[image.length];
    if (flat) {
      System.arraycopy(image, 0, result, 0, image.length);
    } else {
      eachSlice(z -> blurAlongZ(image, z, weights, result));
    }
    eachSlice(
        z -> {
          blurAlongY(z, weights, result);
          blurAlongX(z, weights, result);
        });
    return result;
  }

  private void blurAlongZ(float[] image, int z, double[] weights, float[] result) {
    double[] sum = new double[slice()];
    addWeighted(image, z * slice(), image, -1, weights[0], sum);
    for (int d = RADIUS; d > 0; d--) {
      int before = mirrored(z - d, depth) * slice();
      int after = mirrored(z + d, depth) * slice();
      addWeighted(image, before, image, after, weights[d], sum);
    }
    store(sum, result, z * slice());
  }

  private void blurAlongY(int z, double[] weights, float[] result) {
    float[] slice = Arrays.copyOfRange(result, z * slice(), (z + 1) * slice());
    double[] sum = new double[width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sum, 0);
      addWeighted(slice, y * width, slice, -1, weights[0], sum);
      for (int d = RADIUS; d > 0; d--) {
        int before = mirrored(y - d, height) * width;
        int after = mirrored(y + d, height) * width;
        addWeighted(slice, before, slice, after, weights[d], sum);
      }
      store(sum, result, z * slice() + y * width);
    }
  }

  private void blurAlongX(int z, double[] weights, float[] result) {
    double[] row = new double[width + 2 * RADIUS];
    double[] sum = new double[width];
    for (int y = 0; y < height; y++) {
      int start = z * slice() + y * width;
      for (int i = 0; i < row.length; i++) {
        row[i] = result[start + mirrored(i - RADIUS, width)];
      }
      for (int x = 0; x < width; x++) {
        sum[x] = row[x + RADIUS] * weights[0];
      }
      for (int d = RADIUS; d > 0; d--) {
        for (int x = 0; x < width; x++) {
          sum[x] += (row[x + RADIUS - d] + row[x + RADIUS + d]) * weights[d];
        }
      }
      store(sum, result, start);
    }
  }

  /** Adds the sum of two rows, or one where the second is negative, times a weight. */
  private static void addWeighted(
      float[] first, int a, float[] second, int b, double weight, double[] sum) {
    if (b < 0) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += first[a + i] * weight;
      }
      return;
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += ((double) first[a + i] + second[b + i]) * weight;
    }
  }

  private static void store(double[] sum, float[] result, int start) {
    for (int i = 0; i < sum.length; i++) {
      result[start + i] = (float) sum[i];
    }
  }

  /** Where a coordinate beyond the border is read: the image continues mirrored, period 2n. */
  private static int mirrored(int at, int size) {
    int inPeriod = Math.floorMod(at, 2 * size);
    return Math.min(inPeriod, 2 * size - 1 - inPeriod);
  }

  /** Weights of the centre and of distance 1, 2, …, with sum 1 over both sides. */
  private static double[] weights() {
    double[] bell = new double[2 * RADIUS + 1];
    for (int i = 0; i < bell.length; i++) {
      double d = i - RADIUS;
      bell[i] = Math.exp(-0.5 / (SIGMA * SIGMA) * (d * d));
    }
    double sum = sumInEights(bell);
    double[] weights = new double[RADIUS + 1];
    for (int d = 0; d <= RADIUS; d++) {
      weights[d] = bell[RADIUS + d] / sum;
    }
    return weights;
  }

  /** Adds in eight interleaved sums, as the published program's array library does. */
  private static double sumInEights(double[] values) {
    double[] part = new double[8];
    int whole = values.length - values.length % 8;
    for (int i = 0; i < whole; i++) {
      part[i % 8] += values[i];
    }
    double sum =
        ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
    for (int i = whole; i < values.length; i++) {
      sum += values[i];
    }
    return sum;
  }
}
