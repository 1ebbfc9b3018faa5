package org.uniem.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which objects of a segmentation are which of the ground truth: right, false and missed ones, as
 * {@link MatchedObjects} counts them. Immutable.
 *
 * @param right the match of each object of the segmentation that has one, by its id, ascending
 * @param falseIds objects of the segmentation without a match, ascending
 * @param missedIds objects of the ground truth without a match, ascending
 */
public record ObjectMatches(Map<Long, Match> right, List<Long> falseIds, List<Long> missedIds) {

  /**
   * Two objects that are the same.
   *
   * @param segmentation id in the segmentation
   * @param truth id in the ground truth
   * @param iou voxels in both / voxels in either
   */
  public record Match(long segmentation, long truth, double iou) {}

  public ObjectMatches {
    right = Collections.unmodifiableMap(new TreeMap<>(right));
    falseIds = List.copyOf(falseIds);
    missedIds = List.copyOf(missedIds);
  }

  /**
   * Matches objects one to one.
   *
   * @param table label pairs of all voxels, 0 = no object
   * @param limit smallest IoU, 0.5 … 1
   */
  public static ObjectMatches of(ContingencyTable table, double limit) {
    LabelCounts labels = LabelCounts.of(table);
    Map<Long, Match> right = new TreeMap<>();
    Map<Long, Match> byTruth = new TreeMap<>();
    MatchedObjects.match(
        table,
        labels,
        limit,
        match -> {
          right.put(match.segmentation(), match);
          byTruth.put(match.truth(), match);
        });
    return new ObjectMatches(
        right, others(labels.segmentation(), right), others(labels.truth(), byTruth));
  }

  private static List<Long> others(ContingencyTable labels, Map<Long, Match> matched) {
    List<Long> others = new ArrayList<>();
    labels.forEach(
        (label, unused, voxels) -> {
          if (label != 0 && !matched.containsKey(label)) {
            others.add(label);
          }
        });
    Collections.sort(others);
    return others;
  }
}
