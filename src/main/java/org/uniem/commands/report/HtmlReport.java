package org.uniem.commands.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.VoxelSize;

/**
 * Builds a report that is one HTML file: text, plots and pictures are inside it, so that it can be
 * mailed and archived. Sections appear in the order in which they are added.
 *
 * <p>All text given is shown as it is; nothing is read as HTML. Not thread-safe.
 */
public final class HtmlReport {

  private final StringBuilder body = new StringBuilder();
  private final String title;

  /**
   * @param title the page's title
   * @param summary one paragraph that says what was done and what came out
   */
  public HtmlReport(String title, String summary) {
    this.title = title;
    add("<h1>%s</h1>\n<p class=\"summary\">%s</p>\n", title, summary);
  }

  /**
   * One picture of a figure.
   *
   * @param title above it
   * @param image its pixels
   */
  public record Panel(String title, BufferedImage image) {}

  /**
   * A measured value.
   *
   * @param name for people
   * @param value NaN where it is undefined
   * @param unit {@code ""} for none
   * @param help what it means in a sentence, and which values are good
   */
  public record Score(String name, double value, String unit, String help) {}

  /**
   * A labelled object.
   *
   * @param id its label
   * @param voxels how many voxels it has
   * @param centroid x, y, z in calibrated units
   * @param min smallest x, y, z in voxels
   * @param max largest x, y, z in voxels
   * @param verdict what it is in truth, {@code ""} where that is not known
   */
  public record ObjectRow(
      long id, long voxels, double[] centroid, long[] min, long[] max, String verdict) {}

  /**
   * A number that is seen from afar.
   *
   * @param value the number
   * @param name what it counts, a word or two
   * @param tone {@code right}, {@code false}, {@code missed} or {@code ""} for none
   */
  public record Tile(long value, String name, String tone) {}

  /**
   * A colour of pictures and what it means.
   *
   * @param rgb 0xRRGGBB
   * @param meaning a few words
   */
  public record KeyColour(int rgb, String meaning) {}

  /**
   * A command line that repeats a step.
   *
   * @param step what it does
   * @param line to be typed
   */
  public record Command(String step, String line) {}

  /** A small line: version, date, machine. */
  public HtmlReport byline(String text) {
    add("<p class=\"byline\">%s</p>\n", text);
    return this;
  }

  /** Numbers side by side. */
  public HtmlReport tiles(List<Tile> tiles) {
    body.append("<div class=\"tiles\">\n");
    for (Tile tile : tiles) {
      add(
          "<div class=\"tile %s\"><b>%s</b>%s</div>\n",
          tile.tone(), Long.toString(tile.value()), tile.name());
    }
    body.append("</div>\n");
    return this;
  }

  /** What the colours of the pictures mean. */
  public HtmlReport key(List<KeyColour> colours) {
    body.append("<div class=\"key\">");
    for (KeyColour colour : colours) {
      add(
          "<span class=\"colour\"><i class=\"swatch\" style=\"background:%s\"></i> %s</span>",
          String.format(Locale.ROOT, "#%06x", colour.rgb()), colour.meaning());
    }
    body.append("</div>\n");
    return this;
  }

  /** Starts a section. */
  public HtmlReport section(String heading, String text) {
    add("<h2>%s</h2>\n", heading);
    return text.isEmpty() ? this : paragraph(text);
  }

  /** A paragraph of text. */
  public HtmlReport paragraph(String text) {
    add("<p>%s</p>\n", text);
    return this;
  }

  /** A plot with a caption. */
  public HtmlReport plot(LinePlot plot, String caption) {
    body.append("<figure>\n").append(plot.toSvg());
    add("<figcaption>%s</figcaption>\n", caption);
    body.append("</figure>\n");
    return this;
  }

  /**
   * Pictures side by side with a scale bar in the first.
   *
   * @param panels pictures of one size
   * @param voxelSize for the scale bar
   * @param caption what is seen
   */
  public HtmlReport pictures(List<Panel> panels, VoxelSize voxelSize, String caption) {
    body.append("<figure>\n<div class=\"panels\">\n");
    boolean first = true;
    for (Panel panel : panels) {
      add("<div class=\"panel\"><div class=\"name\">%s</div><div class=\"view\">", panel.title());
      add("<img alt=\"%s\" src=\"", panel.title());
      body.append(dataUri(panel.image())).append("\">");
      if (first) {
        ScaleBar bar = ScaleBar.of(panel.image().getWidth(), voxelSize);
        String share = String.format(Locale.ROOT, "%.2f", 100 * bar.share());
        add("<div class=\"bar\" style=\"width:%s%%\"><span>%s</span></div>", share, bar.text());
      }
      body.append("</div></div>\n");
      first = false;
    }
    body.append("</div>\n");
    add("<figcaption>%s</figcaption>\n", caption);
    body.append("</figure>\n");
    return this;
  }

