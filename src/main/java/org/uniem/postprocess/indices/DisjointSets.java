package org.uniem.postprocess.indices;

/**
 * Numbers 0 … count − 1 in sets that can be joined: a union–find forest with path halving, 4 bytes
 * a number. Not thread-safe.
 */
public final class DisjointSets {

  private final int[] parent;

  /** Each number in a set of its own. */
  public DisjointSets(int count) {
    parent = new int[count];
    for (int i = 0; i < count; i++) {
      parent[i] = i;
    }
  }

  /** Joins the sets of two numbers; the smaller root is that of both. */
  public void unite(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  /**
   * Joins the sets of two roots.
   *
   * @param kept the root of both from now on
   * @param dropped a root too; no longer
   */
  public void join(int kept, int dropped) {
    parent[dropped] = kept;
  }

  /**
   * The root of a number's set: where sets are joined by {@link #unite} alone, the smallest of the
   * set.
   */
  public int root(int number) {
    int node = number;
    while (parent[node] != node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  }

  /** Whether a number is the root of its set. */
  public boolean isRoot(int number) {
    return parent[number] == number;
  }

  /** Number of numbers. */
  public int count() {
    return parent.length;
  }

  /** The root of every number; gives up these sets: they must not be used afterwards. */
  public int[] roots() {
    for (int number = 0; number < parent.length; number++) {
      parent[number] = root(number);
    }
    return parent;
  }
}
