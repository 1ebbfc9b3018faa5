package org.uniem.metrics;

import java.util.List;
import java.util.Map;
import net.imglib2.Dimensions;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;

/**
 * How well cells were told apart in each slice, by the scores of the ISBI 2012 challenge.
 *
 * <p>Segments are the 4-connected components of equal labels in each slice; what is 0 in the
 * segmentation, the border, is first thinned to lines one pixel wide ({@link BorderThinning}).
 * Pixels with an object in the ground truth count, all slices together; the segmentation's
 * remaining border pixels are segments of one pixel each. With p(s,t), p(s), p(t) as in {@link
 * InstanceScores}; H and I are entropy and mutual information. Arganda-Carreras et al. 2015,
 * doi:10.3389/fnana.2015.00142. Our deviations from Fiji's script of the challenge: p is of the
 * whole stack, not of one slice after the other, and a border pixel's pair with itself weighs as
 * any other pair. Scores are NaN where undefined. Immutable.
 *
 * @param vRand Σ p(s,t)² / (½ Σ p(s)² + ½ Σ p(t)²), 0 … 1, 1 is best
 * @param vRandSplit Σ p(s,t)² / Σ p(t)²
 * @param vRandMerge Σ p(s,t)² / Σ p(s)²
 * @param vInfo I(S; T) / (½ H(S) + ½ H(T)), 0 … 1, 1 is best
 * @param vInfoSplit I(S; T) / H(S)
 * @param vInfoMerge I(S; T) / H(T)
 * @param voxels number of voxels with an object in the ground truth
 */
public record ThinnedScores(
    double vRand,
    double vRandSplit,
    double vRandMerge,
    double vInfo,
    double vInfoSplit,
    double vInfoMerge,
    long voxels) {

  /**
   * Scores a stack, slice by slice; holds four slices per thread.
   *
   * @param segmentation labels or a mask, 0 = border
   * @param truth labels or a mask, 0 = border
   * @param size width, height and depth of both
   * @param job progress and cancel
   */
  public static ThinnedScores of(
      LabelSlices segmentation, LabelSlices truth, Dimensions size, Job job) {
    ContingencyTable all =
        ContingencyTables.countSlices(
            size.dimension(2), () -> (z, table) -> count(segmentation, truth, size, z, table), job);
    return of(PairStatistics.of(all, PairStatistics.Zero.SINGLE_VOXELS));
  }

  private static ThinnedScores of(PairStatistics pairs) {
    return new ThinnedScores(
        pairs.rand(),
        pairs.randSplit(),
        pairs.randMerge(),
        pairs.information(),
        pairs.informationSplit(),
        pairs.informationMerge(),
        pairs.voxels());
  }

  private static void count(
      LabelSlices segmentation,
      LabelSlices truth,
      Dimensions size,
      long z,
      ContingencyTable table) {
    int width = Math.toIntExact(size.dimension(0));
    long[] values = new long[Math.toIntExact(width * size.dimension(1))];
    truth.read(z, values);
    int[] expected = new int[values.length];
    SliceSegments.number(values, width, expected);
    segmentation.read(z, values);
    int[] found = new int[values.length];
    SliceSegments.number(values, width, found);
    BorderThinning.thin(found, width);
    // Segments of other slices have other numbers.
    long first = z << 32;
    for (int i = 0; i < found.length; i++) {
      if (expected[i] != 0) {
        table.add(found[i] == 0 ? 0 : first + found[i], first + expected[i], 1);
      }
    }
  }

  /** The scores under their report keys, null where undefined. */
  public Map<String, Object> asMap() {
    return ScoreMap.ofKeys(
            List.of("vRand", "vRandSplit", "vRandMerge", "vInfo", "vInfoSplit", "vInfoMerge"))
        .with("vRand", vRand)
        .with("vRandSplit", vRandSplit)
        .with("vRandMerge", vRandMerge)
        .with("vInfo", vInfo)
        .with("vInfoSplit", vInfoSplit)
        .with("vInfoMerge", vInfoMerge)
        .map();
  }
}
