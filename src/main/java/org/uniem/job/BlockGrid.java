package org.uniem.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/**
 * Divides an interval into blocks that cover it exactly, the last ones truncated, in flattened
 * order (first axis fastest). A block's {@link #halo} is the block grown on all sides and clipped
 * to the interval.
 *
 * <p>Immutable and thread-safe. Any number of dimensions; the interval may start anywhere.
 */
public final class BlockGrid {

  private final Interval interval;
  private final long[] blockSize;

  /**
   * @param interval what is divided
   * @param blockSize size of a block per axis, each 1 or more
   */
  public BlockGrid(Interval interval, long... blockSize) {
    if (blockSize.length != interval.numDimensions()
        || Arrays.stream(blockSize).anyMatch(size -> size < 1)) {
      throw new BadParameterException(
          "Block size "
              + Arrays.toString(blockSize)
              + " does not fit: expected "
              + interval.numDimensions()
              + " numbers of 1 or more.");
    }
    this.interval = new FinalInterval(interval);
    this.blockSize = blockSize.clone();
  }

  /** The blocks in flattened order. */
  public List<Interval> blocks() {
    List<Interval> blocks = new ArrayList<>();
    int n = blockSize.length;
    long[] min = interval.minAsLongArray();
    while (true) {
      long[] max = new long[n];
      for (int d = 0; d < n; d++) {
        max[d] = Math.min(min[d] + blockSize[d] - 1, interval.max(d));
      }
      blocks.add(new FinalInterval(min, max));
      int axis = 0;
      while (axis < n) {
        min[axis] += blockSize[axis];
        if (min[axis] <= interval.max(axis)) {
          break;
        }
        min[axis] = interval.min(axis);
        axis++;
      }
      if (axis == n) {
        return blocks;
      }
    }
  }

  /**
   * The block grown by a halo and clipped to the interval.
   *
   * @param block one of {@link #blocks()}
   * @param halo voxels added on each side, per axis
   */
  public Interval halo(Interval block, long... halo) {
    int n = blockSize.length;
    long[] min = new long[n];
    long[] max = new long[n];
    for (int d = 0; d < n; d++) {
      min[d] = Math.max(block.min(d) - halo[d], interval.min(d));
      max[d] = Math.min(block.max(d) + halo[d], interval.max(d));
    }
    return new FinalInterval(min, max);
  }
}
