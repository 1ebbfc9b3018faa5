package org.uniem.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times of several engines for the same work, round by round, and what they come to. */
final class Timings {

  private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();

  void add(String engine, double time) {
    milliseconds.computeIfAbsent(engine, e -> new ArrayList<>()).add(time);
  }

  /**
   * Rows of a Markdown table: what, engine, median, quartiles, median over the rounds of the time
   * relative to the fastest engine's.
   */
  String rows(String what) {
    String fastest =
        milliseconds.keySet().stream()
            .min(Comparator.comparing(engine -> quantile(milliseconds.get(engine), 0.5)))
            .orElseThrow();
    StringBuilder rows = new StringBuilder();
    milliseconds.forEach(
        (engine, times) -> {
          List<Double> ratios = new ArrayList<>();
          for (int i = 0; i < times.size(); i++) {
            ratios.add(times.get(i) / milliseconds.get(fastest).get(i));
          }
          rows.append(
              String.format(
                  "| %s | %s | %.0f | %.0f … %.0f | %.2f |%n",
                  what,
                  engine,
                  quantile(times, 0.5),
                  quantile(times, 0.25),
                  quantile(times, 0.75),
                  quantile(ratios, 0.5)));
        });
    return rows.toString();
  }

  /** Linear between the two nearest values. */
  static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    double position = share * (sorted.size() - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (position - below) * (sorted.get(above) - sorted.get(below));
  }
}
