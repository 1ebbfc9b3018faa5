package org.uniem.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.imglib2.FinalDimensions;
import org.junit.jupiter.api.Test;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.LabelSlices;

class ThinnedScoresTest {

  private static final double EXACT = 1e-12;

  private static ThinnedScores score(int width, long[] segmentation, long[] truth) {
    return score(width, truth.length / width, segmentation, truth, 1);
  }

  private static ThinnedScores score(
      int width, int height, long[] segmentation, long[] truth, int threads) {
    int pixels = width * height;
    try (Job job = new Job(threads, ProgressListener.NONE)) {
      return ThinnedScores.of(
          reader(segmentation, pixels),
          reader(truth, pixels),
          new FinalDimensions(width, height, truth.length / pixels),
          job);
    }
  }

  private static LabelSlices reader(long[] stack, int pixels) {
    return (z, target) -> System.arraycopy(stack, (int) z * pixels, target, 0, pixels);
  }

  @Test
  void thickBordersCostNothing() {
    long[] truth = {1, 1, 1, 1, 0, 2, 2, 2, 2};
    long[] thick = {5, 5, 0, 0, 0, 0, 0, 7, 7};
    ThinnedScores scores = score(9, thick, truth);
    assertEquals(1, scores.vRand(), EXACT);
    assertEquals(1, scores.vInfo(), EXACT);
    assertEquals(8, scores.voxels());
  }

  @Test
  void maskIsCutIntoItsSegmentsInEachSlice() {
    // The same object in both slices of the segmentation is no merger.
    long[] truth = {1, 1, 0, 1, 1, 1, 1, 0, 1, 1};
    ThinnedScores scores = score(5, 1, truth.clone(), truth, 2);
    assertEquals(1, scores.vRand(), EXACT);
    assertEquals(1, scores.vInfoSplit(), EXACT);
  }

  @Test
  void mergerIsScoredByHand() {
    // One segment over both cells of two pixels: p(s,t) = ½, ½; p(s) = 1; p(t) = ½, ½.
    ThinnedScores scores = score(5, new long[] {1, 1, 1, 1, 1}, new long[] {1, 1, 0, 2, 2});
    assertEquals(1, scores.vRandSplit(), EXACT);
    assertEquals(0.5, scores.vRandMerge(), EXACT);
    assertEquals(0.5 / 0.75, scores.vRand(), EXACT);
    // I = 0, H(S) = 0, H(T) = 1.
    assertEquals(0, scores.vInfo(), EXACT);
    assertEquals(0, scores.vInfoMerge(), EXACT);
  }

  @Test
  void pixelsOfTheThinBorderAreSegmentsOfTheirOwn() {
    // A false border of one pixel in a cell of five: p(s,t) = 2/5, 1/5, 2/5.
    ThinnedScores scores = score(5, new long[] {1, 1, 0, 1, 1}, new long[] {3, 3, 3, 3, 3});
    assertEquals(9.0 / 25, scores.vRandSplit(), EXACT);
    assertEquals(1, scores.vRandMerge(), EXACT);
    // Two cells of the same border in two slices: border pixels are still one each.
    scores = score(3, 1, new long[] {1, 0, 1, 1, 0, 1}, new long[] {1, 1, 1, 1, 1, 1}, 2);
    assertEquals(6.0 / 18, scores.vRandSplit(), EXACT);
  }

  @Test
  void ringsGrowAtTheSamePace() {
    int[] segments = {
      1, 0, 0, 0, 0, 2, //
      0, 0, 0, 0, 0, 0, //
      0, 0, 0, 0, 0, 0,
    };
    BorderThinning.thin(segments, 6);
    assertArrayEquals(
        new int[] {
          1, 1, 1, 2, 2, 2, //
          1, 1, 1, 2, 2, 2, //
          1, 1, 1, 2, 2, 2,
        },
        withLinesFilled(segments));
  }

  /** Where two fronts meet, which of the two middle columns is the line is free. */
  private static int[] withLinesFilled(int[] segments) {
    int[] filled = segments.clone();
    for (int i = 0; i < filled.length; i++) {
      if (filled[i] == 0) {
        assertTrue(i % 6 == 2 || i % 6 == 3, "line at " + i);
        filled[i] = i % 6 < 3 ? 1 : 2;
      }
    }
    return filled;
  }

  @Test
  void neighboursOfDifferentSegmentsAreKeptApartByALine() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int width = 1 + random.nextInt(12);
      long[] mask = new long[width * (1 + random.nextInt(12))];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = random.nextInt(3) == 0 ? 1 : 0;
      }
      int[] before = new int[mask.length];
      int count = SliceSegments.number(mask, width, before);
      int[] after = before.clone();
      BorderThinning.thin(after, width);
      String which = "seed " + seed + ", round " + round;
      for (int i = 0; i < after.length; i++) {
        assertTrue(before[i] == 0 || after[i] == before[i], which + ": segments stay");
        for (int side = 0; side < 4; side++) {
          int n = SliceSegments.neighbour(i, i % width, width, after.length, side);
          if (n >= 0 && after[i] != 0 && after[n] != 0) {
            assertEquals(after[i], after[n], which);
          }
        }
        assertTrue(count == 0 || after[i] != 0 || touches(after, width, i) > 1, which);
      }
    }
  }

  private static long touches(int[] segments, int width, int pixel) {
    long lines = 0;
    java.util.Set<Integer> found = new java.util.HashSet<>();
    for (int side = 0; side < 4; side++) {
      int n = SliceSegments.neighbour(pixel, pixel % width, width, segments.length, side);
      if (n >= 0 && segments[n] != 0) {
        found.add(segments[n]);
      } else if (n >= 0) {
        lines++;
      }
    }
    // A pixel enclosed by lines alone is none that a segment could take.
    return found.isEmpty() ? lines : found.size();
  }

  @Test
  void threadsDoNotChangeOneBit() {
    Random random = new Random(7);
    long[] truth = new long[20 * 20 * 9];
    long[] found = new long[truth.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = random.nextInt(3);
      found[i] = random.nextInt(2);
    }
    assertEquals(score(20, 20, found, truth, 1), score(20, 20, found, truth, 4));
  }
}
