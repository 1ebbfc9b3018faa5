package org.uniem.postprocess.indices;

import java.util.Arrays;
import org.uniem.job.ResourceException;

/** A growing list of whole numbers in one array, which loops may read directly. */
public final class IntList {

  private int[] values;
  private int size;

  /**
   * An empty list.
   *
   * @param capacity numbers that it has room for before its array grows
   */
  public IntList(int capacity) {
    values = new int[capacity];
  }

  /**
   * Appends a number.
   *
   * @throws ResourceException if an array cannot hold more
   */
  public void add(int value) {
    if (size == values.length) {
      grow();
    }
    values[size++] = value;
  }

  private void grow() {
    if (size == Integer.MAX_VALUE - 8) {
      throw new ResourceException(
          "More than " + size + " voxels or regions wait at once. Cut the image into blocks.");
    }
    values = Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8, 16 + size * 3L / 2));
  }

  /** How many numbers there are. */
  public int size() {
    return size;
  }

  /** A number by its place, from 0. */
  public int get(int i) {
    return values[i];
  }

  /** The array behind the list, valid until the next addition. */
  public int[] array() {
    return values;
  }

  /** Empties the list. */
  public void clear() {
    size = 0;
  }
}
