package org.uniem.viewers.monitor;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.uniem.viewers.plot.Axis;

/**
 * Draws curves over the steps of a training, without a window. Immutable and thread-safe.
 *
 * <p>Sizes go with the font of the graphics. Values that are not finite, and values of 0 or less on
 * a logarithmic axis, leave a gap.
 *
 * @param title above the plot
 * @param empty what is said where there is nothing to show
 * @param logarithmic whether the values are on a logarithmic axis
 * @param lines the curves
 */
record CurvePlot(String title, String empty, boolean logarithmic, List<PlotLine> lines) {

  private static final double LEFT = 4.6;
  private static final double RIGHT = 1.4;
  private static final double TOP = 2.9;
  private static final double BOTTOM = 3.1;
  private static final int POINTS_PER_COLUMN = 4;

  /** Losses, those of the training smoothed. */
  static CurvePlot losses(List<Curve> curves, boolean logarithmic) {
    List<PlotLine> lines = new ArrayList<>();
    for (Curve curve : curves) {
      String name = curve.tag().replaceFirst("^loss/", "");
      lines.add(
          name.equals("training") ? PlotLine.smoothed(name, curve) : PlotLine.plain(name, curve));
    }
    return new CurvePlot("Loss", "No loss yet", logarithmic, lines);
  }

  /** Scores, the best of each marked. */
  static CurvePlot scores(List<Curve> curves) {
    List<PlotLine> lines = new ArrayList<>();
    for (Curve curve : curves) {
      String name = curve.tag().equals("jaccard/validation") ? "Jaccard index" : curve.tag();
      lines.add(PlotLine.withBest(name, curve));
    }
    return new CurvePlot("Validation score", "No validation yet", false, lines);
  }

  /** Where the axes lie. */
  private record Frame(
      double left, double top, double right, double bottom, double em, Axis x, Axis y) {

    double placeX(double value) {
      return left + x.place(value) * (right - left);
    }

    double placeY(double value) {
      return bottom - y.place(value) * (bottom - top);
    }

    double stepAt(double place) {
      return x.min() + (place - left) / (right - left) * (x.max() - x.min());
    }
  }

