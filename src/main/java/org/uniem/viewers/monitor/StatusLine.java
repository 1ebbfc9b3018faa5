package org.uniem.viewers.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in one line how a training goes. */
final class StatusLine {

  private StatusLine() {}

  static String of(TrainingView view) {
    if (view.curves().isEmpty()) {
      return view.phase() == Phase.WAITING
          ? "Waiting for the first record in " + view.folder()
          : reason(view);
    }
    List<String> parts = new ArrayList<>();
    long limit = view.run().map(run -> run.steps()).orElse(0L);
    parts.add("Step " + count(view.step()) + (limit > 0 ? " of " + count(limit) : ""));
    parts.add(duration(view.seconds()));
    view.stepsPerSecond().ifPresent(rate -> parts.add(rate(rate)));
    view.secondsLeft().ifPresent(left -> parts.add(duration(left) + " left"));
    view.run().ifPresent(run -> parts.add(run.device()));
    if (view.phase() == Phase.STALLED) {
      parts.add("no record for " + duration(view.silent()));
    } else if (!view.phase().isOpen() && !reason(view).isEmpty()) {
      parts.add(reason(view));
    }
    return String.join("  ·  ", parts);
  }

  private static String reason(TrainingView view) {
    return switch (view.phase()) {
      case KILLED -> "its process is gone; resume=true goes on from the last checkpoint";
      case CANCELLED -> "resume=true goes on with it";
      default -> view.run().map(run -> run.reason()).orElse("");
    };
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String rate(double perSecond) {
    return perSecond >= 10
        ? Math.round(perSecond) + " steps/s"
        : String.format(Locale.ROOT, "%.1f steps/s", perSecond);
  }

  /** A time span in its two largest units. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }
}
