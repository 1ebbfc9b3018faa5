package org.uniem.annotation.meshes;

import java.util.Arrays;

/** Edges by ascending cost, those of equal cost by their vertices. Not thread-safe. */
final class EdgeQueue {

  private double[] costs;
  private int[] from;
  private int[] to;
  private int[] stamps;
  private int size;

  EdgeQueue(int capacity) {
    costs = new double[Math.max(16, capacity)];
    from = new int[costs.length];
    to = new int[costs.length];
    stamps = new int[costs.length];
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds an edge; the stamp tells later whether the cost still holds. */
  void add(double cost, int u, int v, int stamp) {
    if (size == costs.length) {
      int larger = size + size / 2;
      costs = Arrays.copyOf(costs, larger);
      from = Arrays.copyOf(from, larger);
      to = Arrays.copyOf(to, larger);
      stamps = Arrays.copyOf(stamps, larger);
    }
    int place = size++;
    while (place > 0 && isBefore(cost, u, v, (place - 1) / 2)) {
      copy((place - 1) / 2, place);
      place = (place - 1) / 2;
    }
    set(place, cost, u, v, stamp);
  }

  double cost() {
    return costs[0];
  }

  int from() {
    return from[0];
  }

  int to() {
    return to[0];
  }

  int stamp() {
    return stamps[0];
  }

  /** Takes the first edge away. */
  void remove() {
    size--;
    double cost = costs[size];
    int u = from[size];
    int v = to[size];
    int place = 0;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && isBefore(costs[child + 1], from[child + 1], to[child + 1], child)) {
        child++;
      }
      if (isBefore(cost, u, v, child)) {
        break;
      }
      copy(child, place);
      place = child;
    }
    set(place, cost, u, v, stamps[size]);
  }

  private boolean isBefore(double cost, int u, int v, int other) {
    if (cost != costs[other]) {
      return cost < costs[other];
    }
    return u != from[other] ? u < from[other] : v < to[other];
  }

  private void copy(int source, int target) {
    set(target, costs[source], from[source], to[source], stamps[source]);
  }

  private void set(int place, double cost, int u, int v, int stamp) {
    costs[place] = cost;
    from[place] = u;
    to[place] = v;
    stamps[place] = stamp;
  }
}
