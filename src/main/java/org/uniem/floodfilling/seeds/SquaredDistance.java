package org.uniem.floodfilling.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.Job;

/**
 * Exact squared Euclidean distances, in voxels, to the nearest marked voxel.
 *
 * <p>One pass per axis in whole numbers: Felzenszwalb and Huttenlocher 2012,
 * doi:10.4086/toc.2012.v008a019. Takes 4 bytes per voxel. Results do not depend on the number of
 * threads.
 */
final class SquaredDistance {

  /** The distance where nothing is marked; small enough that sums of lines do not overflow. */
  static final int NONE = Integer.MAX_VALUE / 4;

  private SquaredDistance() {}

  /**
   * Measures.
   *
   * @param marked 1 on what is measured to, x fastest
   * @param flat whether each slice is an image of its own
   * @return squared distances, {@link #NONE} everywhere where nothing is marked; a new array
   */
  static int[] to(byte[] marked, Extent size, boolean flat, Job job) {
    int[] result = new int[marked.length];
    for (int i = 0; i < marked.length; i++) {
      result[i] = marked[i] == 0 ? NONE : 0;
    }
    int slice = size.x() * size.y();
    List<Callable<Void>> slices = new ArrayList<>();
    for (int z = 0; z < size.z(); z++) {
      int start = z * slice;
      slices.add(
          () -> {
            job.checkCancelled();
            Line rows = new Line(size.x());
            for (int y = 0; y < size.y(); y++) {
              rows.transform(result, start + y * size.x(), 1);
            }
            Line columns = new Line(size.y());
            for (int x = 0; x < size.x(); x++) {
              columns.transform(result, start + x, size.x());
            }
            return null;
          });
    }
    job.runAll(slices);
    if (!flat) {
      job.runAll(alongZ(result, size, job));
    }
    return result;
  }

  private static List<Callable<Void>> alongZ(int[] result, Extent size, Job job) {
    int slice = size.x() * size.y();
    List<Callable<Void>> planes = new ArrayList<>();
    for (int y = 0; y < size.y(); y++) {
      int row = y * size.x();
      planes.add(
          () -> {
            job.checkCancelled();
            Line line = new Line(size.z());
            for (int x = 0; x < size.x(); x++) {
              line.transform(result, row + x, slice);
            }
            return null;
          });
    }
    return planes;
  }

  /** Lower envelope of the parabolas of one line. */
  private static final class Line {

    private final int[] values;
    private final int[] roots;
    private final long[] from;

    Line(int length) {
      values = new int[length];
      roots = new int[length];
      from = new long[length];
    }

    void transform(int[] data, int start, int step) {
      int last = -1;
      for (int q = 0; q < values.length; q++) {
        values[q] = data[start + q * step];
        if (values[q] >= NONE) {
          continue;
        }
        long begin = 0;
        while (last >= 0) {
          begin = crossing(roots[last], q);
          if (begin > from[last]) {
            break;
          }
          last--;
        }
        last++;
        roots[last] = q;
        from[last] = last == 0 ? 0 : begin;
      }
      if (last < 0) {
        return;
      }
      int k = 0;
      for (int q = 0; q < values.length; q++) {
        while (k < last && from[k + 1] <= q) {
          k++;
        }
        int away = q - roots[k];
        data[start + q * step] = away * away + values[roots[k]];
      }
    }

    /** The first place where the parabola of the later root is no higher than the earlier one's. */
    private long crossing(int earlier, int later) {
      long rise = (long) later * later + values[later] - (long) earlier * earlier - values[earlier];
      long run = 2L * (later - earlier);
      return Math.max(0, -Math.floorDiv(-rise, run));
    }
  }
}
