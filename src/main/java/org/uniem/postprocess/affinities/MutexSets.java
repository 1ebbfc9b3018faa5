package org.uniem.postprocess.affinities;

import java.util.function.IntPredicate;
import org.uniem.postprocess.indices.DisjointSets;

/**
 * Sets of voxels, and which of them must stay apart.
 *
 * <p>A union–find forest; every root knows the roots that it must not be joined with, in a hash
 * set. When two sets become one, the smaller of their hash sets is moved into the larger, so n
 * unions cost O(n log n); the others' sets go on to name the root that it was. 8 bytes per voxel
 * and about 16 per pair that must stay apart. Not thread-safe.
 */
final class MutexSets {

  private final DisjointSets sets;
  private final IntPredicate isRoot;
  // Null where a root must stay apart from none; see RootSet.
  private final int[][] apart;

  MutexSets(int voxels) {
    sets = new DisjointSets(voxels);
    isRoot = sets::isRoot;
    apart = new int[voxels][];
  }

  int root(int voxel) {
    return sets.root(voxel);
  }

  /** Joins the sets of two voxels unless they must stay apart. */
  void attract(int v, int w) {
    int a = root(v);
    int b = root(w);
    boolean more = RootSet.size(apart[a]) >= RootSet.size(apart[b]);
    int kept = more ? a : b;
    int dropped = more ? b : a;
    // Where two must stay apart both sets say so; the smaller one is looked up faster.
    if (a == b || RootSet.contains(apart[dropped], kept)) {
      return;
    }
    sets.join(kept, dropped);
    int[] moved = apart[dropped];
    if (moved != null) {
      apart[dropped] = null;
      moveTo(kept, moved);
    }
  }

  private void moveTo(int kept, int[] moved) {
    int[] set = apart[kept];
    for (int slot = RootSet.next(moved, 0); slot > 0; slot = RootSet.next(moved, slot)) {
      int other = RootSet.root(moved, slot);
      if (sets.isRoot(other) && !RootSet.contains(set, other)) {
        set = RootSet.add(set, other, isRoot);
        apart[other] = RootSet.add(apart[other], kept, isRoot);
      }
    }
    apart[kept] = set;
  }

  /** Keeps the sets of two voxels apart from now on, unless they are one. */
  void repel(int v, int w) {
    int a = root(v);
    int b = root(w);
    boolean more = RootSet.size(apart[a]) >= RootSet.size(apart[b]);
    int large = more ? a : b;
    int small = more ? b : a;
    if (a != b && !RootSet.contains(apart[small], large)) {
      apart[small] = RootSet.add(apart[small], large, isRoot);
      apart[large] = RootSet.add(apart[large], small, isRoot);
    }
  }

  /** The root of every voxel; gives up this forest: it must not be used afterwards. */
  int[] roots() {
    return sets.roots();
  }
}
