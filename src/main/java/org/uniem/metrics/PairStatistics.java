package org.uniem.metrics;

/**
 * Sums over the label pairs of a table from which Rand scores and information scores follow.
 *
 * <p>With p(s,t) the share of voxels that have label s in the segmentation and t in the ground
 * truth, p(s) and p(t) its marginals. The same to the last bit in whatever order the table was
 * filled.
 *
 * @param both Σ p(s,t)²
 * @param segmentation Σ p(s)²
 * @param truth Σ p(t)²
 * @param entropyOfSegmentation H(S) = −Σ p(s) log₂ p(s), in bits
 * @param entropyOfTruth H(T) = −Σ p(t) log₂ p(t), in bits
 * @param split H(S | T) = −Σ p(s,t) log₂(p(s,t) / p(t)), in bits
 * @param merge H(T | S) = −Σ p(s,t) log₂(p(s,t) / p(s)), in bits
 * @param voxels number of voxels; with none, all else is NaN
 */
record PairStatistics(
    double both,
    double segmentation,
    double truth,
    double entropyOfSegmentation,
    double entropyOfTruth,
    double split,
    double merge,
    long voxels) {

  /** What the segmentation's label 0 is. */
  enum Zero {
    /** One object like any other. */
    AN_OBJECT,
    /** Voxels that are each an object of their own. */
    SINGLE_VOXELS
  }

  /**
   * Statistics of the voxels of a table.
   *
   * @param table all voxels that count
   * @param zero what the segmentation's label 0 is
   */
  static PairStatistics of(ContingencyTable table, Zero zero) {
    LabelCounts labels = LabelCounts.of(table);
    boolean single = zero == Zero.SINGLE_VOXELS;
    double total = table.total();
    if (total == 0) {
      double none = Double.NaN;
      return new PairStatistics(none, none, none, none, none, none, none, 0);
    }
    SortedSum both = new SortedSum();
    SortedSum split = new SortedSum();
    SortedSum merge = new SortedSum();
    table.forEach(
        (s, t, voxels) -> {
          boolean alone = single && s == 0;
          double each = alone ? 1 : voxels;
          double inSegmentation = alone ? 1 : labels.inSegmentation(s);
          both.add(voxels / total * (each / total));
          split.add(voxels / total * log2(labels.inTruth(t) / each));
          merge.add(voxels / total * log2(inSegmentation / each));
        });
    double[] ofSegmentation = marginal(labels.segmentation(), total, single);
    double[] ofTruth = marginal(labels.truth(), total, false);
    return new PairStatistics(
        both.sum(),
        ofSegmentation[0],
        ofTruth[0],
        ofSegmentation[1],
        ofTruth[1],
        split.sum(),
        merge.sum(),
        table.total());
  }

  private static double[] marginal(ContingencyTable labels, double total, boolean single) {
    SortedSum squares = new SortedSum();
    SortedSum entropy = new SortedSum();
    labels.forEach(
        (label, unused, voxels) -> {
          double each = single && label == 0 ? 1 : voxels;
          squares.add(voxels / total * (each / total));
          entropy.add(voxels / total * log2(total / each));
        });
    return new double[] {squares.sum(), entropy.sum()};
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /** Σ p(s,t)² / (½ Σ p(s)² + ½ Σ p(t)²). */
  double rand() {
    return both / (0.5 * segmentation + 0.5 * truth);
  }

  double randSplit() {
    return both / truth;
  }

  double randMerge() {
    return both / segmentation;
  }

  /** I(S; T), in bits; never below 0, where rounding would put it. */
  private double mutualInformation() {
    return Math.max(0, entropyOfSegmentation - split);
  }

  /** I / (½ H(S) + ½ H(T)), 1 where both are a single object. */
  double information() {
    return ratio(mutualInformation(), 0.5 * entropyOfSegmentation + 0.5 * entropyOfTruth);
  }

  double informationSplit() {
    return ratio(mutualInformation(), entropyOfSegmentation);
  }

  double informationMerge() {
    return ratio(mutualInformation(), entropyOfTruth);
  }

  private double ratio(double information, double entropy) {
    if (voxels == 0) {
      return Double.NaN;
    }
    return entropy == 0 ? 1 : Math.min(1, information / entropy);
  }
}
