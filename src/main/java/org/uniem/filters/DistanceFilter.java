package org.uniem.filters;

import java.util.List;
import java.util.Locale;
import org.uniem.filters.distance.DistanceTransform;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.VoxelSize;

/**
 * Distances from voxel centre to voxel centre: squares within each slice first, then the least sum
 * with the squared distance of the slices around, as far as the largest distance that is told
 * apart. So a stack need not be in memory, and distances up to that one are exact.
 *
 * <p>Immutable and thread-safe.
 */
final class DistanceFilter {

  /** Beyond what any memory holds, and small enough to be doubled. */
  private static final int LARGEST_REACH = 1 << 20;

  private DistanceFilter() {}

  /** The two filters of a step. */
  static List<Filter> of(FilterStep step) {
    double sizeZ = step.value("sizeZ");
    VoxelSize voxel = new VoxelSize(step.value("sizeX"), step.value("sizeY"), 1, "pixel");
    return List.of(
        new InSlice(voxel, step.value("labels") == 1), new Through(sizeZ, step.value("most")));
  }

  /**
   * Squares within a slice, infinity where it has no background.
   *
   * @param voxel edge lengths in the slice
   * @param labels whether other values than 0 are told apart
   */
  private record InSlice(VoxelSize voxel, boolean labels) implements Filter {

    /** Filters count with floats, which hold whole numbers up to here. */
    private static final int LARGEST_ID = 1 << 24;

    @Override
    public void apply(SliceWindow source, float[] target, Job job) {
      float[] slice = source.slices()[0];
      long[] ids = new long[slice.length];
      for (int i = 0; i < ids.length; i++) {
        if (labels && Math.abs(slice[i]) >= LARGEST_ID) {
          throw tooLarge(i % source.width(), i / source.width(), slice[i]);
        }
        ids[i] = slice[i] == 0 ? 0 : labels ? 1L + Integer.toUnsignedLong(bits(slice[i])) : 1;
      }
      DistanceTransform.ofSlice(ids, target, source.width(), voxel, job);
    }

    private static BadInputException tooLarge(int x, int y, float id) {
      return new BadInputException(
          String.format(
              Locale.ROOT,
              "distance labels=1: the id at x=%d, y=%d is %.0f: expected ids below %d, which filters"
                  + " tell apart. Number the objects anew first, with label-objects mode=renumber.",
              x,
              y,
              id,
              LARGEST_ID));
    }

    private static int bits(float value) {
      return Float.floatToIntBits(value);
    }
  }

  /**
   * Distances from the squares of slices.
   *
   * @param sizeZ from slice to slice, 0 to look at each alone
   * @param most larger distances become this
   */
  private record Through(double sizeZ, double most) implements Filter {

    @Override
    public int reach() {
      return sizeZ == 0 ? 0 : (int) Math.min(LARGEST_REACH, most / sizeZ);
    }

    @Override
    public void apply(SliceWindow source, float[] target, Job job) {
      int reach = reach();
      System.arraycopy(source.slices()[reach], 0, target, 0, target.length);
      for (int k = 1; k <= reach; k++) {
        job.checkCancelled();
        float away = (float) (k * sizeZ * (k * sizeZ));
        takeLeast(source.slices()[reach - k], source.slices()[reach + k], away, target);
      }
      for (int i = 0; i < target.length; i++) {
        target[i] = (float) Math.min(most, Math.sqrt(target[i]));
      }
    }

    private static void takeLeast(float[] above, float[] below, float away, float[] target) {
      for (int i = 0; i < target.length; i++) {
        target[i] = Math.min(target[i], Math.min(above[i], below[i]) + away);
      }
    }
  }
}
