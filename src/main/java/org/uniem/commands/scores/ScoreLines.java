package org.uniem.commands.scores;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Scores as lines for people, the most telling first. */
final class ScoreLines {

  /** Key, name and what it means. */
  private record Line(String key, String name, String meaning) {}

  private static final List<Line> LINES =
      List.of(
          new Line("jaccard", "Jaccard index", "voxels found in both / in either, 1 is best"),
          new Line("dice", "Dice coefficient", "twice what is in both / both sums, 1 is best"),
          new Line("precision", "precision", "share of what was found that is right"),
          new Line("recall", "recall", "share of what is true that was found"),
          new Line("meanIou", "mean IoU", "mean of the classes, the background too, 1 is best"),
          new Line("accuracy", "accuracy", "voxels of the right class, the background too"),
          new Line("rand", "Rand F", "pairs of voxels that are rightly one object, 1 is best"),
          new Line("viSplit", "splits", "variation of information in bits, 0 is best"),
          new Line("viMerge", "mergers", "variation of information in bits, 0 is best"),
          new Line("averagePrecision50", "average precision", "of objects at IoU 0.5, 1 is best"),
          new Line("averagePrecision75", "the same at 0.75", "outlined more exactly"),
          new Line("vRand", "V-Rand", "foreground-restricted Rand after thinning, 1 is best"),
          new Line("vInfo", "V-Info", "information score after thinning, 1 is best"),
          new Line("bestThreshold", "best threshold", "of those tried"),
          new Line("expectedRunLength", "expected run length", "in the unit of the voxel size"),
          new Line("normalizedRunLength", "of the possible", "1 is best"));

  private ScoreLines() {}

  /**
   * The lines.
   *
   * @param scores by their report keys, null where undefined or not of the mode
   */
  static List<String> of(Map<String, Object> scores) {
    List<String> lines = new ArrayList<>();
    if (scores.get("truthObjects") instanceof Number truth
        && scores.get("segmentationObjects") instanceof Number found
        && scores.get("matched50") instanceof Number matched) {
      lines.add(
          String.format(
              Locale.ROOT,
              "Objects: %d found, %d true; %d match at IoU 0.5, %d are false, %d are missed.",
              found.longValue(),
              truth.longValue(),
              matched.longValue(),
              found.longValue() - matched.longValue(),
              truth.longValue() - matched.longValue()));
    }
    for (Line line : LINES) {
      if (scores.get(line.key()) instanceof Number score) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-20s %9s  %s",
                line.name(),
                text(score.doubleValue()),
                line.meaning()));
      }
    }
    return lines;
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.4f" : "%.1f", value);
  }
}
