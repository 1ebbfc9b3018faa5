package org.uniem.postprocess.labelling;

import java.util.Arrays;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * The foreground of one slice as runs along x: for an object of EM size a hundredth of its voxels,
 * so what follows is cheap beside reading the slice.
 */
final class ForegroundRuns {

  private final int width;
  private final int height;
  private final int[] rowStart;
  private int[] first = new int[256];
  private int[] last = new int[256];

  ForegroundRuns(int width, int height) {
    this.width = width;
    this.height = height;
    this.rowStart = new int[height + 1];
  }

  /**
   * Replaces the runs by those of a slice.
   *
   * @param slice width × height values, x fastest
   * @param threshold foreground is this or more
   * @param z number of the slice, for the message
   * @throws BadInputException if a value is not a number
   */
  void extract(float[] slice, double threshold, long z, Job job) {
    float bound = smallestFloatNotBelow(threshold);
    int runs = 0;
    for (int y = 0; y < height; y++) {
      job.checkCancelled();
      rowStart[y] = runs;
      if (runs + (width + 1) / 2 > first.length) {
        grow(runs + (width + 1) / 2);
      }
      runs = extractRow(slice, y, bound, z, runs);
    }
    rowStart[height] = runs;
  }

  private int extractRow(float[] slice, int y, float bound, long z, int runsBefore) {
    int runs = runsBefore;
    int begin = y * width;
    int end = begin + width;
    int i = begin;
    while (i < end) {
      while (i < end && slice[i] < bound) {
        i++;
      }
      if (i == end) {
        break;
      }
      int start = i;
      while (i < end && slice[i] >= bound) {
        i++;
      }
      if (i < end && Float.isNaN(slice[i])) {
        throw new BadInputException(
            "The pixel at x="
                + (i - begin)
                + ", y="
                + y
                + " of slice z="
                + z
                + " (counted from 0) is not a number (NaN): expected a probability. Repeat the"
                + " prediction, or replace such pixels.");
      }
      first[runs] = start - begin;
      last[runs] = i - 1 - begin;
      runs++;
    }
    return runs;
  }

  /** The threshold as the float that splits all floats in the same way. */
  private static float smallestFloatNotBelow(double threshold) {
    float nearest = (float) threshold;
    return nearest < threshold ? Math.nextUp(nearest) : nearest;
  }

  private void grow(int needed) {
    int size = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, first.length * 3L / 2));
    first = Arrays.copyOf(first, size);
    last = Arrays.copyOf(last, size);
  }

  /** Number of runs. */
  int count() {
    return rowStart[height];
  }

  /** Number of rows. */
  int height() {
    return height;
  }

  /** The first run of a row; that of row {@code height} is {@link #count()}. */
  int rowStart(int y) {
    return rowStart[y];
  }

  /** The x of the first voxel of a run. */
  int first(int run) {
    return first[run];
  }

  /** The x of the last voxel of a run. */
  int last(int run) {
    return last[run];
  }
}
