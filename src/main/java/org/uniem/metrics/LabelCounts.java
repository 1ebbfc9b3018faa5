package org.uniem.metrics;

/**
 * How many voxels each label has in both images of a table, as pairs of the label and 0.
 *
 * @param segmentation of the labels in the segmentation
 * @param truth of the labels in the ground truth
 */
record LabelCounts(ContingencyTable segmentation, ContingencyTable truth) {

  static LabelCounts of(ContingencyTable table) {
    LabelCounts counts = new LabelCounts(new ContingencyTable(), new ContingencyTable());
    table.forEach(
        (s, t, voxels) -> {
          counts.segmentation.add(s, 0, voxels);
          counts.truth.add(t, 0, voxels);
        });
    return counts;
  }

  long inSegmentation(long label) {
    return segmentation.count(label, 0);
  }

  long inTruth(long label) {
    return truth.count(label, 0);
  }
}
