package org.uniem.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SemanticScoresTest {

  private static final double EXACT = 1e-12;

  @Test
  void countedByHandOnOneClass() {
    // TP 3, FP 1, FN 2, TN 4.
    SemanticScores scores =
        scores(
            labels(1, 1, 1, 1, 0, 0, 0, 0, 0, 0), //
            labels(1, 1, 1, 0, 1, 1, 0, 0, 0, 0));
    assertEquals(3.0 / 6, scores.jaccard(), EXACT);
    assertEquals(6.0 / 9, scores.dice(), EXACT);
    assertEquals(0, scores.conformity(), EXACT);
    assertEquals(3 - 2 / scores.dice(), scores.conformity(), EXACT);
    assertEquals(0.7, scores.accuracy(), EXACT);
    assertEquals(0.75, scores.precision(), EXACT);
    assertEquals(0.6, scores.recall(), EXACT);
    assertEquals(Map.of(0L, 4.0 / 7, 1L, 0.5), scores.perClassIou());
    assertEquals((4.0 / 7 + 0.5) / 2, scores.meanIou(), EXACT);
    assertEquals(10, scores.voxels());
  }

  @Test
  void classesTakenForEachOtherAreWrongTwice() {
    // Class 1: 1 right of 2 and 2; class 2: 1 right of 2 and 3; class 3 only predicted.
    SemanticScores scores = scores(labels(1, 1, 2, 2, 3, 0), labels(1, 2, 2, 1, 2, 0));
    assertEquals(2.0 / 8, scores.jaccard(), EXACT);
    assertEquals(2.0 / 5, scores.precision(), EXACT);
    assertEquals(2.0 / 5, scores.recall(), EXACT);
    assertEquals(3.0 / 6, scores.accuracy(), EXACT);
    assertEquals(Map.of(0L, 1.0, 1L, 1.0 / 3, 2L, 1.0 / 4, 3L, 0.0), scores.perClassIou());
    assertEquals((1 + 1.0 / 3 + 1.0 / 4) / 4, scores.meanIou(), EXACT);
  }

  @Test
  void masksOfDifferentValuesAreTheSameMask() {
    SemanticScores scores = scores(labels(1, 0, 1, 0), labels(255, 0, 255, 255));
    assertEquals(2.0 / 3, scores.jaccard(), EXACT);
    assertEquals(Map.of(0L, 0.5, 1L, 2.0 / 3), scores.perClassIou());
    // 2 is a class, not a mask.
    assertEquals(0, scores(labels(1, 0, 1, 0), labels(2, 0, 2, 2)).jaccard(), EXACT);
  }

  @Test
  void anyIdIsForegroundOfAMask() {
    ContingencyTable table = new ContingencyTable();
    table.add(labels(17, 0, 4, 4), labels(-3, 2, 2, 0));
    assertEquals(2.0 / 4, SemanticScores.ofMasks(table).jaccard(), EXACT);
  }

  @Test
  void scoresWithoutForegroundAreUndefined() {
    SemanticScores scores = scores(labels(0, 0), labels(0, 0));
    assertTrue(Double.isNaN(scores.jaccard()));
    assertTrue(Double.isNaN(scores.dice()));
    assertTrue(Double.isNaN(scores.conformity()));
    assertTrue(Double.isNaN(scores.precision()));
    assertTrue(Double.isNaN(scores.recall()));
    assertEquals(1, scores.accuracy());
    assertEquals(1, scores.meanIou());
  }

  @Test
  void nothingFoundIsZeroButPrecisionAndConformityAreUndefined() {
    SemanticScores scores = scores(labels(0, 0), labels(0, 1));
    assertEquals(0, scores.jaccard());
    assertEquals(0, scores.dice());
    assertEquals(0, scores.recall());
    assertTrue(Double.isNaN(scores.precision()));
    assertTrue(Double.isNaN(scores.conformity()));
  }

  @Test
  void reportNamesClassesAndHasNullForWhatIsNotSemantic() {
    Map<String, Object> map = scores(labels(0, 3, 3), labels(0, 3, 0)).asMap();
    assertEquals(0.5, map.get("jaccard"));
    assertEquals(Map.of("0", 0.5, "3", 0.5), map.get("perClassIou"));
    assertTrue(map.containsKey("rand"));
    assertNull(map.get("rand"));
    assertNull(map.get("averagePrecision75"));
  }

  private static SemanticScores scores(long[] segmentation, long[] truth) {
    ContingencyTable table = new ContingencyTable();
    table.add(segmentation, truth);
    return SemanticScores.ofClasses(table);
  }

  private static long[] labels(long... labels) {
    return labels;
  }
}
