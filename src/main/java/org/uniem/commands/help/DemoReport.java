package org.uniem.commands.help;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.uniem.annotation.ObjectTable;
import org.uniem.commands.report.HtmlReport;
import org.uniem.commands.report.SlicePictures;
import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** The HTML page that shows what the demo did. */
final class DemoReport {

  private static final long[] SHOWN = {8, 16, 23};

  private final DemoFiles files;
  private final String painted;
  private final LossCurve curve;

  /**
   * @param files the demo's results
   * @param painted the slices that were trained on
   * @param curve the course of the training
   */
  DemoReport(DemoFiles files, String painted, LossCurve curve) {
    this.files = files;
    this.painted = painted;
    this.curve = curve;
  }

  /**
   * Writes the page.
   *
   * @param lines the command lines that repeat the steps
   */
  void write(List<HtmlReport.Command> lines) {
    JsonObject semantic = scores(files.scores(false));
    JsonObject instance = scores(files.scores(true));
    HtmlReport report =
        new HtmlReport(
            "UNI-EM demo: mitochondria from three painted slices",
            String.format(
                Locale.ROOT,
                "A network saw slices %s of 24 for %d steps, then found the mitochondria in all of"
                    + " them. On the slices it had not seen, its foreground Jaccard index is %.3f:"
                    + " 1 would be perfect.",
                painted,
                curve.steps(),
                number(semantic, "jaccard")));
    report.section("Training", "The loss falls as the network learns; its axis is logarithmic.");
    report.plot(curve.lossPlot(), "Loss of the training and on the part kept for validation.");
    report.plot(curve.scorePlot(), "Foreground Jaccard index on the part kept for validation.");
    pictures(report);
    report.section("Scores", "On the slices that were not trained on, against the ground truth.");
    report.scores(
        List.of(
            score(semantic, "jaccard", "Jaccard index", "", "voxels found in both / in either"),
            score(semantic, "dice", "Dice coefficient", "", "overlap, 1 is best"),
            score(
                semantic, "precision", "Precision", "", "share of the found voxels that are right"),
            score(semantic, "recall", "Recall", "", "share of the true voxels that were found"),
            score(instance, "rand", "Rand score", "", "objects told apart, 1 is best"),
            score(instance, "viSplit", "Splits", "bits", "variation of information, 0 is best"),
            score(instance, "viMerge", "Mergers", "bits", "variation of information, 0 is best"),
            score(
                instance,
                "averagePrecision50",
                "Average precision 0.5",
                "",
                "objects that match")));
    objects(report);
    report.section(
        "Repeat it", "Each step by itself; put in your own images and labels to work on them.");
    report.commands(lines);
    report.write(files.report());
  }

  private void pictures(HtmlReport report) {
    report.section("Slices", "Slices that the network had not seen.");
    try (Volume images = Volumes.open(files.images());
        Volume probability = Volumes.open(files.probability());
        Volume objects = Volumes.open(files.objects());
        Volume truth = Volumes.open(files.truth())) {
      float scale = (float) probability.pixelType().fullScale();
      for (long z : SHOWN) {
        SlicePictures pictures =
            new SlicePictures((int) images.width(), (int) images.height(), slice(images, z));
        float[] share = slice(probability, z);
        for (int i = 0; i < share.length; i++) {
          share[i] /= scale;
        }
        report.pictures(
            List.of(
                new HtmlReport.Panel("EM", pictures.image()),
                new HtmlReport.Panel("Probability", pictures.probability(share)),
                new HtmlReport.Panel("Objects", pictures.objects(ids(objects, z))),
                new HtmlReport.Panel("Ground truth", pictures.truth(ids(truth, z)))),
            images.voxelSize(),
            "Slice " + z + " (counted from 0).");
      }
    }
    report.probabilityKey();
  }

  private void objects(HtmlReport report) {
    try (Volume labels = Volumes.open(files.objects())) {
      ObjectTable table = new ObjectTable(labels.width(), labels.voxelSize());
      for (long z = 0; z < labels.depth(); z++) {
        table.add(z, ids(labels, z));
      }
      List<HtmlReport.ObjectRow> rows = new ArrayList<>();
      for (long id = 1; id <= table.largestId(); id++) {
        if (table.voxels(id) > 0) {
          rows.add(
              new HtmlReport.ObjectRow(
                  id, table.voxels(id), table.centroid(id), table.min(id), table.max(id)));
        }
      }
      report.section("Objects", rows.size() + " mitochondria, also in objects-objects.csv.");
      report.objects(rows, labels.voxelSize());
    }
  }

  private static float[] slice(Volume volume, long z) {
    float[] values = new float[Math.toIntExact(volume.width() * volume.height())];
    volume.readSlice(z, 0, values);
    return values;
  }

  private static long[] ids(Volume volume, long z) {
    float[] values = slice(volume, z);
    long[] ids = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      ids[i] = (long) values[i];
    }
    return ids;
  }

  private static JsonObject scores(Path file) {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }

  private static double number(JsonObject scores, String key) {
    JsonElement value = scores.get(key);
    return value == null || value.isJsonNull() ? Double.NaN : value.getAsDouble();
  }

  private static HtmlReport.Score score(
      JsonObject scores, String key, String name, String unit, String help) {
    return new HtmlReport.Score(name, number(scores, key), unit, help);
  }
}
