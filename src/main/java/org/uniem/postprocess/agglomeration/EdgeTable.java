package org.uniem.postprocess.agglomeration;

import java.util.Arrays;

/**
 * Features of pairs of labels, found by hashing; a label paired with itself counts its voxels.
 *
 * <p>Tables of parts of a volume add up to that of the whole, in any order. Not thread-safe.
 */
final class EdgeTable {

  // Open addressing with linear probing; a slot holds the number of an edge, or −1.
  private int[] slots = new int[64];
  private long[] lower = new long[16];
  private long[] higher = new long[16];
  private final EdgeFeatures features;
  private int latest = -1;

  EdgeTable(int bins) {
    features = new EdgeFeatures(bins);
    Arrays.fill(slots, -1);
  }

  EdgeFeatures features() {
    return features;
  }

  int count() {
    return features.count();
  }

  long lower(int edge) {
    return lower[edge];
  }

  long higher(int edge) {
    return higher[edge];
  }

  /** Number of the edge between two labels, in any order; new where there was none. */
  int edge(long a, long b) {
    long low = Math.min(a, b);
    long high = Math.max(a, b);
    if (latest >= 0 && lower[latest] == low && higher[latest] == high) {
      return latest;
    }
    int slot = slot(low, high);
    if (slots[slot] < 0) {
      slots[slot] = insert(low, high);
      latest = slots[slot];
      if (count() > slots.length / 2) {
        rehash();
      }
    } else {
      latest = slots[slot];
    }
    return latest;
  }

  void addAll(EdgeTable other) {
    for (int edge = 0; edge < other.count(); edge++) {
      features.absorb(edge(other.lower[edge], other.higher[edge]), other.features, edge);
    }
  }

  private int insert(long low, long high) {
    int edge = features.add();
    if (edge == lower.length) {
      lower = Arrays.copyOf(lower, 2 * edge);
      higher = Arrays.copyOf(higher, 2 * edge);
    }
    lower[edge] = low;
    higher[edge] = high;
    return edge;
  }

  private int slot(long low, long high) {
    long hash = low * 0x9E3779B97F4A7C15L + Long.rotateLeft(high, 32);
    hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    int mask = slots.length - 1;
    int slot = (int) (hash ^ (hash >>> 32)) & mask;
    while (slots[slot] >= 0 && (lower[slots[slot]] != low || higher[slots[slot]] != high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void rehash() {
    slots = new int[Math.multiplyExact(slots.length, 2)];
    Arrays.fill(slots, -1);
    for (int edge = 0; edge < count(); edge++) {
      slots[slot(lower[edge], higher[edge])] = edge;
    }
  }
}
