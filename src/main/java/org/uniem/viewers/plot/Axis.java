package org.uniem.viewers.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The range and the ticks of a plot's axis. Immutable and thread-safe.
 *
 * @param min its start
 * @param max its end, above the start
 * @param log whether it is logarithmic; its start is above 0 then
 */
public record Axis(double min, double max, boolean log) {

  /** Spans the values; begins at 0 where they come near to it. */
  public static Axis linear(double min, double max) {
    double low = min > 0 && min < 0.5 * max ? 0 : min;
    return max > low ? new Axis(low, max, false) : new Axis(min - 0.5, min + 0.5, false);
  }

  /** Spans the values, which are above 0, with a little room. */
  public static Axis logarithmic(double min, double max) {
    return new Axis(min / 1.15, max * 1.15, true);
  }

  /** Where a value lies, 0 at the start and 1 at the end. */
  public double place(double value) {
    return log
        ? (Math.log10(value) - Math.log10(min)) / (Math.log10(max) - Math.log10(min))
        : (value - min) / (max - min);
  }

  /** About five round numbers within the range. */
  public List<Double> ticks() {
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
    double step = step();
    for (long i = (long) Math.ceil(min / step); i * step <= max * (1 + 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private double step() {
    double step = Math.pow(10, Math.floor(Math.log10((max - min) / 4)));
    double steps = (max - min) / step;
    return step * (steps > 24 ? 10 : steps > 12 ? 5 : steps > 6 ? 2 : 1);
  }

  /** A number for people: up to four decimals, or powers of ten. */
  public static String format(double value) {
    if (value != 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
