package org.uniem.floodfilling;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What flood filling counts; most under the names of the program published with the paper. */
public enum FillingCounter {
  /** Fields of view that the network looked at for the seeds that were tried. */
  PREDICTIONS("predict-calls"),
  /** Seeds asked for, with the last question that had no answer. */
  SEEDS("seed-policy-calls"),
  /** Seeds from which an object was begun. */
  OBJECTS_BEGUN("segment_at-calls"),
  /** Objects given up because their own seed became unlikely. */
  WEAK_SEEDS("seed_got_too_weak"),
  /** Moves not made because the place had become unlikely. */
  UNLIKELY("skip_threshold"),
  /** Moves and seeds passed over at the border or in an object. */
  INVALID("skip_invalid_pos"),
  /** Moves and seeds passed over because they are left out. */
  EXCLUDED("skip_restricted_pos"),
  /** Voxels that got a label. */
  SEGMENTED("voxels-segmented"),
  /** Voxels of objects that had a label already. */
  OVERLAPPING("voxels-overlapping"),
  /** Fields of view that the network looked at in all, with those that came to nothing. */
  COMPUTED("fields-computed");

  private final String published;

  FillingCounter(String published) {
    this.published = published;
  }

  /** Its name in records. */
  public String published() {
    return published;
  }

  /** Counts of one filling. Not thread-safe. */
  static final class Counts {

    private final EnumMap<FillingCounter, Long> counts = new EnumMap<>(FillingCounter.class);

    void add(FillingCounter counter, long number) {
      counts.merge(counter, number, Long::sum);
    }

    void addAll(Counts others) {
      others.counts.forEach(this::add);
    }

    Map<String, Long> asMap() {
      Map<String, Long> map = new LinkedHashMap<>();
      for (FillingCounter counter : values()) {
        map.put(counter.published, counts.getOrDefault(counter, 0L));
      }
      return map;
    }
  }
}
