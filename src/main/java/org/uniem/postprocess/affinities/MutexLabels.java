package org.uniem.postprocess.affinities;

import java.util.Arrays;
import org.uniem.volumes.LabelSlices;

/**
 * The objects that a mutex watershed found: ids 1, 2, … in the order of their first voxels.
 * Immutable and thread-safe; 4 bytes per voxel.
 */
public final class MutexLabels {

  private final int[] ids;
  private final int pixels;
  private int count;
  private int removed;

  /**
   * @param roots of every voxel, equal within an object; become the ids
   * @param pixels of a slice
   * @param mask not 0 at the voxels that count; empty = all
   * @param minVoxels smaller objects become 0
   */
  MutexLabels(int[] roots, int pixels, byte[] mask, long minVoxels) {
    this.ids = roots;
    this.pixels = pixels;
    number(mask);
    if (minVoxels > 1) {
      removeSmall(minVoxels);
    }
  }

  private void number(byte[] mask) {
    for (int voxel = 0; voxel < ids.length; voxel++) {
      if (mask.length > 0 && mask[voxel] == 0) {
        ids[voxel] = 0;
      } else if (ids[voxel] >= 0) {
        int root = ids[voxel];
        if (ids[root] >= 0) {
          // Negative, to tell ids from roots that are still to be numbered.
          ids[root] = - ++count;
        }
        ids[voxel] = ids[root];
      }
    }
    for (int voxel = 0; voxel < ids.length; voxel++) {
      ids[voxel] = -ids[voxel];
    }
  }

  private void removeSmall(long minVoxels) {
    int[] sizes = new int[count + 1];
    for (int id : ids) {
      sizes[id]++;
    }
    int[] kept = new int[count + 1];
    int number = 0;
    for (int id = 1; id <= count; id++) {
      kept[id] = sizes[id] < minVoxels ? 0 : ++number;
    }
    Arrays.setAll(ids, voxel -> kept[ids[voxel]]);
    removed = count - number;
    count = number;
  }

  /** Number of objects, also the largest id. */
  public int count() {
    return count;
  }

  /** Number of objects left out as too small. */
  public int removed() {
    return removed;
  }

  /** The label slices. */
  public LabelSlices slices() {
    return (z, target) -> {
      int begin = Math.toIntExact(z * pixels);
      for (int i = 0; i < pixels; i++) {
        target[i] = ids[begin + i];
      }
    };
  }
}
