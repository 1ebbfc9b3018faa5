package org.uniem.postprocess.agglomeration;

import org.uniem.postprocess.indices.DisjointSets;

/**
 * A graph whose edges are contracted one by one: the two nodes become one, and edges of both to the
 * same neighbour become one edge.
 *
 * <p>The node with more neighbours absorbs the other, so n contractions cost O(n log n) map
 * accesses. Not thread-safe.
 */
final class ContractionGraph {

  /** Is told of edges that become one. */
  interface Combiner {

    /**
     * Adds one edge to another.
     *
     * @param kept stays
     * @param dropped is gone
     */
    void combine(int kept, int dropped);
  }

  private final DisjointSets sets;
  private final NeighbourMap[] neighbours;
  private final int[] first;
  private final int[] second;
  private final boolean[] gone;
  private final Combiner combiner;

  ContractionGraph(int nodes, int[] first, int[] second, Combiner combiner) {
    this.first = first;
    this.second = second;
    this.combiner = combiner;
    gone = new boolean[first.length];
    sets = new DisjointSets(nodes);
    neighbours = new NeighbourMap[nodes];
    for (int node = 0; node < nodes; node++) {
      neighbours[node] = new NeighbourMap();
    }
    for (int edge = 0; edge < first.length; edge++) {
      neighbours[first[edge]].put(second[edge], edge);
      neighbours[second[edge]].put(first[edge], edge);
    }
  }

  /** Whether an edge was contracted or added to another. */
  boolean isGone(int edge) {
    return gone[edge];
  }

  /** One end of an edge of the present graph, as the present node. */
  int first(int edge) {
    return root(first[edge]);
  }

  /** The other end. */
  int second(int edge) {
    return root(second[edge]);
  }

  /** The present node that an original one belongs to. */
  int root(int node) {
    return sets.root(node);
  }

  /** Contracts an edge that is not gone. */
  void contract(int edge) {
    int a = first(edge);
    int b = second(edge);
    boolean more = neighbours[a].size() >= neighbours[b].size();
    int kept = more ? a : b;
    int dropped = more ? b : a;
    gone[edge] = true;
    sets.join(kept, dropped);
    neighbours[kept].remove(dropped);
    neighbours[dropped].forEach(
        (node, moved) -> {
          if (node != kept) {
            neighbours[node].remove(dropped);
            join(kept, node, moved);
          }
        });
    neighbours[dropped] = null;
  }

  private void join(int kept, int node, int moved) {
    int present = neighbours[kept].get(node);
    if (present == NeighbourMap.NONE) {
      neighbours[kept].put(node, moved);
      neighbours[node].put(kept, moved);
    } else {
      gone[moved] = true;
      combiner.combine(present, moved);
    }
  }
}
