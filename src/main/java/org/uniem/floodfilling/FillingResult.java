package org.uniem.floodfilling;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found in a box of a volume; the labels are in its scene.
 *
 * @param objects the objects in the order in which they were found
 * @param counters what happened how often, under the names of the published program and {@link
 *     FillingCounter#COMPUTED}
 */
public record FillingResult(List<FilledObject> objects, Map<String, Long> counters) {

  public FillingResult {
    objects = List.copyOf(objects);
    // In their order, so that equal results make equal files.
    counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
  }
}
