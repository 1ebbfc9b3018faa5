package org.uniem.postprocess.watershed;

import org.uniem.job.Job;
import org.uniem.postprocess.indices.IntList;

/**
 * Morphological reconstruction by dilation: the marker grows as far as the image above it allows.
 *
 * <p>Two sweeps and a queue for what they leave (Vincent 1993, doi:10.1109/83.217222).
 */
final class Reconstruction {

  private final float[] marker;
  private final float[] image;
  private final PaddedFloats shape;
  private final int[] before;
  private final int[] after;
  private IntList open = new IntList(1024);

  private Reconstruction(PaddedFloats marker, PaddedFloats image, int[] steps) {
    this.marker = marker.values();
    this.image = image.values();
    this.shape = image;
    int half = steps.length / 2;
    this.before = java.util.Arrays.copyOf(steps, half);
    this.after = java.util.Arrays.copyOfRange(steps, half, steps.length);
  }

  /**
   * Reconstructs.
   *
   * @param marker nowhere above the image; changed into the reconstruction
   * @param steps index distances of neighbours, in ascending order
   */
  static void byDilation(PaddedFloats marker, PaddedFloats image, int[] steps, Job job) {
    Reconstruction reconstruction = new Reconstruction(marker, image, steps);
    reconstruction.sweepForward(job);
    reconstruction.sweepBackward(job);
    reconstruction.spread(steps, job);
  }

  private void sweepForward(Job job) {
    for (int z = 0; z < shape.depth(); z++) {
      job.checkCancelled();
      for (int y = 0; y < shape.height(); y++) {
        int begin = shape.index(0, y, z);
        for (int voxel = begin; voxel < begin + shape.width(); voxel++) {
          marker[voxel] = grown(voxel, before);
        }
      }
    }
  }

  private void sweepBackward(Job job) {
    for (int z = shape.depth() - 1; z >= 0; z--) {
      job.checkCancelled();
      for (int y = shape.height() - 1; y >= 0; y--) {
        int begin = shape.index(0, y, z);
        for (int voxel = begin + shape.width() - 1; voxel >= begin; voxel--) {
          marker[voxel] = grown(voxel, after);
          if (canGrow(voxel, after)) {
            open.add(voxel);
          }
        }
      }
    }
  }

  private float grown(int voxel, int[] steps) {
    float value = marker[voxel];
    for (int step : steps) {
      value = Math.max(value, marker[voxel + step]);
    }
    return Math.min(value, image[voxel]);
  }

  private boolean canGrow(int voxel, int[] steps) {
    for (int step : steps) {
      int neighbour = voxel + step;
      if (marker[neighbour] < marker[voxel] && marker[neighbour] < image[neighbour]) {
        return true;
      }
    }
    return false;
  }

  private void spread(int[] steps, Job job) {
    IntList next = new IntList(1024);
    while (open.size() > 0) {
      job.checkCancelled();
      next.clear();
      for (int i = 0; i < open.size(); i++) {
        int voxel = open.get(i);
        for (int step : steps) {
          int neighbour = voxel + step;
          if (marker[neighbour] < marker[voxel] && marker[neighbour] < image[neighbour]) {
            marker[neighbour] = Math.min(marker[voxel], image[neighbour]);
            next.add(neighbour);
          }
        }
      }
      IntList spare = open;
      open = next;
      next = spare;
    }
  }
}
