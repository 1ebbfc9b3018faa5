package org.uniem.floodfilling.joining;

/**
 * Which objects are one: a union–find forest, the smallest number of a set its root. Not
 * thread-safe.
 */
public final class ObjectSets {

  private final int[] parent;

  /** Objects 0 … count − 1, none of them one yet. */
  public ObjectSets(int count) {
    parent = new int[count];
    for (int i = 0; i < count; i++) {
      parent[i] = i;
    }
  }

  /** Makes two objects, and all that are one with either, one. */
  public void unite(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  /** The smallest number of the objects that are one with an object. */
  public int root(int object) {
    int node = object;
    while (parent[node] != node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  }

  /** Number of objects. */
  public int count() {
    return parent.length;
  }
}
