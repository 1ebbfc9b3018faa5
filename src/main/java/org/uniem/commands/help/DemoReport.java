package org.uniem.commands.help;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.uniem.annotation.ObjectTable;
import org.uniem.commands.execution.Provenance;
import org.uniem.commands.progress.ConsoleProgress;
import org.uniem.commands.report.HtmlReport;
import org.uniem.commands.report.HtmlReport.Panel;
import org.uniem.commands.report.HtmlReport.Tile;
import org.uniem.commands.report.SlicePictures;
import org.uniem.job.BadInputException;
import org.uniem.metrics.ObjectMatches;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** The HTML page that shows what the demo did, where it is right and where it errs. */
final class DemoReport {

  private static final long[] SHOWN = {8, 16, 23};

  /** Errors shown as pictures, and the size of those. */
  private static final int MOST_ERRORS = 8;

  private static final int CUT = 96;
  private static final int MAGNIFIED = 2;

  private final DemoFiles files;
  private final List<Long> painted;
  private final LossCurve curve;
  private final Instant started;

  /**
   * @param files the demo's results
   * @param painted the slices that were trained on
   * @param curve the course of the training
   * @param started when the demo began
   */
  DemoReport(DemoFiles files, List<Long> painted, LossCurve curve, Instant started) {
    this.files = files;
    this.painted = painted;
    this.curve = curve;
    this.started = started;
  }

  /**
   * Writes the page.
   *
   * @param lines the command lines that repeat the steps
   */
  void write(List<HtmlReport.Command> lines) {
    JsonObject semantic = scores(files.scores(false));
    JsonObject instance = scores(files.scores(true));
    DemoObjects objects = new DemoObjects(files, painted);
    ObjectMatches matches = objects.matches();
    int right = matches.right().size();
    int truth = right + matches.missedIds().size();
    HtmlReport report =
        new HtmlReport(
            "UNI-EM demo: mitochondria from three painted slices", summary(right, truth, matches));
    report.byline(byline());
    report.tiles(
        List.of(
            new Tile(right + matches.falseIds().size(), "found", ""),
            new Tile(truth, "are there", ""),
            new Tile(right, "right", "right"),
            new Tile(matches.falseIds().size(), "false", "false"),
            new Tile(matches.missedIds().size(), "missed", "missed")));
    pictures(report, objects);
    errors(report, objects);
    scoreTable(report, semantic, instance);
    report.section("Training", "The loss falls as the network learns; its axis is logarithmic.");
    report.plot(curve.lossPlot(), "Loss of the training and on the part kept for validation.");
    report.plot(curve.scorePlot(), "Foreground Jaccard index on the part kept for validation.");
    objects(report, objects);
    report.section(
        "Repeat it", "Each step by itself; put in your own images and labels to work on them.");
    report.commands(lines);
    report.write(files.report());
  }

  private String summary(int right, int truth, ObjectMatches matches) {
    return String.format(
        Locale.ROOT,
        "A network saw slices %s of 24 (counted from 0) for %d steps, then looked for mitochondria"
            + " in all of them. On the %d slices that it had not seen it found %d of %d, missed %d"
            + " and took %d other %s for one.",
        String.join(", ", painted.stream().map(String::valueOf).toList()),
        curve.steps(),
        24 - painted.size(),
        right,
        truth,
        matches.missedIds().size(),
        matches.falseIds().size(),
        matches.falseIds().size() == 1 ? "spot" : "spots");
  }

