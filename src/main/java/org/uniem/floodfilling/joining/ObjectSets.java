package org.uniem.floodfilling.joining;

/** Which objects are one: a union–find forest, the smallest number of a set its root. */
final class ObjectSets {

  private final int[] parent;

  ObjectSets(int count) {
    parent = new int[count];
    for (int i = 0; i < count; i++) {
      parent[i] = i;
    }
  }

  void unite(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  int root(int object) {
    int node = object;
    while (parent[node] != node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  }

  int count() {
    return parent.length;
  }
}
