package org.uniem.floodfilling.training;

import java.util.Arrays;

/** The lowest of many numbers, in memory for twice as many as are kept. Not thread-safe. */
final class LowestKeys {

  private final int most;
  private long[] keys = new long[16];
  private int count;
  private long offered;

  /**
   * @param most how many are kept
   */
  LowestKeys(int most) {
    this.most = most;
  }

  void add(long key) {
    offered++;
    put(key);
  }

  void addAll(LowestKeys other) {
    offered += other.offered;
    for (int i = 0; i < other.count; i++) {
      put(other.keys[i]);
    }
  }

  private void put(long key) {
    if (count == 2 * most) {
      Arrays.sort(keys, 0, count);
      count = most;
    }
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, Math.min(2 * most, 2 * count));
    }
    keys[count++] = key;
  }

  /** How many there were. */
  long offered() {
    return offered;
  }

  /** Those kept, ascending. */
  long[] sorted() {
    long[] sorted = Arrays.copyOf(keys, count);
    Arrays.sort(sorted);
    return Arrays.copyOf(sorted, Math.min(most, count));
  }
}
