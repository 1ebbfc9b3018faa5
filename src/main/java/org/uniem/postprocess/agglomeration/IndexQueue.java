package org.uniem.postprocess.agglomeration;

import java.util.Arrays;

/**
 * Numbered things, edges or nodes, by descending priority, equal ones by ascending number. Giving
 * one a new priority leaves the old entry to be skipped when it comes up. Not thread-safe.
 */
final class IndexQueue {

  /** Stands for an empty queue. */
  static final int NONE = -1;

  private final double[] priority;
  private double[] keys = new double[64];
  private int[] items = new int[64];
  private int size;

  /**
   * @param count items are 0 … count−1; none is in the queue
   */
  IndexQueue(int count) {
    priority = new double[count];
    Arrays.fill(priority, Double.NaN);
  }

  /** Puts an item in, or gives it another priority. */
  void set(int item, double newPriority) {
    if (priority[item] == newPriority) {
      return;
    }
    priority[item] = newPriority;
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, Math.multiplyExact(size, 2));
      items = Arrays.copyOf(items, 2 * size);
    }
    keys[size] = newPriority;
    items[size] = item;
    up(size++);
  }

  /** Takes an item out; none or twice is the same. */
  void remove(int item) {
    priority[item] = Double.NaN;
  }

  /** Priority of an item, NaN where it is not in the queue. */
  double priority(int item) {
    return priority[item];
  }

  /** The item of the highest priority, left in the queue; {@link #NONE} if it is empty. */
  int peek() {
    while (size > 0 && priority[items[0]] != keys[0]) {
      dropTop();
    }
    return size == 0 ? NONE : items[0];
  }

  private void dropTop() {
    size--;
    keys[0] = keys[size];
    items[0] = items[size];
    down();
  }

  private boolean before(int i, int j) {
    return keys[i] > keys[j] || keys[i] == keys[j] && items[i] < items[j];
  }

  private void swap(int i, int j) {
    double key = keys[i];
    keys[i] = keys[j];
    keys[j] = key;
    int item = items[i];
    items[i] = items[j];
    items[j] = item;
  }

  private void up(int from) {
    int i = from;
    while (i > 0 && before(i, (i - 1) / 2)) {
      swap(i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  }

  private void down() {
    int i = 0;
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && before(child + 1, child)) {
        child++;
      }
      if (!before(child, i)) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }
}
