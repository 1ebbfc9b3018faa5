package org.uniem.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well the class of each voxel was predicted.
 *
 * <p>TP, FP and FN count voxels over all classes but 0, the background: a voxel of class 1 taken
 * for class 2 is one FP and one FN. With a single class these are the usual counts. All scores are
 * NaN where undefined. Immutable.
 *
 * @param jaccard TP / (TP + FP + FN), 0 … 1; undefined if neither image has foreground. Jaccard
 *     1912, doi:10.1111/j.1469-8137.1912.tb05611.x
 * @param dice 2 TP / (2 TP + FP + FN), 0 … 1; undefined like the former. Dice 1945,
 *     doi:10.2307/1932409
 * @param conformity 1 − (FP + FN) / TP, −∞ … 1; undefined if TP = 0. As (FP + FN) / TP = 2 / dice −
 *     2, it is 3 − 2 / dice. Chang et al. 2009, doi:10.1016/j.neuroimage.2009.03.068
 * @param accuracy voxels of the right class / all voxels, 0 … 1; undefined without voxels
 * @param precision TP / (TP + FP), 0 … 1; undefined if the segmentation has no foreground
 * @param recall TP / (TP + FN), 0 … 1; undefined if the ground truth has no foreground
 * @param meanIou the mean of {@code perClassIou}, 0 … 1; undefined without voxels. Everingham et
 *     al. 2015, doi:10.1007/s11263-014-0733-5
 * @param perClassIou for each class that occurs in either image, the background included: voxels
 *     that have it in both / voxels that have it in either
 * @param confusion for each class of the ground truth, how many of its voxels were taken for which
 *     class; classes in ascending order, pairs that occur only
 * @param voxels number of voxels compared
 */
public record SemanticScores(
    double jaccard,
    double dice,
    double conformity,
    double accuracy,
    double precision,
    double recall,
    double meanIou,
    SortedMap<Long, Double> perClassIou,
    SortedMap<Long, SortedMap<Long, Long>> confusion,
    long voxels) {

  private static final Set<Long> MASK_VALUES = Set.of(1L, 255L, 65535L);

  public SemanticScores {
    perClassIou = Collections.unmodifiableSortedMap(new TreeMap<>(perClassIou));
    SortedMap<Long, SortedMap<Long, Long>> copy = new TreeMap<>();
    confusion.forEach(
        (truth, found) -> copy.put(truth, Collections.unmodifiableSortedMap(new TreeMap<>(found))));
    confusion = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Scores classes. Where both images have no value but 0 and one of 1, 255 and 65535, they are
   * compared as masks, so that a mask of 0 and 1 matches one of 0 and 255.
   *
   * @param table class pairs of all voxels
   */
  public static SemanticScores ofClasses(ContingencyTable table) {
    LabelCounts labels = LabelCounts.of(table);
    return isMask(labels.segmentation()) && isMask(labels.truth()) ? ofMasks(table) : score(table);
  }

  /**
   * Scores what is not 0 in the segmentation against what is not 0 in the ground truth.
   *
   * @param table label pairs of all voxels
   */
  public static SemanticScores ofMasks(ContingencyTable table) {
    ContingencyTable masks = new ContingencyTable();
    table.forEach((s, t, voxels) -> masks.add(s == 0 ? 0 : 1, t == 0 ? 0 : 1, voxels));
    return score(masks);
  }

  private static boolean isMask(ContingencyTable labels) {
    long[] foreign = {0, 0};
    labels.forEach(
        (label, unused, voxels) -> {
          if (label != 0) {
            foreign[MASK_VALUES.contains(label) ? 0 : 1]++;
          }
        });
    return foreign[0] <= 1 && foreign[1] == 0;
  }

  private static SemanticScores score(ContingencyTable table) {
    ContingencyTable union = new ContingencyTable();
    ContingencyTable correct = new ContingencyTable();
    table.forEach(
        (s, t, voxels) -> {
          union.add(s, 0, voxels);
          if (s == t) {
            correct.add(s, 0, voxels);
          } else {
            union.add(t, 0, voxels);
          }
        });
    TreeMap<Long, Double> perClass = new TreeMap<>();
    union.forEach(
        (label, unused, voxels) -> perClass.put(label, ratio(correct.count(label, 0), voxels)));
    long[] counts = new long[3];
    table.forEach(
        (s, t, voxels) -> {
          if (s == t) {
            counts[0] += s == 0 ? 0 : voxels;
          } else {
            counts[1] += s == 0 ? 0 : voxels;
            counts[2] += t == 0 ? 0 : voxels;
          }
        });
    long truePositives = counts[0];
    long falsePositives = counts[1];
    long falseNegatives = counts[2];
    long wrong = falsePositives + falseNegatives;
    return new SemanticScores(
        ratio(truePositives, truePositives + wrong),
        ratio(2 * truePositives, 2 * truePositives + wrong),
        1 - ratio(wrong, truePositives),
        ratio(correct.total(), table.total()),
        ratio(truePositives, truePositives + falsePositives),
        ratio(truePositives, truePositives + falseNegatives),
        perClass.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN),
        perClass,
        confusion(table),
        table.total());
  }

  private static SortedMap<Long, SortedMap<Long, Long>> confusion(ContingencyTable table) {
    SortedMap<Long, SortedMap<Long, Long>> confusion = new TreeMap<>();
    table.forEach(
        (s, t, voxels) -> confusion.computeIfAbsent(t, unused -> new TreeMap<>()).put(s, voxels));
    return confusion;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  /** The scores under their report keys, null where undefined or not a score of classes. */
  public Map<String, Object> asMap() {
    return fill(new ScoreMap()).map();
  }

  ScoreMap fill(ScoreMap scores) {
    Map<String, Double> named = new LinkedHashMap<>();
    perClassIou.forEach((label, iou) -> named.put(label.toString(), iou));
    return scores
        .with("jaccard", jaccard)
        .with("dice", dice)
        .with("conformity", conformity)
        .with("accuracy", accuracy)
        .with("precision", precision)
        .with("recall", recall)
        .with("meanIou", meanIou)
        .with("perClassIou", named)
        .withNested("confusion", namedConfusion());
  }

  private Map<String, Map<String, Long>> namedConfusion() {
    Map<String, Map<String, Long>> named = new LinkedHashMap<>();
    confusion.forEach(
        (truth, found) -> {
          Map<String, Long> row = new LinkedHashMap<>();
          found.forEach((label, voxels) -> row.put(label.toString(), voxels));
          named.put(truth.toString(), row);
        });
    return named;
  }
}
