package org.uniem.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report keys, which stay, in their order; null until a score is known. */
final class ScoreMap {

  private static final List<String> KEYS =
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
          "confusion");

  private final Map<String, Object> scores = new LinkedHashMap<>();

  /** Of volumes. */
  ScoreMap() {
    this(KEYS);
  }

  private ScoreMap(List<String> keys) {
    keys.forEach(key -> scores.put(key, null));
  }

  /** Of something else. */
  static ScoreMap ofKeys(List<String> keys) {
    return new ScoreMap(keys);
  }

  /** Sets a score; NaN, undefined, stays null, which JSON can hold. */
  ScoreMap with(String key, double score) {
    scores.put(key, Double.isNaN(score) ? null : (Double) score);
    return this;
  }

  ScoreMap with(String key, long number) {
    scores.put(key, number);
    return this;
  }

  ScoreMap with(String key, Map<String, Double> scoresPerClass) {
    scores.put(key, scoresPerClass);
    return this;
  }

  ScoreMap withNested(String key, Map<String, Map<String, Long>> counts) {
    scores.put(key, counts);
    return this;
  }

  Map<String, Object> map() {
    return Collections.unmodifiableMap(scores);
  }
}
