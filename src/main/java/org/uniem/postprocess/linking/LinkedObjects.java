package org.uniem.postprocess.linking;

import java.util.Arrays;
import java.util.List;
import org.uniem.job.BadInputException;
import org.uniem.volumes.LabelSlices;

/**
 * The objects of a stack that slices were linked to: ids 1, 2, … in the order of their first slices
 * and, there, of the smallest label. Immutable and thread-safe.
 */
public final class LinkedObjects {

  private final List<long[]> labels;
  private final List<long[]> ids;
  private final long count;
  private final long links;

  /**
   * @param labels of each slice, ascending
   * @param ids of the stack, one per label
   */
  LinkedObjects(List<long[]> labels, List<long[]> ids, long count, long links) {
    this.labels = labels;
    this.ids = ids;
    this.count = count;
    this.links = links;
  }

  /** Number of objects, also the largest id. */
  public long count() {
    return count;
  }

  /** Number of objects of single slices. */
  public long sections() {
    return labels.stream().mapToLong(slice -> slice.length).sum();
  }

  /** Number of links made. */
  public long links() {
    return links;
  }

  /**
   * The id of an object of a slice.
   *
   * @param label 0 for none
   * @throws BadInputException if the slice had no such label
   */
  public long id(long z, long label) {
    if (label == 0) {
      return 0;
    }
    int index = Arrays.binarySearch(labels.get(Math.toIntExact(z)), label);
    if (index < 0) {
      throw new BadInputException(
          "Slice z="
              + z
              + " (counted from 0) had no label "
              + label
              + " when it was first read: it changed meanwhile. Let nothing write to the labels and"
              + " start again.");
    }
    return ids.get((int) z)[index];
  }

  /** The slices of the stack with the ids of its objects. */
  public LabelSlices relabel(LabelSlices stack) {
    return (z, target) -> {
      stack.read(z, target);
      long label = 0;
      long id = 0;
      for (int i = 0; i < target.length; i++) {
        if (target[i] != label) {
          label = target[i];
          id = id(z, label);
        }
        target[i] = id;
      }
    };
  }
}
