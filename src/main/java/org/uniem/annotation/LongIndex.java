package org.uniem.annotation;

import java.util.Arrays;
import org.uniem.job.ResourceException;

/**
 * Numbers different keys 0, 1, 2, … in the order they come in, without boxing them.
 *
 * <p>Memory is 16 to 32 bytes per key. Not thread-safe.
 */
public final class LongIndex {

  private static final int LARGEST = 1 << 28;

  private long[] keys = new long[16];
  private int[] slots = new int[32];
  private int size;

  /**
   * The number of a key, a new one where it was not there yet.
   *
   * @param key any value
   * @throws ResourceException if there are more than 2²⁸
   */
  public int add(long key) {
    int slot = find(key);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == keys.length) {
      grow();
      slot = find(key);
    }
    keys[size] = key;
    slots[slot] = ++size;
    return size - 1;
  }

  /**
   * The number of a key, −1 where it is not there.
   *
   * @param key any value
   */
  public int get(long key) {
    return slots[find(key)] - 1;
  }

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /**
   * The key of a number.
   *
   * @param number 0 … size−1
   */
  public long key(int number) {
    return keys[number];
  }

  /** All keys in the order they came in. */
  public long[] keys() {
    return Arrays.copyOf(keys, size);
  }

  /** Where the key is, or where it would go. */
  private int find(long key) {
    int mask = slots.length - 1;
    long hash = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    if (size > LARGEST / 2) {
      throw new ResourceException(
          "More than " + LARGEST + " different keys: work on a smaller or coarser stack.");
    }
    keys = Arrays.copyOf(keys, 2 * size);
    slots = new int[4 * size];
    for (int i = 0; i < size; i++) {
      slots[find(keys[i])] = i + 1;
    }
  }
}
