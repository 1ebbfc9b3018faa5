package org.uniem.floodfilling.seeds;

import java.util.Arrays;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.job.Job;

/**
 * Voxels farther from a boundary than all their neighbours.
 *
 * <p>Distances tie often; as in the published program a noise of 10⁻⁴, the same for every box,
 * decides between them. Takes the memory of a few slices.
 */
final class Peaks {

  private static final int NOISE_SEED = 42;
  private static final double NOISE = 1e-4;

  private final FillingScene scene;
  private final float[] squaredDistances;
  private final int radius;
  private final double threshold;
  private final boolean flat;
  // A ring of slices of noisy distances; slice z is in plane z mod length.
  private final double[][] planes;

  private int[] found = new int[1024];
  private int count;

  private Peaks(
      FillingScene scene, float[] squaredDistances, int radius, double threshold, boolean flat) {
    this.scene = scene;
    this.squaredDistances = squaredDistances;
    this.radius = radius;
    this.threshold = threshold;
    this.flat = flat;
    int slice = scene.size().x() * scene.size().y();
    this.planes = new double[flat ? 1 : 2 * radius + 1][slice];
  }

  /**
   * Finds peaks.
   *
   * @param scene says which voxels are taken already: those are no peaks
   * @param squaredDistances of all voxels to the nearest boundary; infinite ones are no peaks
   * @param radius how far the neighbours reach, in voxels along each axis
   * @param threshold distances of peaks are larger, 0 or more
   * @param flat whether each slice is an image of its own
   * @return the peaks in ascending order of z, y, x
   */
  static int[] find(
      FillingScene scene,
      float[] squaredDistances,
      int radius,
      double threshold,
      boolean flat,
      Job job) {
    Peaks peaks = new Peaks(scene, squaredDistances, radius, threshold, flat);
    peaks.scan(job);
    return Arrays.copyOf(peaks.found, peaks.count);
  }

  private void scan(Job job) {
    int depth = scene.size().z();
    MersenneTwister noise = new MersenneTwister(NOISE_SEED);
    if (flat) {
      for (int z = 0; z < depth; z++) {
        job.checkCancelled();
        fill(z, new MersenneTwister(NOISE_SEED));
        collect(z);
      }
      return;
    }
    for (int z = 0; z < depth + radius; z++) {
      job.checkCancelled();
      if (z < depth) {
        fill(z, noise);
      }
      if (z >= radius) {
        collect(z - radius);
      }
    }
  }

  private void fill(int z, MersenneTwister noise) {
    double[] plane = planes[z % planes.length];
    int start = z * plane.length;
    for (int i = 0; i < plane.length; i++) {
      int voxel = start + i;
      boolean none =
          squaredDistances[voxel] == Float.POSITIVE_INFINITY
              || scene.isLabelled(voxel)
              || scene.isExcluded(voxel);
      float distance = none ? -1 : (float) Math.sqrt(squaredDistances[voxel]);
      plane[i] = distance + noise.nextDouble() * NOISE;
    }
  }

  private void collect(int z) {
    Extent size = scene.size();
    double[] plane = planes[z % planes.length];
    for (int y = 0; y < size.y(); y++) {
      for (int x = 0; x < size.x(); x++) {
        double value = plane[y * size.x() + x];
        if (value > threshold && isHighest(value, x, y, z)) {
          add(scene.voxel(x, y, z));
        }
      }
    }
  }

  private boolean isHighest(double value, int x, int y, int z) {
    // Most voxels have a higher one right beside them.
    if (!isHighestWithin(1, value, x, y, z)) {
      return false;
    }
    return isHighestWithin(radius, value, x, y, z);
  }

  private boolean isHighestWithin(int reach, double value, int x, int y, int z) {
    Extent size = scene.size();
    int depthReach = flat ? 0 : reach;
    int lastX = Math.min(x + reach, size.x() - 1);
    int lastY = Math.min(y + reach, size.y() - 1);
    int lastZ = Math.min(z + depthReach, size.z() - 1);
    for (int k = Math.max(z - depthReach, 0); k <= lastZ; k++) {
      double[] plane = planes[k % planes.length];
      for (int j = Math.max(y - reach, 0); j <= lastY; j++) {
        for (int i = Math.max(x - reach, 0); i <= lastX; i++) {
          if (plane[j * size.x() + i] > value) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void add(int voxel) {
    if (count == found.length) {
      found = Arrays.copyOf(found, 2 * count);
    }
    found[count++] = voxel;
  }
}
