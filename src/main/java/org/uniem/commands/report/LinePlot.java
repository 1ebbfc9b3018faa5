package org.uniem.commands.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.uniem.viewers.plot.Axis;
import org.uniem.viewers.plot.RunningMean;

/**
 * A line plot as inline SVG, with axes, grid and legend.
 *
 * <p>Values that are not finite, and values of 0 or less on a logarithmic axis, leave a gap.
 * Immutable and thread-safe.
 *
 * @param title said by screen readers
 * @param xLabel what is along x
 * @param yLabel what is along y
 * @param logarithmic whether y is logarithmic
 * @param series the lines, at most six are told apart by colour
 */
public record LinePlot(
    String title, String xLabel, String yLabel, boolean logarithmic, List<Series> series) {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 320;
  private static final int LEFT = 68;
  private static final int RIGHT = 16;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;
  private static final String[] COLOURS = {
    "#0b6e99", "#c2571a", "#2f7d4f", "#8a4a9e", "#a8842c", "#555b66"
  };

  public LinePlot {
    series = List.copyOf(series);
  }

  /**
   * One line.
   *
   * @param name in the legend
   * @param x ascending
   * @param y as many as {@code x}
   * @param smoothed draws the values pale and their running mean strong
   */
  public record Series(String name, double[] x, double[] y, boolean smoothed) {
    public Series {
      if (x.length != y.length) {
        throw new IllegalArgumentException(
            "Line '" + name + "' has " + x.length + " places and " + y.length + " values.");
      }
      x = x.clone();
      y = y.clone();
    }
  }

  /** The plot as an {@code svg} element. */
  public String toSvg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
            WIDTH,
            HEIGHT,
            Html.escape(title)));
    if (series.stream().noneMatch(this::hasShown)) {
      text(svg, WIDTH / 2.0, HEIGHT / 2.0, "middle", "No values to show.");
    } else {
      Axis x = axis(true, false);
      Axis y = axis(false, logarithmic);
      axes(svg, x, y);
      for (int i = 0; i < series.size(); i++) {
        draw(svg, series.get(i), COLOURS[i % COLOURS.length], x, y);
      }
      legend(svg);
    }
    return svg.append("</svg>\n").toString();
  }

  private boolean shown(double x, double y) {
    return Double.isFinite(x) && Double.isFinite(y) && (!logarithmic || y > 0);
  }

  private boolean hasShown(Series line) {
    return IntStream.range(0, line.x.length).anyMatch(i -> shown(line.x[i], line.y[i]));
  }

  private Axis axis(boolean alongX, boolean log) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Series line : series) {
      for (int i = 0; i < line.x.length; i++) {
        if (shown(line.x[i], line.y[i])) {
          double value = alongX ? line.x[i] : line.y[i];
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
    }
    return log ? Axis.logarithmic(min, max) : Axis.linear(min, max);
  }

  private static double placeX(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double placeY(Axis axis, double value) {
    return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
  }

  private void axes(StringBuilder svg, Axis x, Axis y) {
    for (double tick : y.ticks()) {
      double place = placeY(y, tick);
      line(svg, LEFT, place, WIDTH - RIGHT, place, "grid");
      text(svg, LEFT - 8, place + 4, "end", Axis.format(tick));
    }
    for (double tick : x.ticks()) {
      double place = placeX(x, tick);
      line(svg, place, HEIGHT - BOTTOM, place, HEIGHT - BOTTOM + 5, "axis");
      text(svg, place, HEIGHT - BOTTOM + 19, "middle", Axis.format(tick));
    }
    line(svg, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "axis");
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", xLabel);
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>\n",
            (TOP + HEIGHT - BOTTOM) / 2,
            (TOP + HEIGHT - BOTTOM) / 2,
            Html.escape(yLabel)));
  }

  private void draw(StringBuilder svg, Series line, String colour, Axis x, Axis y) {
    if (line.smoothed) {
      polyline(svg, line.x, line.y, colour, 0.28, 1, x, y);
      polyline(svg, line.x, RunningMean.of(line.y, 0.9), colour, 1, 2, x, y);
    } else {
      polyline(svg, line.x, line.y, colour, 1, 2, x, y);
    }
  }

  private void polyline(
      StringBuilder svg,
      double[] xs,
      double[] ys,
      String colour,
      double opacity,
      double width,
      Axis x,
      Axis y) {
    List<String> run = new ArrayList<>();
    for (int i = 0; i <= xs.length; i++) {
      if (i < xs.length && shown(xs[i], ys[i])) {
        run.add(String.format(Locale.ROOT, "%.1f,%.1f", placeX(x, xs[i]), placeY(y, ys[i])));
      } else if (run.size() == 1) {
        String[] place = run.get(0).split(",");
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\" fill-opacity=\"%.2f\"/>\n",
                place[0],
                place[1],
                colour,
                opacity));
        run.clear();
      } else if (!run.isEmpty()) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<polyline fill=\"none\" stroke=\"%s\" stroke-opacity=\"%.2f\""
                    + " stroke-width=\"%.1f\" points=\"%s\"/>\n",
                colour,
                opacity,
                width,
                String.join(" ", run)));
        run.clear();
      }
    }
  }

  private void legend(StringBuilder svg) {
    double place = LEFT;
    for (int i = 0; i < series.size(); i++) {
      String name = series.get(i).name + (series.get(i).smoothed ? " (pale: each step)" : "");
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"11\" width=\"16\" height=\"3\" fill=\"%s\"/>\n",
              place,
              COLOURS[i % COLOURS.length]));
      text(svg, place + 22, 17, "start", name);
      place += 46 + 6.8 * name.length();
    }
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String style) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            style,
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            x,
            y,
            anchor,
            Html.escape(text)));
  }
}
