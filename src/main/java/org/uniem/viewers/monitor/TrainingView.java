package org.uniem.viewers.monitor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.uniem.networks.training.run.RunStatus;

/**
 * What is known of a training at one time. Immutable and thread-safe.
 *
 * @param folder the model folder
 * @param curves in the order in which they came up, none of them empty
 * @param previews by ascending step
 * @param run what the run says of itself, empty for runs that do not
 * @param phase how it stands
 * @param firstTime seconds since 1970 of the first record, NaN without one
 * @param lastTime seconds since 1970 of the newest record, NaN without one
 * @param silent seconds without a record
 * @param problem what could not be read, empty where all could
 */
record TrainingView(
    Path folder,
    List<Curve> curves,
    List<Preview> previews,
    Optional<RunStatus> run,
    Phase phase,
    double firstTime,
    double lastTime,
    double silent,
    String problem) {

  private static final double RATE_SECONDS = 60;

  /** Of a folder that was not looked into yet. */
  static TrainingView none(Path folder) {
    return new TrainingView(
        folder,
        List.of(),
        List.of(),
        Optional.empty(),
        Phase.WAITING,
        Double.NaN,
        Double.NaN,
        0,
        "");
  }

  /** Curves of losses. */
  List<Curve> losses() {
    return select(tag -> tag.startsWith("loss"));
  }

  /** Curves of scores, of which higher is better. */
  List<Curve> scores() {
    return select(tag -> !tag.startsWith("loss") && !tag.startsWith("learningRate"));
  }

  private List<Curve> select(Predicate<String> wanted) {
    return curves.stream().filter(curve -> wanted.test(curve.tag())).toList();
  }

  /** The newest step with a record, 0 without one. */
  long step() {
    return (long) curves.stream().mapToDouble(Curve::lastStep).max().orElse(0);
  }

  /** Seconds of training, earlier runs included as far as they are known. */
  double seconds() {
    double end = phase == Phase.RUNNING ? lastTime + silent : lastTime;
    if (Double.isNaN(end)) {
      return 0;
    }
    return run.map(status -> status.secondsAt(end)).orElse(end - firstTime);
  }

  /** Steps per second over about the last minute. */
  OptionalDouble stepsPerSecond() {
    Optional<Curve> dense = curves.stream().max((a, b) -> Integer.compare(a.size(), b.size()));
    if (dense.isEmpty() || dense.get().size() < 2) {
      return OptionalDouble.empty();
    }
    Curve curve = dense.get();
    double runStart = run.map(RunStatus::started).orElse(0.0);
    int from = curve.size() - 1;
    while (from > 0
        && curve.time(from - 1) >= runStart
        && curve.lastTime() - curve.time(from) < RATE_SECONDS) {
      from--;
    }
    double seconds = curve.lastTime() - curve.time(from);
    return seconds > 0
        ? OptionalDouble.of((curve.lastStep() - curve.step(from)) / seconds)
        : OptionalDouble.empty();
  }

  /** Seconds until the limits given to the run, empty where that is not known. */
  OptionalDouble secondsLeft() {
    if (phase != Phase.RUNNING || run.isEmpty()) {
      return OptionalDouble.empty();
    }
    RunStatus status = run.get();
    double left = Double.POSITIVE_INFINITY;
    OptionalDouble rate = stepsPerSecond();
    if (status.steps() > 0 && rate.isPresent()) {
      left = (status.steps() - step()) / rate.getAsDouble();
    }
    if (status.minutes() > 0) {
      left = Math.min(left, 60 * status.minutes() - seconds());
    }
    return left < Double.POSITIVE_INFINITY
        ? OptionalDouble.of(Math.max(0, left))
        : OptionalDouble.empty();
  }

  /** One line for people: step, time, speed, time left, device. */
  String statusLine() {
    return StatusLine.of(this);
  }
}
