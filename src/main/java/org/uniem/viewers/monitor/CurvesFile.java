package org.uniem.viewers.monitor;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.uniem.job.BadParameterException;
import org.uniem.job.files.WholeFile;

/** Saves the curves of a training as a picture or a table. */
final class CurvesFile {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 360;
  private static final int SCALE = 2;

  private CurvesFile() {}

  /**
   * Saves the curves: {@code .png} both plots side by side, on white, {@code .csv} all values.
   *
   * @param file replaced if it exists
   * @param view what is saved
   * @param logarithmic whether losses are on a logarithmic axis
   * @throws BadParameterException if the name ends otherwise
   * @throws org.uniem.job.OutputException if it cannot be written
   */
  static void save(Path file, TrainingView view, boolean logarithmic) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      WholeFile.writeText(file, table(view.curves()));
    } else if (name.endsWith(".png")) {
      byte[] png = png(picture(view, logarithmic));
      WholeFile.write(file, channel -> WholeFile.writeAll(channel, ByteBuffer.wrap(png)));
    } else {
      throw new BadParameterException(
          "Cannot save the curves as " + file.getFileName() + ": end the name in .png or .csv.");
    }
  }

  /** Both plots side by side. */
  static BufferedImage picture(TrainingView view, boolean logarithmic) {
    BufferedImage picture =
        new BufferedImage(2 * WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    try {
      g.scale(SCALE, SCALE);
      g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
      CurvePlot.losses(view.losses(), logarithmic)
          .draw(g, WIDTH, HEIGHT, PlotColours.LIGHT, Double.NaN);
      g.translate(WIDTH, 0);
      CurvePlot.scores(view.scores()).draw(g, WIDTH, HEIGHT, PlotColours.LIGHT, Double.NaN);
    } finally {
      g.dispose();
    }
    return picture;
  }

  private static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", png);
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory failed.", e);
    }
    return png.toByteArray();
  }

  /** One line per step, one column per curve; empty where a curve has no value. */
  static String table(List<Curve> curves) {
    Map<Long, String[]> rows = new TreeMap<>();
    for (int column = 0; column < curves.size(); column++) {
      Curve curve = curves.get(column);
      for (int i = 0; i < curve.size(); i++) {
        String[] row = rows.computeIfAbsent((long) curve.step(i), step -> emptyRow(curves.size()));
        // As the file holds it: 0.1f, not 0.10000000149.
        row[column] = Float.toString((float) curve.value(i));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("step," + String.join(",", curves.stream().map(CurvesFile::quoted).toList()));
    rows.forEach((step, row) -> lines.add(step + "," + String.join(",", row)));
    return String.join("\n", lines) + "\n";
  }

  private static String[] emptyRow(int columns) {
    String[] row = new String[columns];
    Arrays.fill(row, "");
    return row;
  }

  private static String quoted(Curve curve) {
    String tag = curve.tag();
    return tag.matches("[^,\"\\r\\n]*") ? tag : '"' + tag.replace("\"", "\"\"") + '"';
  }
}
