package org.uniem.postprocess.linking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.postprocess.indices.DisjointSets;
import org.uniem.postprocess.linking.SliceOverlaps.Overlap;

/** Divides pairs of objects into groups that share no object. */
final class OverlapGroups {

  private OverlapGroups() {}

  /** The groups, in the order of their first pairs. */
  static List<List<Overlap>> of(List<Overlap> overlaps) {
    int firsts = 1 + overlaps.stream().mapToInt(Overlap::first).max().orElse(-1);
    int seconds = 1 + overlaps.stream().mapToInt(Overlap::second).max().orElse(-1);
    // Objects of the second slice are numbered after those of the first.
    DisjointSets sets = new DisjointSets(firsts + seconds);
    for (Overlap overlap : overlaps) {
      sets.unite(overlap.first(), firsts + overlap.second());
    }
    Map<Integer, List<Overlap>> groups = new LinkedHashMap<>();
    for (Overlap overlap : overlaps) {
      groups.computeIfAbsent(sets.root(overlap.first()), root -> new ArrayList<>()).add(overlap);
    }
    return List.copyOf(groups.values());
  }
}
