package org.uniem.annotation.skeletons;

import java.util.Arrays;
import org.uniem.annotation.ObjectVoxels;
import org.uniem.job.Job;

/**
 * Cheapest paths from one voxel of an object to all others that 26 neighbours connect with it
 * (Dijkstra). Not thread-safe; 24 bytes per voxel.
 */
final class VoxelPaths {

  private static final int VOXELS_BETWEEN_CHECKS = 1 << 15;
  private static final double NOT_REACHED = Double.POSITIVE_INFINITY;

  private final Neighbourhood neighbourhood;
  private final Job job;
  private final double[] costs;
  private final int[] parents;
  private final int[] heap;
  // Place in the heap, −1 before a voxel is reached, −2 when it is done.
  private final int[] places;
  private final int[] order;
  private int size;
  private int done;

  VoxelPaths(ObjectVoxels object, Job job) {
    neighbourhood = new Neighbourhood(object);
    this.job = job;
    costs = new double[object.count()];
    parents = new int[object.count()];
    heap = new int[object.count()];
    places = new int[object.count()];
    order = new int[object.count()];
    Arrays.fill(places, -1);
    Arrays.fill(costs, NOT_REACHED);
  }

  /**
   * Finds the paths from a voxel; those found before to the same voxels are forgotten.
   *
   * @param from a voxel
   * @param prices of entering each voxel; null where a step costs its length
   * @return how many voxels were reached
   */
  int find(int from, float[] prices) {
    reset();
    costs[from] = 0;
    parents[from] = -1;
    insert(from);
    while (size > 0) {
      if (done % VOXELS_BETWEEN_CHECKS == 0) {
        job.checkCancelled();
      }
      int voxel = removeFirst();
      order[done++] = voxel;
      relax(voxel, prices);
    }
    return done;
  }

  /** The cost of the path to a voxel. */
  double cost(int voxel) {
    return costs[voxel];
  }

  /** The voxel before a voxel on its path, −1 for the first. */
  int parent(int voxel) {
    return parents[voxel];
  }

  /** The voxel that was reached as so many others were, so that costs ascend. */
  int reached(int number) {
    return order[number];
  }

  private void reset() {
    for (int i = 0; i < done; i++) {
      places[order[i]] = -1;
      costs[order[i]] = NOT_REACHED;
    }
    done = 0;
  }

  private void relax(int voxel, float[] prices) {
    int count = neighbourhood.around(voxel);
    for (int n = 0; n < count; n++) {
      int other = neighbourhood.voxel(n);
      double step = prices == null ? neighbourhood.length(n) : prices[other];
      reach(other, costs[voxel] + step, voxel);
    }
  }

  private void reach(int voxel, double cost, int from) {
    if (places[voxel] == -2 || cost >= costs[voxel]) {
      return;
    }
    costs[voxel] = cost;
    parents[voxel] = from;
    if (places[voxel] < 0) {
      insert(voxel);
    } else {
      rise(places[voxel]);
    }
  }

  private void insert(int voxel) {
    heap[size] = voxel;
    places[voxel] = size;
    rise(size++);
  }

  private boolean isBefore(int a, int b) {
    return costs[a] < costs[b] || costs[a] == costs[b] && a < b;
  }

  private void rise(int from) {
    int place = from;
    int voxel = heap[place];
    while (place > 0 && isBefore(voxel, heap[(place - 1) / 2])) {
      put(heap[(place - 1) / 2], place);
      place = (place - 1) / 2;
    }
    put(voxel, place);
  }

  private int removeFirst() {
    int first = heap[0];
    places[first] = -2;
    int voxel = heap[--size];
    if (size > 0) {
      int place = 0;
      while (2 * place + 1 < size) {
        int child = 2 * place + 1;
        if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
          child++;
        }
        if (isBefore(voxel, heap[child])) {
          break;
        }
        put(heap[child], place);
        place = child;
      }
      put(voxel, place);
    }
    return first;
  }

  private void put(int voxel, int place) {
    heap[place] = voxel;
    places[voxel] = place;
  }
}
