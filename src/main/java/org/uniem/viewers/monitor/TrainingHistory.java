package org.uniem.viewers.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.uniem.networks.training.events.EventContent;
import org.uniem.networks.training.events.EventReader;

/**
 * Puts the event files of a training together, one for each run of it.
 *
 * <p>Where a resumed run repeats steps of the run before, which had gone on beyond its last
 * checkpoint, the newer run counts. Not thread-safe.
 */
final class TrainingHistory implements EventReader.Visitor {

  private final Map<String, Curve.Builder> curves = new LinkedHashMap<>();
  private final List<Preview> previews = new ArrayList<>();
  private final Set<Path> begun = new HashSet<>();
  private Path current;
  private double lastTime = Double.NaN;
  private double firstTime = Double.NaN;

  /** What is told next is of this file; newer files come later. */
  void reading(Path file) {
    current = file;
  }

  void clear() {
    curves.clear();
    previews.clear();
    begun.clear();
    lastTime = Double.NaN;
    firstTime = Double.NaN;
  }

  @Override
  public void scalar(String tag, long step, double wallTime, float value) {
    begin(step, wallTime);
    curves.computeIfAbsent(tag, Curve.Builder::new).add(step, wallTime, value);
  }

  @Override
  public void image(String tag, long step, double wallTime, EventContent content) {
    begin(step, wallTime);
    if (!previews.isEmpty() && previews.get(previews.size() - 1).step() >= step) {
      previews.removeIf(old -> old.step() >= step && old.tag().equals(tag));
    }
    previews.add(new Preview(tag, step, content));
  }

  private void begin(long step, double wallTime) {
    if (begun.add(current)) {
      curves.values().forEach(curve -> curve.cutFrom(step));
      previews.removeIf(old -> old.step() >= step);
    }
    lastTime = wallTime;
    if (Double.isNaN(firstTime)) {
      firstTime = wallTime;
    }
  }

  /** Seconds since 1970 of the newest record, NaN where there is none. */
  double lastTime() {
    return lastTime;
  }

  /** Seconds since 1970 of the first record, NaN where there is none. */
  double firstTime() {
    return firstTime;
  }

  /** What is known now, in the order in which it came up. */
  List<Curve> curves() {
    return curves.values().stream()
        .filter(curve -> !curve.isEmpty())
        .map(Curve.Builder::build)
        .toList();
  }

  /** In the order of the steps. */
  List<Preview> previews() {
    return List.copyOf(previews);
  }
}
