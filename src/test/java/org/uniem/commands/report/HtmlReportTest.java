package org.uniem.commands.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.volumes.VoxelSize;

class HtmlReportTest {

  private static final VoxelSize VOXELS = new VoxelSize(8, 8, 30, "nm");

  @Test
  void textIsShownAsItIs() {
    String html =
        new HtmlReport("A <b> & \"c\"", "100 % of 5 < 6")
            .section("<script>alert(1)</script>", "")
            .commands(List.of(new HtmlReport.Command("It's", "uniem images=\"a b\" > log")))
            .toHtml();
    assertTrue(html.contains("<h1>A &lt;b&gt; &amp; &quot;c&quot;</h1>"));
    assertTrue(html.contains("100 % of 5 &lt; 6"));
    assertFalse(html.contains("alert(1)</script>"));
    assertTrue(html.contains("<pre>uniem images=&quot;a b&quot; &gt; log</pre>"));
  }

  @Test
  void scoresAndObjectsAppearAsNumbers() {
    String html =
        new HtmlReport("t", "s")
            .scores(
                List.of(
                    new HtmlReport.Score("Jaccard", 0.87654, "", "Overlap."),
                    new HtmlReport.Score("VI", 1.5, "bits", "Lower is better."),
                    new HtmlReport.Score("Rand", Double.NaN, "", "Pairs.")))
            .objects(
                List.of(
                    new HtmlReport.ObjectRow(
                        7,
                        125000,
                        new double[] {800, 1600, 300},
                        new long[] {3, 4, 5},
                        new long[] {30, 40, 15},
                        "false")),
                VOXELS)
            .toHtml();
    assertTrue(html.contains("<b>0.877</b>"));
    assertTrue(html.contains("<b>1.500 bits</b>"));
    assertTrue(html.contains("<b>undefined</b>"));
    assertTrue(html.contains("125,000"));
    // 125000 voxels of 8 x 8 x 30 nm are 0.24 cubic micrometres.
    assertTrue(html.contains("0.2400"));
    assertTrue(html.contains("3–30, 4–40, 5–15"));
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    SlicePictures pictures = new SlicePictures(20, 10, new float[200]);
    String html =
        new HtmlReport("t", "s")
            .pictures(List.of(new HtmlReport.Panel("EM", pictures.image())), VOXELS, "One slice.")
            .probabilityKey()
            .toHtml();
    assertTrue(html.contains("src=\"data:image/png;base64,"));
    assertFalse(html.contains("http:") || html.contains("https:"));
  }

  @Test
  void fileAppearsWholeAndReplacesTheOld(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("Bericht ü 報告.html");
    new HtmlReport("old", "s").write(file);
    HtmlReport report = new HtmlReport("new", "s");
    report.write(file);
    assertEquals(report.toHtml(), Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void placeBelowAFileIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("none"), "a file").resolve("report.html");
    OutputException failure =
        assertThrows(OutputException.class, () -> new HtmlReport("t", "s").write(file));
    assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
  }

  @Test
  void objectColoursDependOnTheIdAlone() {
    assertEquals(SlicePictures.colour(5), SlicePictures.colour(5));
    assertNotEquals(SlicePictures.colour(5), SlicePictures.colour(6));
    SlicePictures pictures = new SlicePictures(2, 1, new float[] {0, 1});
    assertEquals(
        SlicePictures.colour(5), pictures.objects(new long[] {5, 0}).getRGB(0, 0) & 0xffffff);
  }

  @Test
  void truthIsDrawnAsOutline() {
    float[] image = new float[49];
    image[0] = 1;
    long[] ids = new long[49];
    for (int y = 1; y < 6; y++) {
      for (int x = 1; x < 6; x++) {
        ids[7 * y + x] = 1;
      }
    }
    var picture = new SlicePictures(7, 7, image).truth(ids);
    assertNotEquals(picture.getRGB(1, 1), picture.getRGB(3, 3));
    assertEquals(picture.getRGB(6, 6), picture.getRGB(3, 3));
  }

  @Test
  void sliceOfAnotherSizeIsRefused() {
    SlicePictures pictures = new SlicePictures(4, 4, new float[16]);
    assertThrows(BadInputException.class, () -> pictures.probability(new float[15]));
  }

  @Test
  void scaleBarIsRoundAndAboutAQuarterWide() {
    ScaleBar bar = ScaleBar.of(256, VOXELS);
    assertEquals("500 nm", bar.text());
    assertEquals(500 / 2048.0, bar.share(), 1e-9);
  }

  @Test
  void plotOfNothingSaysSo() {
    assertTrue(plot(false).toSvg().contains("No values"));
    assertTrue(plot(false, Double.NaN).toSvg().contains("No values"));
    assertTrue(plot(true, 0, -1).toSvg().contains("No values"));
  }

  @Test
  void onePointIsADot() {
    String svg = plot(false, 0.5).toSvg();
    assertTrue(svg.contains("<circle"), svg);
    assertFalse(svg.contains("NaN"), svg);
  }

  @Test
  void gapsAreLeftWhereValuesAreMissing() {
    String svg = plot(true, 1, 0.5, Double.NaN, 0.25, 0.125).toSvg();
    assertEquals(2, svg.split("<polyline", -1).length - 1);
    assertFalse(svg.contains("NaN"), svg);
  }

  private static LinePlot plot(boolean logarithmic, double... values) {
    double[] x = new double[values.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return new LinePlot(
        "Loss", "Step", "Loss", logarithmic, List.of(new LinePlot.Series("a", x, values, false)));
  }
}
