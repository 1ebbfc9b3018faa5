package org.uniem.commands.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The range and the ticks of a plot's axis. */
record Axis(double min, double max, boolean log) {

  static Axis linear(double min, double max) {
    double low = min > 0 && min < 0.5 * max ? 0 : min;
    return max > low ? new Axis(low, max, false) : new Axis(min - 0.5, min + 0.5, false);
  }

  static Axis logarithmic(double min, double max) {
    return new Axis(min / 1.15, max * 1.15, true);
  }

  /** Where a value lies, 0 at the start and 1 at the end. */
  double place(double value) {
    return log
        ? (Math.log10(value) - Math.log10(min)) / (Math.log10(max) - Math.log10(min))
        : (value - min) / (max - min);
  }

  /** About five round numbers within the range. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (log) {
      double[] within = max / min > 300 ? new double[] {1} : new double[] {1, 2, 5};
      for (int power = (int) Math.floor(Math.log10(min)); power <= Math.log10(max); power++) {
        for (double factor : within) {
          double tick = factor * Math.pow(10, power);
          if (tick >= min && tick <= max) {
            ticks.add(tick);
          }
        }
      }
      return ticks;
    }
    double step = Math.pow(10, Math.floor(Math.log10((max - min) / 4)));
    double steps = (max - min) / step;
    step *= steps > 24 ? 10 : steps > 12 ? 5 : steps > 6 ? 2 : 1;
    for (long i = (long) Math.ceil(min / step); i * step <= max * (1 + 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  static String format(double value) {
    if (value != 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
