package org.uniem.metrics;

import java.util.Map;

/**
 * How well objects were told apart.
 *
 * <p>Let n(s,t) be the number of counted voxels that have label s in the segmentation and t in the
 * ground truth, p(s,t) = n(s,t) / Σ n, p(s) = Σₜ p(s,t) and p(t) = Σₛ p(s,t). Which voxels are
 * counted for the Rand scores and the variation of information says {@link Foreground}. A
 * segmentation that has 0, no object, on a counted voxel is taken as one more object of label 0, as
 * in the papers, or for {@link Foreground#SINGLES} as a label that no other voxel has. All other
 * scores take all voxels. Scores are NaN where undefined. Immutable; the same to the last bit in
 * whatever order the table was filled.
 *
 * @param rand the foreground-restricted Rand score Σ p(s,t)² / (½ Σ p(s)² + ½ Σ p(t)²), 0 … 1, 1 is
 *     best: V with α = ½ of Arganda-Carreras et al. 2015, doi:10.3389/fnana.2015.00142
 * @param randSplit Σ p(s,t)² / Σ p(t)², 0 … 1: of voxel pairs that are one object in truth, those
 *     not split (same paper)
 * @param randMerge Σ p(s,t)² / Σ p(s)², 0 … 1: of voxel pairs that are one object in the
 *     segmentation, those not merged wrongly (same paper)
 * @param adaptedRandError 1 − rand, 0 … 1, 0 is best
 * @param viSplit conditional entropy H(segmentation | truth) = −Σ p(s,t) log₂(p(s,t) / p(t)) in
 *     bits, 0 is best: the part of the variation of information that splits cause. Meilă 2007,
 *     doi:10.1016/j.jmva.2006.11.013
 * @param viMerge conditional entropy H(truth | segmentation) = −Σ p(s,t) log₂(p(s,t) / p(s)) in
 *     bits, 0 is best: the part that mergers cause (same paper)
 * @param objects objects counted and matched
 * @param panoptic how well the objects were found and outlined
 * @param mask what is not 0 in the segmentation against what is not 0 in the ground truth
 * @param foreground which voxels the Rand scores and the variation of information count
 * @param voxels number of those voxels; with none, they are undefined
 */
public record InstanceScores(
    double rand,
    double randSplit,
    double randMerge,
    double adaptedRandError,
    double viSplit,
    double viMerge,
    MatchedObjects objects,
    PanopticScores panoptic,
    SemanticScores mask,
    Foreground foreground,
    long voxels) {

  /**
   * Scores instances.
   *
   * @param table label pairs of all voxels, 0 = no object
   * @param foreground which voxels count
   */
  public static InstanceScores of(ContingencyTable table, Foreground foreground) {
    ContingencyTable counted = new ContingencyTable();
    table.forEach(
        (s, t, voxels) -> {
          if (foreground.counts(s, t)) {
            counted.add(s, t, voxels);
          }
        });
    PairStatistics pairs =
        PairStatistics.of(
            counted,
            foreground == Foreground.SINGLES
                ? PairStatistics.Zero.SINGLE_VOXELS
                : PairStatistics.Zero.AN_OBJECT);
    return new InstanceScores(
        pairs.rand(),
        pairs.randSplit(),
        pairs.randMerge(),
        1 - pairs.rand(),
        pairs.split(),
        pairs.merge(),
        MatchedObjects.of(table),
        PanopticScores.of(table),
        SemanticScores.ofMasks(table),
        foreground,
        counted.total());
  }

  /**
   * √((viSplit + viMerge) · adaptedRandError), 0 is best: the score of the CREMI challenge, whose
   * ground truth has no object within 25 nm of a border in the slice ({@link TruthBorders}).
   */
  public double cremiScore() {
    return Math.sqrt((viSplit + viMerge) * adaptedRandError);
  }

  /** The scores under their report keys, null where undefined. */
  public Map<String, Object> asMap() {
    return panoptic
        .fill(objects.fill(mask.fill(new ScoreMap())))
        .with("rand", rand)
        .with("randSplit", randSplit)
        .with("randMerge", randMerge)
        .with("adaptedRandError", adaptedRandError)
        .with("viSplit", viSplit)
        .with("viMerge", viMerge)
        .with("cremiScore", cremiScore())
        .map();
  }
}
