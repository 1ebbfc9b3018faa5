package org.uniem.postprocess.agglomeration;

import java.util.Arrays;
import org.uniem.job.BadParameterException;
import org.uniem.job.Decimals;
import org.uniem.postprocess.indices.DisjointSets;

/**
 * The merges of an agglomeration in the order of their affinities, which never rise: one run gives
 * the segments of every threshold. Immutable and thread-safe.
 */
public final class MergeTree {

  private final long[] ids;
  private final int[] first;
  private final int[] second;
  private final double[] affinity;
  private final double lowest;

  private MergeTree(Builder builder, double lowest) {
    ids = builder.ids;
    first = Arrays.copyOf(builder.first, builder.count);
    second = Arrays.copyOf(builder.second, builder.count);
    affinity = Arrays.copyOf(builder.affinity, builder.count);
    this.lowest = lowest;
  }

  /** Number of merges, at most one less than there are regions. */
  public int merges() {
    return first.length;
  }

  /** The affinity at which a merge was made; never more than that of the merge before. */
  public double affinity(int merge) {
    return affinity[merge];
  }

  /** The id of a region of one of the two segments that a merge joined. */
  public long first(int merge) {
    return ids[first[merge]];
  }

  /** The id of a region of the other segment. */
  public long second(int merge) {
    return ids[second[merge]];
  }

  /**
   * The segments that are left when all merges of an affinity or more are made.
   *
   * @param threshold from the affinity at which the agglomeration ended, to 1
   * @throws BadParameterException if it is out of range
   */
  public SegmentTable segments(double threshold) {
    if (!(threshold >= lowest && threshold <= 1)) {
      throw new BadParameterException(
          "threshold="
              + threshold
              + " is out of range: the agglomeration ended at "
              + lowest
              + ". Give "
              + lowest
              + " to 1.");
    }
    DisjointSets sets = new DisjointSets(ids.length);
    for (int merge = 0; merge < first.length && affinity[merge] >= threshold; merge++) {
      sets.unite(first[merge], second[merge]);
    }
    return new SegmentTable(ids, sets.roots());
  }

  /**
   * The merges as comma-separated values with a header line: the ids of a region of each of the two
   * segments, and the affinity.
   */
  public String toCsv() {
    StringBuilder csv = new StringBuilder("first,second,affinity\n");
    for (int merge = 0; merge < first.length; merge++) {
      csv.append(first(merge) + "," + second(merge) + "," + Decimals.of(affinity(merge), 6) + "\n");
    }
    return csv.toString();
  }

  /** Gathers merges. */
  static final class Builder {

    private final long[] ids;
    private final int[] first;
    private final int[] second;
    private final double[] affinity;
    private int count;

    Builder(long[] ids) {
      this.ids = ids;
      int merges = Math.max(0, ids.length - 1);
      first = new int[merges];
      second = new int[merges];
      affinity = new double[merges];
    }

    void add(int a, int b, double at) {
      first[count] = a;
      second[count] = b;
      // Rounding of a mean may raise it by one unit in the last place.
      affinity[count] = count == 0 ? at : Math.min(at, affinity[count - 1]);
      count++;
    }

    MergeTree build(double lowest) {
      return new MergeTree(this, lowest);
    }
  }
}
