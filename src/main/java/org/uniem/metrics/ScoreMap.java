package org.uniem.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The report keys, which stay, in their order; null until a score is known. */
final class ScoreMap {

  private final Map<String, Object> scores = new LinkedHashMap<>();

  ScoreMap() {
    for (String key :
        new String[] {
          "rand",
          "randSplit",
          "randMerge",
          "adaptedRandError",
          "viSplit",
          "viMerge",
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
          "truthObjects"
        }) {
      scores.put(key, null);
    }
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

  Map<String, Object> map() {
    return Collections.unmodifiableMap(scores);
  }
}
