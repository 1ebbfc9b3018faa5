package org.uniem.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;

class InstanceScoresTest {

  private static final double EXACT = 1e-12;

  @Test
  void perfectSegmentationUnderOtherIdsHasBestScores() {
    InstanceScores scores =
        scores(Foreground.TRUTH, labels(7, 7, 9, 9, 0, 3), labels(1, 1, 2, 2, 0, 5));
    assertEquals(1, scores.rand(), EXACT);
    assertEquals(1, scores.randSplit(), EXACT);
    assertEquals(1, scores.randMerge(), EXACT);
    assertEquals(0, scores.adaptedRandError(), EXACT);
    assertEquals(0, scores.viSplit(), EXACT);
    assertEquals(0, scores.viMerge(), EXACT);
    assertEquals(new MatchedObjects(3, 3, 3, 3), scores.objects());
    assertEquals(1, scores.mask().jaccard(), EXACT);
  }

  @Test
  void anObjectCutInHalvesCostsSplitOnly() {
    // p(s,t) = ½, ½; p(t) = 1; p(s) = ½, ½.
    InstanceScores scores = scores(Foreground.TRUTH, labels(1, 1, 2, 2), labels(1, 1, 1, 1));
    assertEquals(0.5, scores.randSplit(), EXACT);
    assertEquals(1, scores.randMerge(), EXACT);
    assertEquals(0.5 / 0.75, scores.rand(), EXACT);
    assertEquals(1 - 0.5 / 0.75, scores.adaptedRandError(), EXACT);
    assertEquals(1, scores.viSplit(), EXACT);
    assertEquals(0, scores.viMerge(), EXACT);
    // Both halves reach IoU 0.5, but only one can be the object.
    assertEquals(new MatchedObjects(2, 1, 1, 0), scores.objects());
    assertEquals(0.5, scores.objects().averagePrecision50(), EXACT);
    assertEquals(0, scores.objects().averagePrecision75(), EXACT);
  }

  @Test
  void singlesAreTheSameAsLabelsOfTheirOwn() {
    Random random = new Random(8);
    long[] segmentation = new long[500];
    long[] numbered = new long[500];
    long[] truth = new long[500];
    for (int i = 0; i < truth.length; i++) {
      segmentation[i] = random.nextInt(4);
      numbered[i] = segmentation[i] == 0 ? 1000 + i : segmentation[i];
      truth[i] = random.nextInt(3);
    }
    InstanceScores singles = scores(Foreground.SINGLES, segmentation, truth);
    InstanceScores labelled = scores(Foreground.TRUTH, numbered, truth);
    assertEquals(labelled.rand(), singles.rand(), EXACT);
    assertEquals(labelled.randSplit(), singles.randSplit(), EXACT);
    assertEquals(labelled.randMerge(), singles.randMerge(), EXACT);
    assertEquals(labelled.viSplit(), singles.viSplit(), EXACT);
    assertEquals(labelled.viMerge(), singles.viMerge(), EXACT);
  }

  @Test
  void segmentingNothingIsWorthNothingAsSingles() {
    long[] truth = new long[1000];
    Arrays.fill(truth, 5);
    InstanceScores scores = scores(Foreground.SINGLES, new long[1000], truth);
    assertEquals(1e-3, scores.randSplit(), EXACT);
    assertTrue(scores.rand() < 0.003, "Rand F " + scores.rand());
  }

  @Test
  void aMergerOfFourObjectsCostsMergeOnly() {
    InstanceScores scores = scores(Foreground.TRUTH, labels(1, 1, 1, 1), labels(1, 2, 3, 4));
    assertEquals(1, scores.randSplit(), EXACT);
    assertEquals(0.25, scores.randMerge(), EXACT);
    assertEquals(0.25 / 0.625, scores.rand(), EXACT);
    assertEquals(0, scores.viSplit(), EXACT);
    assertEquals(2, scores.viMerge(), EXACT);
    assertEquals(new MatchedObjects(1, 4, 0, 0), scores.objects());
    assertEquals(0, scores.objects().averagePrecision50(), EXACT);
  }

