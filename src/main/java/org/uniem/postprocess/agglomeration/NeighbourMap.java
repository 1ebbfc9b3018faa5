package org.uniem.postprocess.agglomeration;

import java.util.Arrays;

/** The neighbours of one node and the edges to them; a small hash map of ints. Not thread-safe. */
final class NeighbourMap {

  /** Stands for no edge. */
  static final int NONE = -1;

  private int[] nodes = new int[4];
  private int[] edges = new int[4];
  private int size;

  NeighbourMap() {
    Arrays.fill(nodes, NONE);
  }

  int size() {
    return size;
  }

  /** The edge to a node, {@link #NONE} if there is none. */
  int get(int node) {
    int slot = slot(node);
    return nodes[slot] == node ? edges[slot] : NONE;
  }

  void put(int node, int edge) {
    int slot = slot(node);
    if (nodes[slot] != node) {
      nodes[slot] = node;
      size++;
    }
    edges[slot] = edge;
    if (size > nodes.length / 2) {
      grow();
    }
  }

  void remove(int node) {
    int hole = slot(node);
    if (nodes[hole] != node) {
      return;
    }
    int mask = nodes.length - 1;
    // What probed past the hole moves into it, so that no search ends too early.
    for (int slot = (hole + 1) & mask; nodes[slot] != NONE; slot = (slot + 1) & mask) {
      int home = home(nodes[slot]);
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        nodes[hole] = nodes[slot];
        edges[hole] = edges[slot];
        hole = slot;
      }
    }
    nodes[hole] = NONE;
    size--;
  }

  /** Visits all pairs of node and edge; the map must not change meanwhile. */
  void forEach(Visitor visitor) {
    for (int slot = 0; slot < nodes.length; slot++) {
      if (nodes[slot] != NONE) {
        visitor.visit(nodes[slot], edges[slot]);
      }
    }
  }

  /** Takes a neighbour and the edge to it. */
  interface Visitor {
    void visit(int node, int edge);
  }

  private int home(int node) {
    int hash = node * 0x9E3779B9;
    return (hash ^ (hash >>> 15)) & (nodes.length - 1);
  }

  private int slot(int node) {
    int slot = home(node);
    while (nodes[slot] != NONE && nodes[slot] != node) {
      slot = (slot + 1) & (nodes.length - 1);
    }
    return slot;
  }

  private void grow() {
    int[] oldNodes = nodes;
    int[] oldEdges = edges;
    nodes = new int[2 * oldNodes.length];
    edges = new int[2 * oldNodes.length];
    Arrays.fill(nodes, NONE);
    for (int i = 0; i < oldNodes.length; i++) {
      if (oldNodes[i] != NONE) {
        int slot = slot(oldNodes[i]);
        nodes[slot] = oldNodes[i];
        edges[slot] = oldEdges[i];
      }
    }
  }
}
