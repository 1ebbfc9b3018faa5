package org.uniem.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.uniem.viewers.plot.Axis;
import org.uniem.viewers.plot.RunningMean;

/**
 * Draws how trainings went, for {@code scripts/learn-flood-filling}: loss and validation score over
 * steps from their {@code log.csv}. Arguments: the PNG file, then {@code name=folder} of each
 * model.
 */
public final class LearningCurves {

  private static final int WIDTH = 860;
  private static final int PLOT = 300;
  private static final int LEFT = 66;
  private static final int TOP = 34;
  private static final int BOTTOM = 52;
  private static final double SMOOTHING = 0.98;
  private static final Color[] COLOURS = {new Color(0x0b6e99), new Color(0xc2571a)};

  /** Points of a line. */
  private record Line(String name, double[] steps, double[] values) {}

  private final BufferedImage image =
      new BufferedImage(WIDTH, 2 * PLOT, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D g = image.createGraphics();

  private LearningCurves() {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, 2 * PLOT);
  }

  /** Draws one picture. */
  public static void main(String[] args) throws IOException {
    List<Line> losses = new ArrayList<>();
    List<Line> scores = new ArrayList<>();
    for (String argument : Arrays.copyOfRange(args, 1, args.length)) {
      String[] parts = argument.split("=", 2);
      Path log = Path.of(parts[1]).resolve("training/log.csv");
      losses.add(line(parts[0], log, "loss"));
      scores.add(line(parts[0], log, "score"));
    }
    LearningCurves curves = new LearningCurves();
    curves.draw(0, "Rand F-score of the validation part", scores, false);
    curves.draw(PLOT, "loss", losses, true);
    ImageIO.write(curves.image, "png", Path.of(args[0]).toFile());
  }

  private static Line line(String name, Path log, String column) throws IOException {
    List<String> rows = Files.readAllLines(log);
    List<String> header = List.of(rows.get(0).split(","));
    int at = header.indexOf(column);
    List<double[]> points = new ArrayList<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      if (!cells[at].isEmpty()) {
        double step = Double.parseDouble(cells[header.indexOf("step")]);
        points.add(new double[] {step, Double.parseDouble(cells[at])});
      }
    }
    return new Line(
        name,
        points.stream().mapToDouble(point -> point[0]).toArray(),
        points.stream().mapToDouble(point -> point[1]).toArray());
  }

  private void draw(int top, String title, List<Line> lines, boolean smoothed) {
    List<Line> shown =
        lines.stream()
            .map(line -> smoothed ? smooth(line) : line)
            .filter(line -> line.values.length > 0)
            .toList();
    double last = shown.stream().mapToDouble(l -> l.steps[l.steps.length - 1]).max().orElse(1);
    double most = shown.stream().flatMapToDouble(l -> Arrays.stream(l.values)).max().orElse(1);
    Axis x = Axis.linear(0, last);
    Axis y = smoothed ? Axis.linear(0, Math.min(1, most)) : Axis.linear(0, 1);
    axes(top, title, x, y);
    g.setClip(LEFT, top + TOP, WIDTH - LEFT, PLOT - TOP - BOTTOM + 1);
    for (int i = 0; i < shown.size(); i++) {
      Path2D path = new Path2D.Double();
      Line line = shown.get(i);
      for (int k = 0; k < line.values.length; k++) {
        double atX = placeX(x, line.steps[k]);
        double atY = placeY(top, y, line.values[k]);
        if (k == 0) {
          path.moveTo(atX, atY);
        } else {
          path.lineTo(atX, atY);
        }
      }
      g.setColor(COLOURS[i % COLOURS.length]);
      g.setStroke(new BasicStroke(2));
      g.draw(path);
    }
    g.setClip(null);
    for (int i = 0; i < shown.size(); i++) {
      g.setColor(COLOURS[i % COLOURS.length]);
      g.drawString("— " + shown.get(i).name, WIDTH - 260 + 120 * i, top + 20);
    }
  }

  private static Line smooth(Line line) {
    return new Line(line.name, line.steps, RunningMean.of(line.values, SMOOTHING));
  }

  private void axes(int top, String title, Axis x, Axis y) {
    g.setStroke(new BasicStroke(1));
    for (double tick : y.ticks()) {
      double place = placeY(top, y, tick);
      g.setColor(new Color(0xdddddd));
      g.draw(new Line2D.Double(LEFT, place, WIDTH - 16, place));
      text(Axis.format(tick), LEFT - 8, place + 4, 1);
    }
    for (double tick : x.ticks()) {
      text(Axis.format(tick), placeX(x, tick), top + PLOT - BOTTOM + 18, 0.5);
    }
    text("training steps", (LEFT + WIDTH - 16) / 2.0, top + PLOT - 14, 0.5);
    text(title, LEFT, top + 20, 0);
  }

  /** Text that has a share of its width left of a place. */
  private void text(String text, double x, double y, double share) {
    g.setColor(new Color(0x333333));
    double width = g.getFontMetrics().stringWidth(text);
    g.drawString(text, (float) (x - share * width), (float) y);
  }

  private static double placeX(Axis axis, double step) {
    return LEFT + axis.place(step) * (WIDTH - LEFT - 16);
  }

  private static double placeY(int top, Axis axis, double value) {
    return top + PLOT - BOTTOM - axis.place(value) * (PLOT - TOP - BOTTOM);
  }
}