  @Test
  void foregroundSaysWhichVoxelsCount() {
    long[] segmentation = labels(1, 1, 0, 0, 1, 1);
    long[] truth = labels(1, 1, 1, 1, 0, 0);
    // Truth: four voxels, half of them label 0, an object of its own.
    InstanceScores inTruth = scores(Foreground.TRUTH, segmentation, truth);
    assertEquals(4, inTruth.voxels());
    assertEquals(0.5, inTruth.randSplit(), EXACT);
    assertEquals(1, inTruth.viSplit(), EXACT);
    // Both: the two voxels where they agree.
    InstanceScores inBoth = scores(Foreground.BOTH, segmentation, truth);
    assertEquals(2, inBoth.voxels());
    assertEquals(1, inBoth.rand(), EXACT);
    // Singles: p(s,t) = ½, ¼, ¼ = p(s); p(t) = 1.
    InstanceScores inSingles = scores(Foreground.SINGLES, segmentation, truth);
    assertEquals(4, inSingles.voxels());
    assertEquals(0.375, inSingles.randSplit(), EXACT);
    assertEquals(1, inSingles.randMerge(), EXACT);
    assertEquals(0.375 / 0.6875, inSingles.rand(), EXACT);
    assertEquals(1.5, inSingles.viSplit(), EXACT);
    assertEquals(0, inSingles.viMerge(), EXACT);
    // All: p(s,t) = ⅓, ⅓, ⅓; p(s) = ⅔, ⅓; p(t) = ⅔, ⅓.
    InstanceScores inAll = scores(Foreground.ALL, segmentation, truth);
    assertEquals(6, inAll.voxels());
    assertEquals(3.0 / 5, inAll.rand(), EXACT);
    // Objects and masks do not depend on the choice: IoU = 2 / 6.
    assertEquals(new MatchedObjects(1, 1, 0, 0), inTruth.objects());
    assertEquals(inTruth.objects(), inBoth.objects());
    assertEquals(1.0 / 3, inBoth.mask().jaccard(), EXACT);
  }

  @Test
  void intersectionOverUnionAtTheLimitMatches() {
    InstanceScores scores =
        scores(Foreground.TRUTH, labels(1, 1, 1, 0, 2, 2, 0, 0), labels(5, 5, 5, 5, 6, 6, 6, 0));
    // IoU 3/4 and 2/3.
    assertEquals(new MatchedObjects(2, 2, 2, 1), scores.objects());
    assertEquals((3.0 / 4 + 2.0 / 3) / 2, scores.panoptic().panopticQuality(), EXACT);
    assertEquals(1, scores.objects().averagePrecision50(), EXACT);
    assertEquals(1.0 / 3, scores.objects().averagePrecision75(), EXACT);
  }

  @Test
  void panopticQualityIsFoundTimesOutlined() {
    // One match of IoU 3/4; one object too many, two missed: 1 / (1 + ½ + 1).
    PanopticScores scores =
        scores(Foreground.TRUTH, labels(1, 1, 1, 0, 9, 0, 0, 0), labels(5, 5, 5, 5, 0, 6, 7, 0))
            .panoptic();
    assertEquals(0.4, scores.recognitionQuality(), EXACT);
    assertEquals(0.75, scores.segmentationQuality(), EXACT);
    assertEquals(0.3, scores.panopticQuality(), EXACT);
  }

  @Test
  void cremiScoreIsTheGeometricMeanOfItsParts() {
    // Split of one object in halves: VI 1 bit, adapted Rand error 1/3.
    InstanceScores scores = scores(Foreground.TRUTH, labels(1, 1, 2, 2), labels(1, 1, 1, 1));
    assertEquals(Math.sqrt(1.0 / 3), scores.cremiScore(), EXACT);
  }

  @Test
  void scoresWithoutForegroundAreUndefinedAndNullInTheReport() {
    InstanceScores scores = scores(Foreground.TRUTH, labels(0, 0), labels(0, 0));
    assertTrue(Double.isNaN(scores.rand()));
    Map<String, Object> map = scores.asMap();
    for (String key :
        List.of("rand", "viSplit", "viMerge", "jaccard", "conformity", "averagePrecision50")) {
      assertTrue(map.containsKey(key), key);
      assertNull(map.get(key), key);
    }
    assertEquals(1.0, map.get("accuracy"));
    assertEquals(0L, map.get("truthObjects"));
    InstanceScores empty = InstanceScores.of(new ContingencyTable(), Foreground.ALL);
    assertNull(empty.asMap().get("accuracy"));
    assertNull(empty.asMap().get("adaptedRandError"));
  }