  private String byline() {
    return String.format(
        Locale.ROOT,
        "UNI-EM %s · %s · took %s · %s %s, Java %s, %d processors",
        Provenance.version(),
        DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault())
            .format(started),
        ConsoleProgress.duration(Duration.between(started, Instant.now()).toMillis() / 1000.0),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version().feature(),
        Runtime.getRuntime().availableProcessors());
  }

  private void pictures(HtmlReport report, DemoObjects objects) {
    report.section(
        "Slices",
        "Slices that the network had not seen. The last picture compares objects with the truth.");
    report.key(
        List.of(
            new HtmlReport.KeyColour(SlicePictures.RIGHT, "in both"),
            new HtmlReport.KeyColour(SlicePictures.FALSE, "found, but not true"),
            new HtmlReport.KeyColour(SlicePictures.MISSED, "true, but not found")));
    try (Volume images = Volumes.open(files.images());
        Volume probability = Volumes.open(files.probability())) {
      float scale = (float) probability.pixelType().fullScale();
      for (long z : SHOWN) {
        SlicePictures pictures = pictures(images, z);
        float[] share = slice(probability, z);
        for (int i = 0; i < share.length; i++) {
          share[i] /= scale;
        }
        report.pictures(
            List.of(
                new Panel("EM", pictures.image()),
                new Panel("Probability", pictures.probability(share)),
                new Panel("Objects", pictures.objects(objects.found(z))),
                new Panel("Compared", pictures.comparison(objects.found(z), objects.truth(z)))),
            images.voxelSize(),
            "Slice " + z + " (counted from 0).");
      }
    }
    report.probabilityKey();
  }

  private static SlicePictures pictures(Volume images, long z) {
    return new SlicePictures((int) images.width(), (int) images.height(), slice(images, z));
  }

  private void errors(HtmlReport report, DemoObjects objects) {
    List<DemoObjects.Place> errors = objects.errors();
    if (errors.isEmpty()) {
      return;
    }
    report.section(
        "Where it errs",
        "Objects that match no true one, and true ones that no object matches: they match where"
            + " half of what either of them fills is filled by both. The largest first, each in the"
            + " slice where it is largest.");
    List<Panel> panels = new ArrayList<>();
    try (Volume images = Volumes.open(files.images())) {
      for (DemoObjects.Place error : errors.subList(0, Math.min(MOST_ERRORS, errors.size()))) {
        BufferedImage whole =
            pictures(images, error.z())
                .comparison(objects.found(error.z()), objects.truth(error.z()));
        panels.add(
            new Panel(
                (error.isFalse() ? "false: object " : "missed: true object ")
                    + error.id()
                    + ", "
                    + error.voxels()
                    + " voxels, slice "
                    + error.z(),
                SlicePictures.cut(whole, error.x(), error.y(), CUT, MAGNIFIED)));
      }
    }
    VoxelSize voxel = objects.voxelSize();
    report.pictures(
        panels,
        new VoxelSize(voxel.x() / MAGNIFIED, voxel.y() / MAGNIFIED, voxel.z(), voxel.unit()),
        errors.size() > MOST_ERRORS
            ? "Not shown, as they are smaller: " + (errors.size() - MOST_ERRORS) + "."
            : "These are all.");
  }

  private static void scoreTable(HtmlReport report, JsonObject semantic, JsonObject instance) {
    report.section("Scores", "On the slices that were not trained on, against the ground truth.");
    report.scores(
        List.of(
            score(
                semantic,
                "jaccard",
                "Jaccard index",
                "",
                "of voxels: those found and true / those found or true; 1 is best"),
            score(
                semantic,
                "dice",
                "Dice coefficient",
                "",
                "of voxels: twice those in both / the sum of both; 1 is best"),
            score(
                semantic, "precision", "Precision", "", "share of the found voxels that are right"),
            score(semantic, "recall", "Recall", "", "share of the true voxels that were found"),
            score(
                instance,
                "averagePrecision50",
                "Average precision at 0.5",
                "",
                "of objects: right / (right + false + missed), matched from an overlap of 0.5 on; 1"
                    + " is best"),
            score(
                instance,
                "rand",
                "Rand score",
                "",
                "of pairs of voxels: whether they are one object in both; 1 is best"),
            score(
                instance,
                "viSplit",
                "Splits",
                "bits",
                "variation of information of true objects that fell apart; 0 is best"),
            score(
                instance,
                "viMerge",
                "Mergers",
                "bits",
                "variation of information of true objects that became one; 0 is best")));
  }

  private static void objects(HtmlReport report, DemoObjects objects) {
    ObjectTable table = objects.table();
    List<HtmlReport.ObjectRow> rows = new ArrayList<>();
    for (long id = 1; id <= table.largestId(); id++) {
      if (table.voxels(id) > 0) {
        rows.add(
            new HtmlReport.ObjectRow(
                id,
                table.voxels(id),
                table.centroid(id),
                table.min(id),
                table.max(id),
                verdict(objects.matches(), id)));
      }
    }
    report.section(
        "Objects",
        rows.size() + " objects in all slices, also in objects-objects.csv, and what they are.");
    report.objects(rows, objects.voxelSize());
  }

  private static String verdict(ObjectMatches matches, long id) {
    ObjectMatches.Match match = matches.right().get(id);
    if (match != null) {
      return String.format(Locale.ROOT, "true object %d, overlap %.2f", match.truth(), match.iou());
    }
    return matches.falseIds().contains(id) ? "false" : "in painted slices alone";
  }

  private static float[] slice(Volume volume, long z) {
    float[] values = new float[Math.toIntExact(volume.width() * volume.height())];
    volume.readSlice(z, 0, values);
    return values;
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
