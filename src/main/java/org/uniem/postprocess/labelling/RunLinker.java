package org.uniem.postprocess.labelling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.uniem.job.Job;

/**
 * Gives the runs of successive slices provisional labels: that of the first earlier run of the same
 * value they touch, or a new one. Runs and rows come in scan order, so the same slices always get
 * the same labels.
 */
final class RunLinker {

  /** Where labels come from, and who wants to know what touches. */
  interface Labels {

    /**
     * Makes a new label, the next number from 0.
     *
     * @param gap whether it is for background
     */
    int add(boolean gap);

    /** Two labels touch. */
    void unite(int a, int b);

    /** Counts voxels of a label. */
    void addVoxels(int label, long number);

    /** A label reaches the border of the image. */
    void reachBorder(int label);

    /** Background and an object have faces in common. */
    void meet(int gap, int object);
  }

  private static final int NONE = -1;
  private static final int MAX_REACH = 1;

  private final LabellingOptions options;
  private final Connectivity connectivity;
  private final Connectivity background;
  private final long depth;
  private final Labels labels;
  private final Map<Long, Integer> labelOfValue = new HashMap<>();
  private final boolean whole;
  private long z;
  private SliceRuns below;
  private int[] belowLabels;

  /**
   * @param first the slice that will come first
   * @param depth number of slices of the stack
   * @param whole whether all runs of one value belong together, touching or not
   */
  RunLinker(LabellingOptions options, long first, long depth, boolean whole, Labels labels) {
    this.options = options;
    this.connectivity = options.connectivity();
    this.background = connectivity.ofBackground();
    this.z = first;
    this.depth = depth;
    this.whole = whole;
    this.labels = labels;
  }

  /**
   * Labels the runs of the next slice.
   *
   * @param slice its runs, which must not change until the next call has returned
   * @return a label per run
   */
  int[] link(SliceRuns slice, Job job) {
    int[] sliceLabels = new int[slice.count()];
    Arrays.fill(sliceLabels, NONE);
    boolean deep = connectivity.is3D() && below != null;
    for (int y = 0; y < slice.height(); y++) {
      if (slice.rowStart(y) == slice.rowStart(y + 1)) {
        continue;
      }
      job.checkCancelled();
      joinRow(slice, sliceLabels, y, deep);
      labelRow(slice, sliceLabels, y);
      if (options.filled()) {
        meetInRow(slice, sliceLabels, y);
        meet(slice, sliceLabels, y, slice, sliceLabels, y - 1);
        if (deep) {
          meet(slice, sliceLabels, y, below, belowLabels, y);
        }
      }
    }
    below = slice;
    belowLabels = sliceLabels;
    z++;
    return sliceLabels;
  }

  private void joinRow(SliceRuns slice, int[] sliceLabels, int y, boolean deep) {
    int objectReach = whole ? NONE : connectivity.reachSameSlice();
    int gapReach = background.reachSameSlice();
    touch(slice, sliceLabels, y, slice, sliceLabels, y - 1, objectReach, gapReach);
    if (deep) {
      joinBelow(slice, sliceLabels, y);
    }
  }

  private void joinBelow(SliceRuns slice, int[] sliceLabels, int y) {
    int aslant = whole ? NONE : connectivity.reachAslantBelow();
    int gapAslant = background.reachAslantBelow();
    int straight = whole ? NONE : connectivity.reachStraightBelow();
    int gapStraight = background.reachStraightBelow();
    touch(slice, sliceLabels, y, below, belowLabels, y - 1, aslant, gapAslant);
    touch(slice, sliceLabels, y, below, belowLabels, y, straight, gapStraight);
    touch(slice, sliceLabels, y, below, belowLabels, y + 1, aslant, gapAslant);
  }

  /**
   * Joins what touches across two slices that were labelled apart.
   *
   * @param lower runs of a slice
   * @param lowerLabels a label for each
   * @param upper runs of the slice above
   * @param upperLabels a label for each
   */
  void joinSeam(SliceRuns lower, int[] lowerLabels, SliceRuns upper, int[] upperLabels) {
    if (!connectivity.is3D()) {
      return;
    }
    below = lower;
    belowLabels = lowerLabels;
    for (int y = 0; y < upper.height(); y++) {
      joinBelow(upper, upperLabels, y);
      if (options.filled()) {
        meet(upper, upperLabels, y, lower, lowerLabels, y);
      }
    }
  }