  @Test
  void reportHasTheKeysThatStay() {
    Map<String, Object> map =
        scores(Foreground.TRUTH, labels(1, 1, 2, 0), labels(1, 1, 1, 0)).asMap();
    assertEquals(
        List.of(
            "rand",
            "randSplit",
            "randMerge",
            "adaptedRandError",
            "viSplit",
            "viMerge",
            "cremiScore",
            "jaccard",
            "dice",
            "conformity",
            "accuracy",
            "precision",
            "recall",
            "meanIou",
            "perClassIou",
            "averagePrecision50",
            "averagePrecision75",
            "matched50",
            "matched75",
            "segmentationObjects",
            "truthObjects",
            "panopticQuality",
            "segmentationQuality",
            "recognitionQuality",
            "confusion"),
        List.copyOf(map.keySet()));
    assertEquals(5.0 / 9, (double) map.get("randSplit"), EXACT);
    assertEquals(5.0 / 7, (double) map.get("rand"), EXACT);
  }

  @Test
  void randomVolumesAgreeWithCountingPairsOfVoxels() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      int size = 1 + random.nextInt(150);
      long[] segmentation = random.longs(size, 0, 1 + random.nextInt(6)).toArray();
      long[] truth = random.longs(size, 0, 2 + random.nextInt(6)).toArray();
      for (Foreground foreground : Foreground.values()) {
        String which = "seed " + seed + ", round " + round + ", " + foreground;
        comparePairs(segmentation, truth, foreground, which);
      }
    }
  }

  private static void comparePairs(
      long[] segmentation, long[] truth, Foreground foreground, String which) {
    int[] counted =
        IntStream.range(0, truth.length)
            .filter(
                i ->
                    foreground == Foreground.ALL
                        || (truth[i] != 0
                            && (foreground != Foreground.BOTH || segmentation[i] != 0)))
            .toArray();
    long inBoth = 0;
    long inSegmentation = 0;
    long inTruth = 0;
    double split = 0;
    double merge = 0;
    for (int i : counted) {
      long sameBoth = 0;
      long sameSegmentation = 0;
      long sameTruth = 0;
      for (int j : counted) {
        boolean single = foreground == Foreground.SINGLES && segmentation[i] == 0;
        boolean s = single ? i == j : segmentation[i] == segmentation[j];
        boolean t = truth[i] == truth[j];
        sameBoth += s && t ? 1 : 0;
        sameSegmentation += s ? 1 : 0;
        sameTruth += t ? 1 : 0;
      }
      inBoth += sameBoth;
      inSegmentation += sameSegmentation;
      inTruth += sameTruth;
      // Entropy as a mean over voxels.
      split += Math.log((double) sameTruth / sameBoth) / Math.log(2) / counted.length;
      merge += Math.log((double) sameSegmentation / sameBoth) / Math.log(2) / counted.length;
    }
    InstanceScores scores = scores(foreground, segmentation, truth);
    assertEquals(counted.length, scores.voxels(), which);
    if (counted.length == 0) {
      assertTrue(Double.isNaN(scores.rand()), which);
      return;
    }
    assertEquals((double) inBoth / inTruth, scores.randSplit(), 1e-9, which);
    assertEquals((double) inBoth / inSegmentation, scores.randMerge(), 1e-9, which);
    double rand = 2.0 * inBoth / (inSegmentation + inTruth);
    assertEquals(rand, scores.rand(), 1e-9, which);
    assertEquals(1 - rand, scores.adaptedRandError(), 1e-9, which);
    assertEquals(split, scores.viSplit(), 1e-9, which);
    assertEquals(merge, scores.viMerge(), 1e-9, which);
  }

  @Test
  void orderOfFillingDoesNotChangeOneBit() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Integer> order = IntStream.range(0, 5000).boxed().collect(Collectors.toList());
    long[] segmentation = random.longs(5000, 0, 700).toArray();
    long[] truth = random.longs(5000, 0, 60).toArray();
    InstanceScores inOrder = scores(Foreground.TRUTH, segmentation, truth);
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(order, random);
      ContingencyTable first = new ContingencyTable();
      ContingencyTable second = new ContingencyTable();
      for (int i : order) {
        (random.nextBoolean() ? first : second).add(segmentation[i], truth[i], 1);
      }
      second.addAll(first);
      assertEquals(inOrder, InstanceScores.of(second, Foreground.TRUTH), "seed " + seed);
    }
  }

  @Test
  void unknownForegroundIsRefusedWithTheChoices() {
    assertEquals(Foreground.BOTH, Foreground.of("both"));
    BadParameterException error =
        assertThrows(BadParameterException.class, () -> Foreground.of("some"));
    assertTrue(error.getMessage().contains("truth, singles, both or all"), error.getMessage());
  }

  private static InstanceScores scores(Foreground foreground, long[] segmentation, long[] truth) {
    ContingencyTable table = new ContingencyTable();
    table.add(segmentation, truth);
    return InstanceScores.of(table, foreground);
  }

  private static long[] labels(long... labels) {
    return labels;
  }
}