  /** The colours of probabilities, as in the pictures. */
  public HtmlReport probabilityKey() {
    StringBuilder stops = new StringBuilder();
    for (int i = 0; i <= 10; i++) {
      stops.append(String.format(Locale.ROOT, ",#%06x", SlicePictures.magma(i / 10.0)));
    }
    add(
        "<div class=\"key\"><span>0</span><i style=\"background:linear-gradient(90deg%s)\"></i>"
            + "<span>1 &nbsp;probability</span></div>\n",
        stops.toString());
    return this;
  }

  /** A table of scores with a sentence of help for each. */
  public HtmlReport scores(List<Score> scores) {
    body.append(
        "<div class=\"wide\"><table class=\"scores\">\n<tr><th>Score<th class=\"n\">Value<th>Meaning</tr>\n");
    for (Score score : scores) {
      String value =
          Double.isFinite(score.value())
              ? String.format(Locale.ROOT, "%.3f %s", score.value(), score.unit()).strip()
              : "undefined";
      add(
          "<tr><td>%s<td class=\"n\"><b>%s</b><td class=\"help\">%s</tr>\n",
          score.name(), value, score.help());
    }
    body.append("</table></div>\n");
    return this;
  }

  /**
   * A table of objects, each with its colour in the pictures.
   *
   * @param objects the rows
   * @param voxelSize turns voxels into a volume
   */
  public HtmlReport objects(List<ObjectRow> objects, VoxelSize voxelSize) {
    // Cubic micrometres are what is published; nanometres would be numbers of eight digits.
    boolean nanometres = "nm".equals(voxelSize.unit());
    String unit = nanometres ? "µm" : voxelSize.unit();
    double scale = nanometres ? 1e-3 : 1;
    double voxel = voxelSize.x() * voxelSize.y() * voxelSize.z() * scale * scale * scale;
    add(
        "<div class=\"wide\"><table>\n<tr><th>Object<th class=\"n\">Voxels"
            + "<th class=\"n\">Volume (%s³)<th class=\"n\">Centre x, y, z (%s)"
            + "<th class=\"n\">Box x, y, z (voxels)<th>In truth</tr>\n",
        unit, unit);
    for (ObjectRow row : objects) {
      double[] c = row.centroid();
      add(
          "<tr><td><i class=\"dot\" style=\"background:%s\"></i>%s<td class=\"n\">%s"
              + "<td class=\"n\">%s<td class=\"n\">%s<td class=\"n\">%s<td>%s</tr>\n",
          String.format(Locale.ROOT, "#%06x", SlicePictures.colour(row.id())),
          Long.toString(row.id()),
          String.format(Locale.ROOT, "%,d", row.voxels()),
          String.format(Locale.ROOT, "%.4g", row.voxels() * voxel),
          String.format(Locale.ROOT, "%.4g, %.4g, %.4g", c[0] * scale, c[1] * scale, c[2] * scale),
          range(row, 0) + ", " + range(row, 1) + ", " + range(row, 2),
          row.verdict());
    }
    body.append("</table></div>\n");
    return this;
  }

  private static String range(ObjectRow row, int axis) {
    return row.min()[axis] + "–" + row.max()[axis];
  }

  /**
   * A table of any content.
   *
   * @param header names of the columns
   * @param rows each as long as {@code header}
   */
  public HtmlReport table(List<String> header, List<List<String>> rows) {
    body.append("<div class=\"wide\"><table>\n<tr>");
    header.forEach(cell -> add("<th>%s", cell));
    body.append("</tr>\n");
    for (List<String> row : rows) {
      body.append("<tr>");
      row.forEach(cell -> add("<td>%s", cell));
      body.append("</tr>\n");
    }
    body.append("</table></div>\n");
    return this;
  }

  /** Command lines, each with a button that copies it. */
  public HtmlReport commands(List<Command> commands) {
    for (Command command : commands) {
      add("<div class=\"step\">%s</div>\n", command.step());
      add(
          "<div class=\"code\"><button type=\"button\">Copy</button><pre>%s</pre></div>\n",
          command.line());
    }
    return this;
  }

  /** The page. */
  public String toHtml() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>"
        + Html.escape(title)
        + "</title>\n<style>\n"
        + resource("report.css")
        + "</style>\n</head>\n<body>\n<main>\n"
        + body
        + "</main>\n<script>\n"
        + resource("report.js")
        + "</script>\n</body>\n</html>\n";
  }

  /**
   * Writes the page, or replaces it; it appears whole or not at all.
   *
   * @param file ends in {@code .html}; folders above it are made
   * @throws org.uniem.job.OutputException if it cannot be written
   */
  public void write(Path file) {
    WholeFile.writeText(file, toHtml());
  }

  /** Appends, with every value escaped; the format itself is HTML. */
  private void add(String format, String... values) {
    Object[] escaped = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      escaped[i] = Html.escape(values[i]);
    }
    body.append(String.format(Locale.ROOT, format, escaped));
  }

  private static String dataUri(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }

  private static String resource(String name) {
    try (var stream = HtmlReport.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The jar lacks " + name + ": build it anew.");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
