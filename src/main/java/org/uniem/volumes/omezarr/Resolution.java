package org.uniem.volumes.omezarr;

import java.util.ArrayList;
import java.util.List;

/**
 * Size of one resolution of an image, and how it comes from the one before.
 *
 * @param width voxels along x
 * @param height voxels along y
 * @param depth voxels along z
 * @param scale size of a voxel along x, y, z in voxels of the finest
 * @param factor voxels of the resolution before that make one, along x, y, z: 1 or 2
 */
record Resolution(long width, long height, long depth, int[] scale, int[] factor) {

  private static final long SMALL = 256;

  /**
   * The resolutions of an image. Axes along which voxels are longer stay as they are until the
   * others have caught up, so that coarse voxels are nearly cubes.
   *
   * @param size voxels along x, y, z
   * @param voxel lengths of a voxel along x, y, z
   * @param levels how many, 0 = as many as there should be
   */
  static List<Resolution> of(long[] size, double[] voxel, int levels) {
    List<Resolution> all = new ArrayList<>();
    Resolution last =
        new Resolution(size[0], size[1], size[2], new int[] {1, 1, 1}, new int[] {1, 1, 1});
    all.add(last);
    while (levels == 0 ? last.isLarge() : all.size() < levels && !last.isOneVoxel()) {
      last = last.next(voxel);
      all.add(last);
    }
    return all;
  }

  private boolean isLarge() {
    return Math.max(width, Math.max(height, depth)) > SMALL;
  }

  private boolean isOneVoxel() {
    return Math.max(width, Math.max(height, depth)) == 1;
  }

  private Resolution next(double[] voxel) {
    long[] size = {width, height, depth};
    double shortest = Double.POSITIVE_INFINITY;
    for (int d = 0; d < 3; d++) {
      if (size[d] > 1) {
        shortest = Math.min(shortest, voxel[d] * scale[d]);
      }
    }
    int[] factors = new int[3];
    int[] scales = new int[3];
    for (int d = 0; d < 3; d++) {
      factors[d] = size[d] > 1 && voxel[d] * scale[d] < 2 * shortest ? 2 : 1;
      scales[d] = scale[d] * factors[d];
      size[d] = (size[d] + factors[d] - 1) / factors[d];
    }
    return new Resolution(size[0], size[1], size[2], scales, factors);
  }
}
