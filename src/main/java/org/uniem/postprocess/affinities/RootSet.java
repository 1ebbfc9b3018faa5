package org.uniem.postprocess.affinities;

import java.util.function.IntPredicate;

/**
 * A set of roots in a bare array, as there may be millions of small ones: size first, then a hash
 * table of roots plus one, 0 where free. Null is the empty set. Not thread-safe.
 *
 * <p>Nothing is removed: voxels that have lost their sets to others, and are roots no longer, stay
 * until the table is full, and are then left out. So joining sets need not look for them.
 */
final class RootSet {

  private static final int SMALLEST = 4;

  private RootSet() {}

  /** Number of roots and of what was one. */
  static int size(int[] set) {
    return set == null ? 0 : set[0];
  }

  static boolean contains(int[] set, int root) {
    return set != null && set[slot(set, root + 1)] != 0;
  }

  /**
   * Adds a root.
   *
   * @param isRoot says which voxels are roots
   * @return the set, in another array where it was full
   */
  static int[] add(int[] set, int root, IntPredicate isRoot) {
    int[] target = set == null ? new int[SMALLEST + 1] : set;
    int slot = slot(target, root + 1);
    if (target[slot] != 0) {
      return target;
    }
    if (4 * (target[0] + 1) > 3 * (target.length - 1)) {
      target = withoutOthers(target, isRoot);
      slot = slot(target, root + 1);
    }
    target[slot] = root + 1;
    target[0]++;
    return target;
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

  /** What a slot holds, a root or what was one. */
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

  /** A copy of the roots with room for as many again. */
  private static int[] withoutOthers(int[] set, IntPredicate isRoot) {
    int roots = 0;
    for (int slot = next(set, 0); slot > 0; slot = next(set, slot)) {
      roots += holdsRoot(set, slot, isRoot) ? 1 : 0;
    }
    int capacity = SMALLEST;
    while (capacity < 2 * (roots + 1L)) {
      capacity = Math.multiplyExact(2, capacity);
    }
    int[] copy = new int[Math.addExact(capacity, 1)];
    for (int slot = next(set, 0); slot > 0; slot = next(set, slot)) {
      if (holdsRoot(set, slot, isRoot)) {
        copy[slot(copy, set[slot])] = set[slot];
      }
    }
    copy[0] = roots;
    return copy;
  }

  private static boolean holdsRoot(int[] set, int slot, IntPredicate isRoot) {
    return isRoot.test(root(set, slot));
  }
}