  /**
   * Joins labels of the same value, where all runs of one value belong together.
   *
   * @param other labelled other slices
   * @param offset what its labels have become more
   */
  void joinValues(RunLinker other, int offset) {
    other.labelOfValue.forEach(
        (value, label) -> {
          Integer own = labelOfValue.putIfAbsent(value, label + offset);
          if (own != null) {
            labels.unite(own, label + offset);
          }
        });
  }

  private void labelRow(SliceRuns slice, int[] sliceLabels, int y) {
    boolean edge =
        y == 0
            || y == slice.height() - 1
            || connectivity.is3D() && depth > 1 && (z == 0 || z == depth - 1);
    for (int run = slice.rowStart(y); run < slice.rowStart(y + 1); run++) {
      long value = slice.value(run);
      if (sliceLabels[run] == NONE) {
        sliceLabels[run] =
            whole && value != SliceRuns.GAP
                ? labelOfValue.computeIfAbsent(value, v -> labels.add(false))
                : labels.add(value == SliceRuns.GAP);
      }
      labels.addVoxels(sliceLabels[run], slice.last(run) - slice.first(run) + 1L);
      if (edge || slice.first(run) == 0 || slice.last(run) == slice.width() - 1) {
        labels.reachBorder(sliceLabels[run]);
      }
    }
  }

  /** Walks along a row and an earlier one; runs touch that are at most so far apart. */
  private void touch(
      SliceRuns slice,
      int[] sliceLabels,
      int y,
      SliceRuns earlier,
      int[] earlierLabels,
      int earlierY,
      int objectReach,
      int gapReach) {
    boolean needless = objectReach < 0 && (gapReach < 0 || !options.filled());
    if (needless || earlierY < 0 || earlierY >= earlier.height()) {
      return;
    }
    int begin = earlier.rowStart(earlierY);
    int end = earlier.rowStart(earlierY + 1);
    for (int run = slice.rowStart(y); run < slice.rowStart(y + 1); run++) {
      int first = slice.first(run);
      int last = slice.last(run);
      while (begin < end && earlier.last(begin) + MAX_REACH < first) {
        begin++;
      }
      long value = slice.value(run);
      int reach = value == SliceRuns.GAP ? gapReach : objectReach;
      if (reach < 0) {
        continue;
      }
      for (int other = begin; other < end && earlier.first(other) - reach <= last; other++) {
        if (earlier.value(other) == value && earlier.last(other) + reach >= first) {
          join(sliceLabels, run, earlierLabels[other]);
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

  private void meetInRow(SliceRuns slice, int[] sliceLabels, int y) {
    for (int run = slice.rowStart(y) + 1; run < slice.rowStart(y + 1); run++) {
      meet(slice.value(run - 1), sliceLabels[run - 1], slice.value(run), sliceLabels[run]);
    }
  }

  /** Tells which background of a row shares faces with which objects of a row beside it. */
  private void meet(
      SliceRuns slice,
      int[] sliceLabels,
      int y,
      SliceRuns earlier,
      int[] earlierLabels,
      int earlierY) {
    if (earlierY < 0) {
      return;
    }
    // With gaps the runs of both rows cover them, so each step ends at least one of the two.
    int other = earlier.rowStart(earlierY);
    int run = slice.rowStart(y);
    while (run < slice.rowStart(y + 1)) {
      meet(slice.value(run), sliceLabels[run], earlier.value(other), earlierLabels[other]);
      int end = slice.last(run);
      int otherEnd = earlier.last(other);
      run += end <= otherEnd ? 1 : 0;
      other += otherEnd <= end ? 1 : 0;
    }
  }

  private void meet(long value, int label, long otherValue, int otherLabel) {
    if (value == SliceRuns.GAP && otherValue != SliceRuns.GAP) {
      labels.meet(label, otherLabel);
    } else if (otherValue == SliceRuns.GAP && value != SliceRuns.GAP) {
      labels.meet(otherLabel, label);
    }
  }
}
