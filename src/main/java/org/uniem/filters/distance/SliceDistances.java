package org.uniem.filters.distance;

import java.util.Arrays;
import org.uniem.job.Job;
import org.uniem.volumes.VoxelSize;

/** Squared distances within one slice. */
final class SliceDistances {

  private final int width;
  private final int height;
  private final float[] squares;
  private final LineTile tile;

  SliceDistances(int width, int height, VoxelSize voxel) {
    this.width = width;
    this.height = height;
    this.squares = new float[width + 1];
    for (int d = 0; d <= width; d++) {
      squares[d] = (float) (d * voxel.x() * (d * voxel.x()));
    }
    this.tile = new LineTile(height, voxel.y());
  }

  /**
   * Measures a slice.
   *
   * @param ids width × height ids
   * @param plane receives squared distances from {@code offset} on
   */
  void measure(long[] ids, float[] plane, int offset, Job job) {
    for (int y = 0; y < height; y++) {
      measureRow(ids, y * width, plane, offset + y * width);
    }
    if (height == 1) {
      return;
    }
    for (int y = height - 1; y > 0; y--) {
      markChanges(ids, y * width, (y - 1) * width, plane, offset + y * width, width);
    }
    for (int x = 0; x < width; x += LineTile.LINES) {
      job.checkCancelled();
      int lines = Math.min(LineTile.LINES, width - x);
      for (int y = 0; y < height; y++) {
        tile.gather(y, plane, offset + y * width + x, lines);
      }
      tile.transform(lines, false);
      for (int y = 0; y < height; y++) {
        tile.scatter(y, plane, offset + y * width + x, lines);
      }
    }
  }

  private void measureRow(long[] ids, int start, float[] plane, int target) {
    int begin = 0;
    while (begin < width) {
      long id = ids[start + begin];
      int end = begin + 1;
      while (end < width && ids[start + end] == id) {
        end++;
      }
      if (id == 0) {
        Arrays.fill(plane, target + begin, target + end, 0);
      } else {
        measureRun(begin, end, plane, target);
      }
      begin = end;
    }
  }

  private void measureRun(int begin, int end, float[] plane, int target) {
    boolean left = begin > 0;
    boolean right = end < width;
    if (!left && !right) {
      Arrays.fill(plane, target + begin, target + end, Float.POSITIVE_INFINITY);
      return;
    }
    int middle = !left ? begin : !right ? end : (begin + end) >>> 1;
    for (int x = begin; x < middle; x++) {
      plane[target + x] = squares[x - begin + 1];
    }
    for (int x = middle; x < end; x++) {
      plane[target + x] = squares[end - x];
    }
  }

  /** Gives voxels whose id is not that of the voxel one slice before a minus sign. */
  static void markChanges(long[] ids, long[] before, float[] plane, int offset) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != before[i]) {
        plane[offset + i] = -plane[offset + i];
      }
    }
  }

  private static void markChanges(
      long[] ids, int row, int rowBefore, float[] plane, int offset, int width) {
    for (int x = 0; x < width; x++) {
      if (ids[row + x] != ids[rowBefore + x]) {
        plane[offset + x] = -plane[offset + x];
      }
    }
  }
}
