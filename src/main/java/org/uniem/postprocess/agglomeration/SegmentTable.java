package org.uniem.postprocess.agglomeration;

import java.util.Arrays;
import org.uniem.job.BadInputException;
import org.uniem.volumes.LabelSlices;

/**
 * Which segment each fragment of an over-segmentation belongs to.
 *
 * <p>A segment has the smallest id of its fragments, so fragments that are joined with none keep
 * their ids; 0 stays 0. Immutable and thread-safe.
 */
public final class SegmentTable {

  private final long[] fragments;
  private final long[] segments;

  /**
   * @param fragments ids, ascending
   * @param groupOfNode any number per fragment, equal for fragments of one segment, 0 … fragments−1
   */
  SegmentTable(long[] fragments, int[] groupOfNode) {
    this.fragments = fragments;
    segments = new long[fragments.length];
    long[] idOfGroup = new long[fragments.length];
    for (int node = fragments.length - 1; node >= 0; node--) {
      idOfGroup[groupOfNode[node]] = fragments[node];
    }
    for (int node = 0; node < fragments.length; node++) {
      segments[node] = idOfGroup[groupOfNode[node]];
    }
  }

  /** Number of fragments. */
  public int fragments() {
    return fragments.length;
  }

  /** Number of segments. */
  public long segments() {
    return Arrays.stream(segments).distinct().count();
  }

  /** The largest id of a segment, 0 if there is none. */
  public long largest() {
    return Arrays.stream(segments).max().orElse(0);
  }

  /**
   * The segment of a fragment.
   *
   * @param fragment an id, 0 for none
   * @throws BadInputException if there is no fragment of this id
   */
  public long segmentOf(long fragment) {
    if (fragment == 0) {
      return 0;
    }
    int node = Arrays.binarySearch(fragments, fragment);
    if (node < 0) {
      throw new BadInputException(
          "There was no region "
              + fragment
              + " when the labels were first read: they changed meanwhile. Let nothing write to"
              + " them and start again.");
    }
    return segments[node];
  }

  /** The slices of a stack of fragments with the ids of the segments. */
  public LabelSlices relabel(LabelSlices stack) {
    return (z, target) -> {
      stack.read(z, target);
      long fragment = 0;
      long segment = 0;
      for (int i = 0; i < target.length; i++) {
        if (target[i] != fragment) {
          fragment = target[i];
          segment = segmentOf(fragment);
        }
        target[i] = segment;
      }
    };
  }
}
