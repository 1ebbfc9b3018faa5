package org.uniem.postprocess.labelling;

import java.util.Arrays;

/**
 * One slice as runs of equal value along x: for an object of EM size a hundredth of its voxels, so
 * what follows is cheap beside reading the slice. Background is left out unless its gaps are asked
 * for, as runs of value 0.
 */
final class SliceRuns {

  /** Value of background. */
  static final long GAP = 0;

  private final int width;
  private final int height;
  private final int[] rowStart;
  private int[] first = new int[256];
  private int[] last = new int[256];
  private long[] values = new long[256];
  private int count;

  SliceRuns(int width, int height) {
    this.width = width;
    this.height = height;
    this.rowStart = new int[height + 1];
  }

  /** Starts a row; rows come in ascending order, row 0 drops what was there. */
  void startRow(int y) {
    if (y == 0) {
      count = 0;
    }
    rowStart[y] = count;
    if (count + width > first.length) {
      long wanted = Math.max(count + (long) width, first.length * 3L / 2);
      int size = (int) Math.min(Integer.MAX_VALUE - 8, wanted);
      first = Arrays.copyOf(first, size);
      last = Arrays.copyOf(last, size);
      values = Arrays.copyOf(values, size);
    }
  }

  /** Adds a run to the row that was started last; runs come in ascending order. */
  void add(int from, int to, long value) {
    first[count] = from;
    last[count] = to;
    values[count] = value;
    count++;
  }

  /** Ends the last row. */
  void endRows() {
    rowStart[height] = count;
  }

  /** Gives up the room for further runs. */
  void trim() {
    first = Arrays.copyOf(first, count);
    last = Arrays.copyOf(last, count);
    values = Arrays.copyOf(values, count);
  }

  /** Number of runs. */
  int count() {
    return count;
  }

  /** Length of a row. */
  int width() {
    return width;
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

  /** The value that all voxels of a run have; {@link #GAP} is background. */
  long value(int run) {
    return values[run];
  }
}