  /**
   * Draws the plot.
   *
   * @param target its clip and transform are left as they are
   * @param width of the plot
   * @param height of the plot
   * @param colours its colours
   * @param pointer x of the place whose values are told, NaN for none
   */
  void draw(Graphics2D target, int width, int height, PlotColours colours, double pointer) {
    Graphics2D g = (Graphics2D) target.create();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setColor(colours.background());
      g.fillRect(0, 0, width, height);
      Frame frame = frame(g, width, height);
      drawTitle(g, frame, colours);
      if (frame.x() == null) {
        g.setColor(colours.faint());
        centred(g, empty, width / 2.0, height / 2.0);
        return;
      }
      drawAxes(g, frame, colours);
      for (int i = 0; i < lines.size(); i++) {
        drawLine(g, frame, lines.get(i), colours.line(i));
      }
      for (int i = 0; i < lines.size(); i++) {
        drawBest(g, frame, lines.get(i), colours.line(i), colours);
      }
      if (pointer >= frame.left() && pointer <= frame.right()) {
        drawPointer(g, frame, colours, frame.stepAt(pointer));
      }
    } finally {
      g.dispose();
    }
  }

  private Frame frame(Graphics2D g, int width, int height) {
    double em = g.getFont().getSize2D();
    double minX = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (PlotLine line : lines) {
      for (int i = 0; i < line.x().length; i++) {
        if (shown(line.y()[i])) {
          minX = Math.min(minX, line.x()[i]);
          maxX = Math.max(maxX, line.x()[i]);
          minY = Math.min(minY, line.y()[i]);
          maxY = Math.max(maxY, line.y()[i]);
        }
      }
    }
    boolean any = minX <= maxX;
    double room = 0.06 * (maxY - minY);
    Axis y = logarithmic ? Axis.logarithmic(minY, maxY) : Axis.linear(minY, maxY + room);
    return new Frame(
        LEFT * em,
        TOP * em,
        width - RIGHT * em,
        height - BOTTOM * em,
        em,
        any ? Axis.linear(Math.min(0, minX), maxX) : null,
        any ? y : null);
  }

  private boolean shown(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  private void drawTitle(Graphics2D g, Frame frame, PlotColours colours) {
    double baseline = 1.7 * frame.em();
    g.setColor(colours.text());
    g.setFont(g.getFont().deriveFont(java.awt.Font.BOLD));
    g.drawString(title, (float) (0.8 * frame.em()), (float) baseline);
    double titleEnd = 0.8 * frame.em() + g.getFontMetrics().stringWidth(title);
    g.setFont(g.getFont().deriveFont(java.awt.Font.PLAIN));
    FontMetrics metrics = g.getFontMetrics();
    double place = frame.right();
    for (int i = lines.size() - 1; i >= 0; i--) {
      String name = lines.get(i).name();
      place -= metrics.stringWidth(name);
      if (place - 2 * frame.em() < titleEnd) {
        return;
      }
      g.setColor(colours.faint());
      g.drawString(name, (float) place, (float) baseline);
      place -= 1.9 * frame.em();
      g.setColor(colours.line(i));
      g.setStroke(new BasicStroke((float) (frame.em() / 5)));
      double middle = baseline - 0.35 * frame.em();
      g.draw(new Line2D.Double(place, middle, place + 1.4 * frame.em(), middle));
      place -= 1.2 * frame.em();
    }
  }

  private void drawAxes(Graphics2D g, Frame frame, PlotColours colours) {
    FontMetrics metrics = g.getFontMetrics();
    g.setStroke(new BasicStroke(1));
    double last = Double.POSITIVE_INFINITY;
    for (double tick : frame.y().ticks()) {
      double place = crisp(frame.placeY(tick));
      g.setColor(colours.grid());
      g.draw(new Line2D.Double(frame.left(), place, frame.right(), place));
      if (last - place >= 1.2 * frame.em()) {
        String text = Axis.format(tick);
        g.setColor(colours.faint());
        g.drawString(
            text,
            (float) (frame.left() - 0.6 * frame.em() - metrics.stringWidth(text)),
            (float) (place + 0.36 * frame.em()));
        last = place;
      }
    }
    double end = Double.NEGATIVE_INFINITY;
    for (double tick : frame.x().ticks()) {
      double place = crisp(frame.placeX(tick));
      String text = StatusLine.count(Math.round(tick));
      double half = metrics.stringWidth(text) / 2.0;
      g.setColor(colours.grid());
      g.draw(new Line2D.Double(place, frame.bottom(), place, frame.bottom() + 0.35 * frame.em()));
      if (place - half > end + 0.8 * frame.em()) {
        g.setColor(colours.faint());
        g.drawString(text, (float) (place - half), (float) (frame.bottom() + 1.4 * frame.em()));
        end = place + half;
      }
    }
    g.setColor(colours.faint());
    g.draw(
        new Line2D.Double(
            frame.left(), crisp(frame.bottom()), frame.right(), crisp(frame.bottom())));
    centred(g, "step", (frame.left() + frame.right()) / 2, frame.bottom() + 2.65 * frame.em());
  }

  private void drawLine(Graphics2D g, Frame frame, PlotLine line, Color colour) {
    double columns = frame.right() - frame.left();
    if (line.isSmoothed()) {
      g.setColor(PlotColours.transparent(colour, 0.28));
      g.setStroke(new BasicStroke(1));
      g.draw(path(frame, line.x(), line.y(), columns));
    }
    g.setColor(colour);
    g.setStroke(
        new BasicStroke((float) (frame.em() / 6), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path(frame, line.x(), line.isSmoothed() ? line.smooth() : line.y(), columns));
    if (line.hasDots()) {
      for (int i = 0; i < line.x().length; i++) {
        if (shown(line.y()[i])) {
          g.fill(dot(frame.placeX(line.x()[i]), frame.placeY(line.y()[i]), frame.em() / 4.5));
        }
      }
    }
  }

  /** A line through the points; of very many per column of pixels, through their extremes. */
  private Path2D path(Frame frame, double[] x, double[] y, double columns) {
    Path2D path = new Path2D.Double();
    boolean open = false;
    int group = (int) Math.max(1, x.length / (POINTS_PER_COLUMN * Math.max(1, columns)));
    for (int from = 0; from < x.length; from += group) {
      int low = from;
      int high = from;
      for (int i = from; i < Math.min(x.length, from + group); i++) {
        low = y[i] < y[low] || !shown(y[low]) ? i : low;
        high = y[i] > y[high] || !shown(y[high]) ? i : high;
      }
      for (int i : low == high ? new int[] {low} : new int[] {low, high}) {
        if (!shown(y[i])) {
          open = false;
        } else if (open) {
          path.lineTo(frame.placeX(x[i]), frame.placeY(y[i]));
        } else {
          path.moveTo(frame.placeX(x[i]), frame.placeY(y[i]));
          // A single point is seen as a dot.
          path.lineTo(frame.placeX(x[i]), frame.placeY(y[i]));
          open = true;
        }
      }
    }
    return path;
  }

  private void drawBest(
      Graphics2D g, Frame frame, PlotLine line, Color colour, PlotColours colours) {
    if (line.best() < 0 || !shown(line.y()[line.best()])) {
      return;
    }
    double x = frame.placeX(line.x()[line.best()]);
    double y = frame.placeY(line.y()[line.best()]);
    g.setColor(colours.background());
    g.fill(dot(x, y, frame.em() / 2));
    g.setColor(colour);
    g.setStroke(new BasicStroke((float) (frame.em() / 6)));
    g.draw(dot(x, y, frame.em() / 2));
    g.fill(dot(x, y, frame.em() / 5));
    String text =
        String.format(Locale.ROOT, "best %.3f", line.y()[line.best()])
            + " at step "
            + StatusLine.count((long) line.x()[line.best()]);
    double width = g.getFontMetrics().stringWidth(text);
    double from = Math.max(frame.left(), Math.min(frame.right() - width, x - width / 2));
    boolean below = y + 3 * frame.em() < frame.bottom();
    double baseline = below ? y + 2.1 * frame.em() : y - frame.em();
    double pad = 0.3 * frame.em();
    g.setColor(PlotColours.transparent(colours.background(), 0.8));
    g.fill(
        new RoundRectangle2D.Double(
            from - pad, baseline - frame.em(), width + 2 * pad, 1.4 * frame.em(), pad, pad));
    g.setColor(colours.text());
    g.drawString(text, (float) from, (float) baseline);
  }

  private void drawPointer(Graphics2D g, Frame frame, PlotColours colours, double place) {
    List<String> texts = new ArrayList<>();
    List<Color> marks = new ArrayList<>();
    double step = Double.NaN;
    for (int i = 0; i < lines.size(); i++) {
      PlotLine line = lines.get(i);
      int at = line.nearest(place);
      if (at >= 0 && shown(line.y()[at])) {
        double value = line.isSmoothed() ? line.smooth()[at] : line.y()[at];
        step = Double.isNaN(step) ? line.x()[at] : step;
        texts.add(String.format(Locale.ROOT, "%s %.4f", line.name(), value));
        marks.add(colours.line(i));
        g.setColor(colours.line(i));
        g.fill(dot(frame.placeX(line.x()[at]), frame.placeY(value), frame.em() / 3));
      }
    }
    if (texts.isEmpty()) {
      return;
    }
    texts.add(0, "step " + StatusLine.count((long) step));
    marks.add(0, colours.text());
    double x = crisp(frame.placeX(step));
    g.setStroke(new BasicStroke(1));
    g.setColor(colours.faint());
    g.draw(new Line2D.Double(x, frame.top(), x, frame.bottom()));
    FontMetrics metrics = g.getFontMetrics();
    double em = frame.em();
    double width = texts.stream().mapToInt(metrics::stringWidth).max().orElse(0) + 1.2 * em;
    double left = x + em + width > frame.right() ? x - em - width : x + em;
    double height = 1.4 * em * texts.size() + 0.7 * em;
    RoundRectangle2D box =
        new RoundRectangle2D.Double(left, frame.top() + em / 2, width, height, em / 2, em / 2);
    g.setColor(PlotColours.transparent(colours.background(), 0.92));
    g.fill(box);
    g.setColor(colours.grid());
    g.draw(box);
    for (int i = 0; i < texts.size(); i++) {
      g.setColor(marks.get(i));
      g.drawString(
          texts.get(i),
          (float) (left + 0.6 * em),
          (float) (frame.top() + em / 2 + 1.4 * em * (i + 1) - 0.05 * em));
    }
  }

  /** The middle of a pixel, where a thin line is not blurred. */
  private static double crisp(double place) {
    return Math.floor(place) + 0.5;
  }

  private static Ellipse2D dot(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static void centred(Graphics2D g, String text, double x, double baseline) {
    double width = g.getFontMetrics().stringWidth(text);
    g.drawString(text, (float) (x - width / 2), (float) baseline);
  }
}
