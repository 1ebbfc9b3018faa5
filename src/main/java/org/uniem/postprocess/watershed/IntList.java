package org.uniem.postprocess.watershed;

import java.util.Arrays;
import org.uniem.job.ResourceException;

/** A growing list of whole numbers in one array, which loops may read directly. */
final class IntList {

  private int[] values;
  private int size;

  IntList(int capacity) {
    values = new int[capacity];
  }

  void add(int value) {
    if (size == values.length) {
      grow();
    }
    values[size++] = value;
  }

  private void grow() {
    if (size == Integer.MAX_VALUE - 8) {
      throw new ResourceException(
          "More than " + size + " voxels wait at once. Cut the image into blocks.");
    }
    values = Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8, 16 + size * 3L / 2));
  }

  int size() {
    return size;
  }

  int get(int i) {
    return values[i];
  }

  /** The array behind the list, valid until the next addition. */
  int[] array() {
    return values;
  }

  void clear() {
    size = 0;
  }
}
