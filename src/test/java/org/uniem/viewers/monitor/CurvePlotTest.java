package org.uniem.viewers.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pixels of plots drawn without a display. The font has 10 pixels, so 1 em is 10. */
class CurvePlotTest {

  private static final int WIDTH = 400;
  private static final int HEIGHT = 300;
  private static final int LEFT = 46;
  private static final int RIGHT = 386;
  private static final int TOP = 29;
  private static final int BOTTOM = 269;

  private static final PlotColours COLOURS =
      new PlotColours(
          Color.WHITE,
          Color.BLACK,
          new Color(0x808080),
          new Color(0xc0c0c0),
          List.of(Color.BLUE, Color.RED, Color.GREEN));

  private static Curve curve(String tag, double... values) {
    Curve.Builder curve = new Curve.Builder(tag);
    for (int i = 0; i < values.length; i++) {
      curve.add(100.0 * i, i, values[i]);
    }
    return curve.build();
  }

  private static BufferedImage draw(CurvePlot plot, double pointer) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    plot.draw(g, WIDTH, HEIGHT, COLOURS, pointer);
    g.dispose();
    return picture;
  }

  private static Set<Integer> coloursNear(BufferedImage picture, double x, double y) {
    Set<Integer> colours = new HashSet<>();
    for (int i = -2; i <= 2; i++) {
      for (int j = -2; j <= 2; j++) {
        colours.add(picture.getRGB((int) x + i, (int) y + j) & 0xffffff);
      }
    }
    return colours;
  }

  @Test
  void aCurveGoesThroughItsPoints() {
    // From 0 to 1.06: a little room above the highest value.
    BufferedImage picture = draw(CurvePlot.losses(List.of(curve("loss/a", 0, 1, 0.5)), false), -1);
    double unit = (BOTTOM - TOP) / 1.06;
    assertTrue(coloursNear(picture, LEFT + 170, BOTTOM - unit).contains(0x0000ff));
    assertTrue(coloursNear(picture, RIGHT - 3, BOTTOM - 0.5 * unit).contains(0x0000ff));
    assertTrue(coloursNear(picture, LEFT + 85, BOTTOM - 0.5 * unit).contains(0x0000ff));
    assertFalse(coloursNear(picture, LEFT + 85, BOTTOM - 0.8 * unit).contains(0x0000ff));
  }

  @Test
  void gridLinesLieAtRoundValues() {
    BufferedImage picture = draw(CurvePlot.losses(List.of(curve("loss/a", 0, 0, 1)), false), -1);
    double unit = (BOTTOM - TOP) / 1.06;
    for (double tick : new double[] {0.2, 0.4, 0.6, 0.8, 1}) {
      assertTrue(
          coloursNear(picture, LEFT + 10, BOTTOM - tick * unit).stream()
              .anyMatch(colour -> colour != 0xffffff),
          "a line at " + tick);
    }
    assertEquals(Set.of(0xffffff), coloursNear(picture, LEFT + 10, BOTTOM - 0.5 * unit));
  }

  @Test
  void onALogarithmicAxisEqualRatiosAreEqualDistances() {
    CurvePlot plot = CurvePlot.losses(List.of(curve("loss/a", 1, 0.1, 0.01)), true);
    BufferedImage picture = draw(plot, -1);
    // The middle of the line is the middle of the axis: 0.1 between 1 and 0.01.
    assertTrue(coloursNear(picture, LEFT + 170, (TOP + BOTTOM) / 2.0).contains(0x0000ff));
    // Zero and less leave a gap and do not stretch the axis.
    assertEquals(0, blue(draw(CurvePlot.losses(List.of(curve("loss/a", 0, -1)), true), -1)));
  }

  private static int blue(BufferedImage picture) {
    int count = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        // The legend is above.
        count += y > TOP && (picture.getRGB(x, y) & 0xffffff) == 0x0000ff ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void aNoisyLossIsFaintAndItsMeanStrong() {
    double[] noise = new double[400];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = i % 2;
    }
    BufferedImage picture =
        draw(CurvePlot.losses(List.of(curve("loss/training", noise)), false), -1);
    double unit = (BOTTOM - TOP) / 1.06;
    assertTrue(coloursNear(picture, LEFT + 200, BOTTOM - 0.5 * unit).contains(0x0000ff));
    Set<Integer> high = coloursNear(picture, LEFT + 200, BOTTOM - 0.9 * unit);
    assertFalse(high.contains(0x0000ff));
    assertTrue(high.stream().anyMatch(colour -> colour != 0xffffff), "faint lines");
  }

  @Test
  void theBestScoreIsMarked() {
    Curve scores = curve("jaccard/validation", 0.1, Double.NaN, 0.8, 0.3, 0.8);
    assertEquals(2, scores.best());
    BufferedImage picture = draw(CurvePlot.scores(List.of(scores)), -1);
    double unit = (BOTTOM - TOP) / (0.8 + 0.06 * 0.7);
    // A ring with a dot in it.
    double y = BOTTOM - 0.8 * unit;
    assertTrue(coloursNear(picture, LEFT + 170, y).contains(0x0000ff));
    assertTrue(coloursNear(picture, LEFT + 170, y - 5).contains(0x0000ff));
    assertEquals(-1, curve("a", Double.NaN).best());
  }

  @Test
  void underThePointerTheValuesAreTold() {
    CurvePlot plot = CurvePlot.losses(List.of(curve("loss/a", 1, 1, 1)), false);
    BufferedImage without = draw(plot, Double.NaN);
    BufferedImage with = draw(plot, LEFT + 165);
    // A line at the nearest point.
    assertEquals(0x808080, with.getRGB(LEFT + 170, TOP + 100) & 0xffffff);
    assertEquals(0xffffff, without.getRGB(LEFT + 170, TOP + 100) & 0xffffff);
    PlotLine line = PlotLine.plain("a", curve("a", 1, 2, 3));
    assertEquals(0, line.nearest(-5));
    assertEquals(1, line.nearest(149));
    assertEquals(2, line.nearest(151));
    assertEquals(2, line.nearest(1e9));
  }

  @Test
  void nothingAndASinglePointAndALostScoreAreDrawnToo() {
    for (Curve curve : List.of(curve("loss/a"), curve("loss/a", Double.NaN))) {
      BufferedImage picture = draw(CurvePlot.losses(List.of(curve), true), 100);
      assertEquals(0, blue(picture));
    }
    assertTrue(blue(draw(CurvePlot.losses(List.of(curve("loss/a", 0.5)), true), 100)) > 5);
    assertTrue(blue(draw(CurvePlot.scores(List.of(curve("s", 0, 0, 0))), 100)) > 5);
    // Smaller than its margins: no failure.
    BufferedImage tiny = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
    CurvePlot.scores(List.of(curve("s", 0, 1))).draw(tiny.createGraphics(), 20, 10, COLOURS, 5);
  }

  @Test
  void aHundredThousandPointsKeepTheirExtremes() {
    double[] values = new double[100_000];
    values[77_777] = 1;
    Curve.Builder builder = new Curve.Builder("loss/a");
    for (int i = 0; i < values.length; i++) {
      builder.add(i, i, values[i]);
    }
    BufferedImage picture = draw(CurvePlot.losses(List.of(builder.build()), false), -1);
    double x = LEFT + 340 * 0.77777;
    double unit = (BOTTOM - TOP) / 1.06;
    assertTrue(coloursNear(picture, x, BOTTOM - 0.7 * unit).stream().anyMatch(c -> c != 0xffffff));
  }

  @Test
  void coloursAreReadableOnDarkAndOnLight() {
    for (Color[] pair :
        new Color[][] {{Color.WHITE, Color.BLACK}, {new Color(0x2b2b2b), new Color(0xdddddd)}}) {
      PlotColours colours = PlotColours.of(pair[0], pair[1]);
      for (int i = 0; i < 3; i++) {
        assertTrue(contrast(colours.line(i), pair[0]) >= 3, "line " + i + " on " + pair[0]);
      }
      for (Phase phase : Phase.values()) {
        assertTrue(contrast(colours.of(phase), pair[0]) >= 3, phase + " on " + pair[0]);
      }
    }
  }

  /** Contrast ratio after WCAG 2.1; 3 is what graphics need. */
  private static double contrast(Color a, Color b) {
    double bright = Math.max(luminance(a), luminance(b));
    double dark = Math.min(luminance(a), luminance(b));
    return (bright + 0.05) / (dark + 0.05);
  }

  private static double luminance(Color colour) {
    float[] rgb = colour.getRGBColorComponents(null);
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      linear[i] = rgb[i] <= 0.04045 ? rgb[i] / 12.92 : Math.pow((rgb[i] + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }
}
