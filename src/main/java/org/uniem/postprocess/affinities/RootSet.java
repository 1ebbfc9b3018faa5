package org.uniem.postprocess.affinities;

/**
 * A set of roots in a bare array, as there may be millions of small ones: size first, then a hash
 * table of roots plus one, 0 where free. Null is the empty set. Not thread-safe.
 */
final class RootSet {

  private static final int SMALLEST = 4;

  private RootSet() {}

  static int size(int[] set) {
    return set == null ? 0 : set[0];
  }

  static boolean contains(int[] set, int root) {
    return set[slot(set, root + 1)] != 0;
  }

  /** Adds a root; returns the set, in another array where it had to grow. */
  static int[] add(int[] set, int root) {
    int[] target = set == null ? new int[SMALLEST + 1] : set;
    int slot = slot(target, root + 1);
    if (target[slot] != 0) {
      return target;
    }
    if (4 * (target[0] + 1) > 3 * (target.length - 1)) {
      target = resized(target, Math.multiplyExact(2, target.length - 1));
      slot = slot(target, root + 1);
    }
    target[slot] = root + 1;
    target[0]++;
    return target;
  }

  /** Removes a root; returns the set, in a smaller array where it had become sparse. */
  static int[] remove(int[] set, int root) {
    int hole = slot(set, root + 1);
    if (set[hole] == 0) {
      return set;
    }
    int mask = set.length - 2;
    // What probed past the hole moves into it, so that no search ends too early.
    for (int slot = hole % (mask + 1) + 1; set[slot] != 0; slot = slot % (mask + 1) + 1) {
      int home = home(set, set[slot]);
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        set[hole] = set[slot];
        hole = slot;
      }
    }
    set[hole] = 0;
    set[0]--;
    int capacity = set.length - 1;
    // Visiting a set must not cost more than a few times its size.
    return capacity > SMALLEST && 8 * set[0] < capacity ? resized(set, capacity / 2) : set;
  }

  /** The next slot in use after one, 0 to begin with; 0 where there is no more. */
  static int next(int[] set, int after) {
    for (int slot = after + 1; slot < set.length; slot++) {
      if (set[slot] != 0) {
        return slot;
      }
    }
    return 0;
  }

  static int root(int[] set, int slot) {
    return set[slot] - 1;
  }

  private static int home(int[] set, int key) {
    int hash = key * 0x9E3779B9;
    return ((hash ^ (hash >>> 15)) & (set.length - 2)) + 1;
  }

  /** The slot of a key, or the free one where it would go. */
  private static int slot(int[] set, int key) {
    int slot = home(set, key);
    while (set[slot] != 0 && set[slot] != key) {
      slot = slot == set.length - 1 ? 1 : slot + 1;
    }
    return slot;
  }

  private static int[] resized(int[] set, int capacity) {
    int[] copy = new int[Math.addExact(capacity, 1)];
    copy[0] = set[0];
    for (int slot = 1; slot < set.length; slot++) {
      if (set[slot] != 0) {
        copy[slot(copy, set[slot])] = set[slot];
      }
    }
    return copy;
  }
}
