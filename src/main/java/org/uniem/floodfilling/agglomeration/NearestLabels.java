package org.uniem.floodfilling.agglomeration;

import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.Job;
import org.uniem.volumes.VoxelSize;

/**
 * Exact Euclidean distances to the nearest labelled voxel, and its label.
 *
 * <p>Separable; each line is searched outwards from each voxel no farther than what was found
 * already, so time goes with the distances and equally near labels are told apart by their number
 * alone. The value of a voxel depends on the labels within the largest distance only, not on the
 * rest of the box.
 */
final class NearestLabels {

  private final int[] labels;
  private final double[] squared;
  private final Extent size;
  private final double largest;

  private NearestLabels(int[] labels, Extent size, double maxDistance) {
    this.labels = labels;
    this.size = size;
    largest = maxDistance * maxDistance;
    squared = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      squared[i] = labels[i] == 0 ? Double.POSITIVE_INFINITY : 0;
    }
  }

  /**
   * Gives each voxel without label that of the nearest labelled voxel, the smallest of equally near
   * ones.
   *
   * @param labels 0 is none, x fastest; receives the result
   * @param size of the box
   * @param voxel edge lengths
   * @param maxDistance farther voxels stay without label; in the unit of the voxel size, may be
   *     infinite
   * @return squared distances in that unit, infinite where there is no label
   */
  static double[] expand(int[] labels, Extent size, VoxelSize voxel, double maxDistance, Job job) {
    NearestLabels nearest = new NearestLabels(labels, size, maxDistance);
    int slice = size.x() * size.y();
    for (int z = 0; z < size.z(); z++) {
      job.checkCancelled();
      nearest.lines(z * slice, size.x(), size.y(), 1, size.x(), voxel.x());
      nearest.lines(z * slice, 1, size.x(), size.x(), size.y(), voxel.y());
    }
    for (int y = 0; y < size.y(); y++) {
      job.checkCancelled();
      nearest.lines(y * size.x(), 1, size.x(), slice, size.z(), voxel.z());
    }
    nearest.forgetFar();
    return nearest.squared;
  }

  /** Lines that begin {@code apart} voxels from each other. */
  private void lines(int first, int apart, int count, int step, int length, double edge) {
    double[] distances = new double[length];
    int[] ids = new int[length];
    for (int line = 0; line < count; line++) {
      int start = first + line * apart;
      boolean any = false;
      boolean all = true;
      for (int i = 0; i < length; i++) {
        distances[i] = squared[start + i * step];
        ids[i] = labels[start + i * step];
        any |= ids[i] != 0;
        all &= distances[i] == 0;
      }
      if (any && !all) {
        search(distances, ids, start, step, edge);
      }
    }
  }

  private void search(double[] distances, int[] ids, int start, int step, double edge) {
    int length = ids.length;
    for (int i = 0; i < length; i++) {
      double best = distances[i];
      int label = ids[i];
      for (int k = 1; k < length; k++) {
        double away = k * edge * (k * edge);
        if (away > best || away > largest) {
          break;
        }
        for (int j = i - k; j <= i + k; j += 2 * k) {
          if (j >= 0 && j < length && ids[j] != 0) {
            double distance = distances[j] + away;
            if (distance < best || distance == best && ids[j] < label) {
              best = distance;
              label = ids[j];
            }
          }
        }
      }
      squared[start + i * step] = best;
      labels[start + i * step] = label;
    }
  }

  private void forgetFar() {
    if (Double.isInfinite(largest)) {
      return;
    }
    for (int i = 0; i < labels.length; i++) {
      if (squared[i] > largest) {
        squared[i] = Double.POSITIVE_INFINITY;
        labels[i] = 0;
      }
    }
  }

  /** Squared distance of each marked voxel to the nearest that is not, 0 where not marked. */
  static double[] inside(boolean[] marked, Extent size, VoxelSize voxel, Job job) {
    int[] outside = new int[marked.length];
    for (int i = 0; i < marked.length; i++) {
      outside[i] = marked[i] ? 0 : 1;
    }
    return expand(outside, size, voxel, Double.POSITIVE_INFINITY, job);
  }
}
