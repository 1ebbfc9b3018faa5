package org.uniem.metrics;

/**
 * How well objects were found and outlined, in one number.
 *
 * <p>Kirillov et al. 2019, doi:10.1109/CVPR.2019.00963, with objects as the only class. TP are the
 * objects matched at IoU 0.5 as {@link MatchedObjects} does, FP the other ones of the segmentation,
 * FN the other ones of the ground truth. Our deviation: an IoU of exactly 0.5 matches. All voxels
 * count, whatever the {@link Foreground}. NaN where undefined. Immutable.
 *
 * @param panopticQuality Σ IoU over TP / (TP + ½ FP + ½ FN), 0 … 1: the product of the others;
 *     undefined without objects
 * @param segmentationQuality mean IoU of the matched, 0.5 … 1; undefined without matches
 * @param recognitionQuality TP / (TP + ½ FP + ½ FN), 0 … 1, the F1 score of objects
 */
public record PanopticScores(
    double panopticQuality, double segmentationQuality, double recognitionQuality) {

  static PanopticScores of(ContingencyTable table) {
    SortedSum overlap = new SortedSum();
    LabelCounts labels = LabelCounts.of(table);
    long matched = MatchedObjects.match(table, labels, 0.5, match -> overlap.add(match.iou()));
    double objects =
        0.5 * MatchedObjects.objects(labels.segmentation())
            + 0.5 * MatchedObjects.objects(labels.truth());
    // TP + ½ FP + ½ FN is half the objects of either side; 0 / 0 = NaN.
    return new PanopticScores(overlap.sum() / objects, overlap.sum() / matched, matched / objects);
  }

  ScoreMap fill(ScoreMap scores) {
    return scores
        .with("panopticQuality", panopticQuality)
        .with("segmentationQuality", segmentationQuality)
        .with("recognitionQuality", recognitionQuality);
  }
}
