package org.uniem.postprocess.labelling;

import java.util.Arrays;
import org.uniem.job.Job;

/**
 * Gives the runs of successive slices provisional labels: that of the first earlier run they touch,
 * or a new one. Runs and rows come in scan order, so the same slices always get the same labels.
 */
final class RunLinker {

  /** Where labels come from, and who wants to know what touches. */
  interface Labels {

    /** Makes a new label, the next number from 0. */
    int add();

    /** Two labels touch. */
    void unite(int a, int b);

    /** Counts voxels of a label. */
    void addVoxels(int label, long number);
  }

  private static final int NONE = -1;

  private final Connectivity connectivity;
  private final Labels labels;
  private ForegroundRuns below;
  private int[] belowLabels;

  RunLinker(Connectivity connectivity, Labels labels) {
    this.connectivity = connectivity;
    this.labels = labels;
  }

  /**
   * Labels the runs of the next slice.
   *
   * @param slice its runs, which must not change until the next call has returned
   * @return a label per run
   */
  int[] link(ForegroundRuns slice, Job job) {
    int[] sliceLabels = new int[slice.count()];
    Arrays.fill(sliceLabels, NONE);
    for (int y = 0; y < slice.height(); y++) {
      if (slice.rowStart(y) == slice.rowStart(y + 1)) {
        continue;
      }
      job.checkCancelled();
      touch(slice, sliceLabels, y, slice, sliceLabels, y - 1, connectivity.reachSameSlice());
      if (connectivity.is3D() && below != null) {
        int aslant = connectivity.reachAslantBelow();
        touch(slice, sliceLabels, y, below, belowLabels, y - 1, aslant);
        touch(slice, sliceLabels, y, below, belowLabels, y, connectivity.reachStraightBelow());
        touch(slice, sliceLabels, y, below, belowLabels, y + 1, aslant);
      }
      labelRow(slice, sliceLabels, y);
    }
    below = slice;
    belowLabels = sliceLabels;
    return sliceLabels;
  }

  private void labelRow(ForegroundRuns slice, int[] sliceLabels, int y) {
    for (int run = slice.rowStart(y); run < slice.rowStart(y + 1); run++) {
      if (sliceLabels[run] == NONE) {
        sliceLabels[run] = labels.add();
      }
      labels.addVoxels(sliceLabels[run], slice.last(run) - slice.first(run) + 1L);
    }
  }

  /** Walks along a row and an earlier one; runs touch that are at most {@code reach} apart. */
  private void touch(
      ForegroundRuns slice,
      int[] sliceLabels,
      int y,
      ForegroundRuns earlier,
      int[] earlierLabels,
      int earlierY,
      int reach) {
    if (reach < 0 || earlierY < 0 || earlierY >= earlier.height()) {
      return;
    }
    int run = slice.rowStart(y);
    int runEnd = slice.rowStart(y + 1);
    int other = earlier.rowStart(earlierY);
    int otherEnd = earlier.rowStart(earlierY + 1);
    while (run < runEnd && other < otherEnd) {
      if (earlier.last(other) + reach < slice.first(run)) {
        other++;
      } else if (slice.last(run) + reach < earlier.first(other)) {
        run++;
      } else {
        join(sliceLabels, run, earlierLabels[other]);
        if (slice.last(run) < earlier.last(other)) {
          run++;
        } else {
          other++;
        }
      }
    }
  }

  private void join(int[] sliceLabels, int run, int label) {
    if (sliceLabels[run] == NONE) {
      sliceLabels[run] = label;
    } else if (sliceLabels[run] != label) {
      labels.unite(sliceLabels[run], label);
    }
  }
}
