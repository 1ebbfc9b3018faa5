package org.uniem.metrics;

import java.util.function.Consumer;
import org.uniem.metrics.ObjectMatches.Match;

/**
 * How many objects were found, one to one.
 *
 * <p>An object of the segmentation and one of the ground truth match where their IoU, voxels in
 * both / voxels in either, is at least the limit; each object matches at most one other. From 0.5
 * on, no better matching exists than taking the pairs as they come: two pairs that share an object
 * can only be halves of it. All voxels count, whatever the {@link Foreground}. Immutable.
 *
 * @param segmentationObjects labels other than 0 in the segmentation
 * @param truthObjects labels other than 0 in the ground truth
 * @param matched50 matched objects at IoU 0.5
 * @param matched75 matched objects at IoU 0.75
 */
public record MatchedObjects(
    long segmentationObjects, long truthObjects, long matched50, long matched75) {

  static MatchedObjects of(ContingencyTable table) {
    LabelCounts labels = LabelCounts.of(table);
    return new MatchedObjects(
        objects(labels.segmentation()),
        objects(labels.truth()),
        matched(table, labels, 0.5),
        matched(table, labels, 0.75));
  }

  static long objects(ContingencyTable labels) {
    return labels.size() - (labels.count(0, 0) > 0 ? 1 : 0);
  }

  private static long matched(ContingencyTable table, LabelCounts labels, double limit) {
    return match(table, labels, limit, match -> {});
  }

  /**
   * Matches objects one to one.
   *
   * @param limit smallest IoU, 0.5 … 1
   * @param matches receives each match, in no particular order
   * @return number of matches
   */
  static long match(
      ContingencyTable table, LabelCounts labels, double limit, Consumer<Match> matches) {
    ContingencyTable usedSegmentation = new ContingencyTable();
    ContingencyTable usedTruth = new ContingencyTable();
    table.forEach(
        (s, t, both) -> {
          long either = labels.inSegmentation(s) + labels.inTruth(t) - both;
          boolean free = usedSegmentation.count(s, 0) == 0 && usedTruth.count(t, 0) == 0;
          if (s != 0 && t != 0 && free && both >= limit * either) {
            usedSegmentation.add(s, 0, 1);
            usedTruth.add(t, 0, 1);
            matches.accept(new Match(s, t, (double) both / either));
          }
        });
    return usedTruth.total();
  }

  /**
   * TP / (TP + FP + FN) at IoU 0.5, 0 … 1, where TP are matched objects, FP further ones of the
   * segmentation and FN missed ones; NaN where there are no objects at all. Caicedo et al. 2019,
   * doi:10.1038/s41592-019-0612-7.
   */
  public double averagePrecision50() {
    return averagePrecision(matched50);
  }

  /** The same at IoU 0.75. */
  public double averagePrecision75() {
    return averagePrecision(matched75);
  }

  private double averagePrecision(long matched) {
    long all = segmentationObjects + truthObjects - matched;
    return all == 0 ? Double.NaN : (double) matched / all;
  }

  ScoreMap fill(ScoreMap scores) {
    return scores
        .with("averagePrecision50", averagePrecision50())
        .with("averagePrecision75", averagePrecision75())
        .with("matched50", matched50)
        .with("matched75", matched75)
        .with("segmentationObjects", segmentationObjects)
        .with("truthObjects", truthObjects);
  }
}
