package org.uniem.postprocess.linking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.uniem.postprocess.linking.SliceOverlaps.Overlap;

/** Divides pairs of objects into groups that share no object. */
final class OverlapGroups {

  private final Map<Integer, Integer> parent = new HashMap<>();

  private OverlapGroups() {}

  /** The groups, in the order of their first pairs. */
  static List<List<Overlap>> of(List<Overlap> overlaps) {
    OverlapGroups groups = new OverlapGroups();
    for (Overlap overlap : overlaps) {
      int a = groups.root(overlap.first());
      int b = groups.root(~overlap.second());
      groups.parent.put(b, a);
    }
    Map<Integer, Integer> numbers = new TreeMap<>();
    List<List<Overlap>> divided = new ArrayList<>();
    for (Overlap overlap : overlaps) {
      int number = numbers.computeIfAbsent(groups.root(overlap.first()), r -> numbers.size());
      if (number == divided.size()) {
        divided.add(new ArrayList<>());
      }
      divided.get(number).add(overlap);
    }
    return divided;
  }

  /** Objects of the second slice are negative, so that both kinds fit in one map. */
  private int root(int object) {
    int node = object;
    for (int next = step(node); next != node; next = step(node)) {
      node = next;
    }
    parent.put(object, node);
    return node;
  }

  private int step(int node) {
    return parent.computeIfAbsent(node, n -> n);
  }
}
