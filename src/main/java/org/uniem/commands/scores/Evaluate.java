package org.uniem.commands.scores;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.imglib2.Dimensions;
import net.imglib2.FinalDimensions;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.commands.parameters.SliceSelection;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.metrics.ContingencyTable;
import org.uniem.metrics.ContingencyTables;
import org.uniem.metrics.Foreground;
import org.uniem.metrics.InstanceScores;
import org.uniem.metrics.ProbabilityMask;
import org.uniem.metrics.SemanticScores;
import org.uniem.metrics.Skeleton;
import org.uniem.metrics.SkeletonScores;
import org.uniem.metrics.ThinnedScores;
import org.uniem.metrics.TruthBorders;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.ProbabilityMap;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.ThresholdWatch;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;
import org.uniem.volumes.VoxelSize;

/** Scores a segmentation against ground truth; JSON keys are those of the scores' own classes. */
@Plugin(
    type = Command.class,
    name = "evaluate",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Evaluation", weight = 5, mnemonic = 'e'),
      @Menu(label = "Evaluate...", weight = 0, mnemonic = 'e')
    },
    headless = true,
    description = "Scores a segmentation against ground truth and writes JSON and CSV")
public class Evaluate extends UniEmCommand {

  private static final String SEMANTIC = "semantic";
  private static final String INSTANCE = "instance";
  private static final String ISBI = "isbi";
  private static final String SKELETON = "skeleton";

  private static final String CALIBRATED = "calibrated";
  private static final String VOXELS = "voxels";

  /** Thresholds that a scan tries, in hundredths. */
  private static final int SCAN_STEP = 5;

  @Parameter(
      label = ParameterTexts.DATA_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String dataHeading = "";

  @Parameter(
      label = "Segmentation",
      description = "labels, classes, or a probability map with a threshold",
      style = CommandParameters.VOLUME)
  File segmentation;

  @Parameter(
      label = "Ground truth",
      description =
          "labels of the same size, 0 = background; for mode=skeleton an SWC file, or a folder of"
              + " one per neuron",
      style = CommandParameters.VOLUME)
  File truth;

  @Parameter(
      label = "Report",
      description = "name of the JSON file; a CSV file of the same name is written beside it",
      style = "save",
      persist = false)
  File report;

  @Parameter(
      label = "<html><b>Scores</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String scoresHeading = "";

  @Parameter(
      label = "Mode",
      description =
          "semantic compares classes voxel by voxel, instance compares objects, isbi compares"
              + " cells slice by slice after their borders were thinned, skeleton follows neurons"
              + " drawn as lines through objects",
      choices = {SEMANTIC, INSTANCE, ISBI, SKELETON},
      persist = false)
  String mode = SEMANTIC;

  @Parameter(
      label = "Foreground",
      description =
          "voxels that count for Rand scores and variation of information: truth = with an object"
              + " in the truth (as in the papers); singles = the same, but each that the"
              + " segmentation leaves out is an object of its own (SNEMI3D); in both; or all",
      choices = {"truth", "singles", "both", "all"},
      persist = false)
  String foreground = "truth";

  @Parameter(
      label = "Threshold",
      description =
          "probability from which on a voxel counts as foreground, if the segmentation is a probability map",
      min = "0",
      max = "1",
      stepSize = "0.05",
      attrs = @Attr(name = CommandParameters.WORD, value = "-1=none: labels"),
      persist = false)
  double threshold = -1;

  @Parameter(
      label = "Scan thresholds",
      description =
          "for mode=isbi: tries 0.05, 0.1 … 0.95 on a probability map and reports the best vRand",
      persist = false)
  boolean scan = false;

  @Parameter(
      label = "Map of membranes",
      description = "for mode=isbi: the probability map is of the membranes, not of the cells",
      persist = false)
  boolean membranes = false;

  @Parameter(
      label = "Border",
      description =
          "for mode=instance: objects of the truth are cut away up to this far from a border in"
              + " the slice, in the unit of the voxel size; 25 (nm) for the CREMI score",
      min = "0",
      style = CommandParameters.ADVANCED,
      persist = false)
  double border = 0;

  @Parameter(
      label = "Coordinates of skeletons",
      description =
          "calibrated: in the unit of the voxel size from the corner of the first voxel, as"
              + " skeletonize writes them; voxels: numbers of voxels, the first one 0,0,0",
      choices = {CALIBRATED, VOXELS},
      style = CommandParameters.ADVANCED,
      persist = false)
  String coordinates = CALIBRATED;

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      persist = false)
  String voxelSize = "";

  @Parameter(
      label = "Slices (from 0)",
      description = "slices that are compared, counted from 0, for example 0-4,9; empty for all",
      required = false,
      persist = false)
  String slices = "";

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected void checkParameters() {
    checkThreshold();
    if (border > 0 && !mode.equals(INSTANCE)) {
      throw new BadParameterException(
          "Parameter border is for mode=instance, found mode=" + mode + ".");
    }
    if (mode.equals(SKELETON) && !slices.isBlank()) {
      throw new BadParameterException(
          "Parameter slices is not for mode=skeleton: neurons run through slices.");
    }
    if (coordinates.equals(VOXELS) && !mode.equals(SKELETON)) {
      throw new BadParameterException(
          "Parameter coordinates is for mode=skeleton, found mode=" + mode + ".");
    }
    ScoreFiles.of(report).requireFree();
  }

  private void checkThreshold() {
    if (threshold < 0 && threshold != -1) {
      throw new BadParameterException(
          "Parameter threshold="
              + threshold
              + " is out of range: give 0 to 1, or nothing for labels.");
    }
    if ((scan || membranes) && !mode.equals(ISBI)) {
      throw new BadParameterException(
          "Parameters scan and membranes are for mode=isbi, found mode=" + mode + ".");
    }
    if (scan && threshold >= 0) {
      throw new BadParameterException("Give either threshold=" + threshold + " or scan=true.");
    }
    if (membranes && !scan && threshold < 0) {
      throw new BadParameterException(
          "Parameter membranes is for a probability map: give a threshold or scan=true too.");
    }
    if (threshold >= 0 && (mode.equals(INSTANCE) || mode.equals(SKELETON))) {
      throw new BadParameterException(
          "Parameter threshold is for mode=semantic: label the probability map with label-objects"
              + " first, then evaluate its labels with mode="
              + mode
              + ".");
    }
  }

  @Override
  protected String outputEnding() {
    return "-scores.json";
  }

  @Override
  protected List<ResultView> views() {
    return List.of(new ResultView(ResultView.Kind.TABLE, ScoreFiles.of(report).csv()));
  }

  @Override
  protected Path execute(Job job) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("mode", mode);
    content.put("foreground", foreground);
    content.put("threshold", threshold < 0 ? null : threshold);
    content.put("segmentation", segmentation.toString());
    content.put("truth", truth.toString());
    content.putAll(mode.equals(SKELETON) ? skeletonScores(job) : scores(job));
    ScoreLines.of(content).forEach(job::message);
    return ScoreFiles.of(report).write(content);
  }

  private Map<String, Object> scores(Job job) {
    try (Volume found = openGrey("segmentation", segmentation);
        Volume expected = openGrey("truth", truth)) {
      VolumeSizes.requireSame("segmentation", found, "truth", expected);
      List<Long> chosen = SliceSelection.parse("slices", slices, found.depth());
      FinalDimensions size = new FinalDimensions(found.width(), found.height(), chosen.size());
      LabelSlices objects = select(LabelSlices.of(expected, 0), chosen);
      if (threshold < 0 && !scan) {
        return ofLabels(
            found, expected, select(LabelSlices.of(found, 0), chosen), objects, size, job);
      }
      Comparison.requireLabels("truth", expected);
      Volume map = ProbabilityMap.of("segmentation", found, job);
      if (scan) {
        return scanned(map, chosen, objects, size, job);
      }
      ThresholdWatch watch = new ThresholdWatch("segmentation", map, threshold);
      LabelSlices mask = mask(watch.over(selected(map, chosen)), map, size, threshold);
      Map<String, Object> scores =
          mode.equals(ISBI)
              ? ThinnedScores.of(mask, objects, size, job).asMap()
              : SemanticScores.ofMasks(ContingencyTables.count(mask, objects, size, job)).asMap();
      watch.report(job);
      return scores;
    }
  }

  private Map<String, Object> ofLabels(
      Volume found,
      Volume expected,
      LabelSlices segments,
      LabelSlices objects,
      FinalDimensions size,
      Job job) {
    return switch (mode) {
      case ISBI -> {
        Comparison.requireLabels("segmentation", found);
        Comparison.requireLabels("truth", expected);
        yield ThinnedScores.of(segments, objects, size, job).asMap();
      }
      case INSTANCE -> {
        Comparison.requireObjects(found, expected, job);
        ContingencyTable table =
            ContingencyTables.count(segments, withoutBorders(expected, objects, size), size, job);
        yield InstanceScores.of(table, Foreground.of(foreground)).asMap();
      }
      default -> {
        Comparison comparison = Comparison.ofVoxels(found, expected, job);
        ContingencyTable table = ContingencyTables.count(segments, objects, size, job);
        yield (comparison == Comparison.MASKS
                ? SemanticScores.ofMasks(table)
                : SemanticScores.ofClasses(table))
            .asMap();
      }
    };
  }

  private LabelSlices withoutBorders(Volume expected, LabelSlices objects, FinalDimensions size) {
    if (border == 0) {
      return objects;
    }
    VoxelSize voxel = calibrated(expected, voxelSize).voxelSize();
    return TruthBorders.without(objects, size, voxel.x(), voxel.y(), border);
  }

  private Map<String, Object> skeletonScores(Job job) {
    try (Volume found = calibrated(openGrey("segmentation", segmentation), voxelSize)) {
      VoxelSize voxel = found.voxelSize();
      List<Skeleton> skeletons =
          new TruthSkeletons(voxel, coordinates.equals(VOXELS)).read(truth.toPath());
      FinalDimensions size = VolumeSizes.of(found);
      return SkeletonScores.of(skeletons, LabelSlices.of(found, 0), size, voxel, job).asMap();
    }
  }

  private Map<String, Object> scanned(
      Volume map, List<Long> chosen, LabelSlices objects, Dimensions size, Job job) {
    ThinnedScores best = null;
    double at = Double.NaN;
    for (int hundredths = SCAN_STEP; hundredths < 100; hundredths += SCAN_STEP) {
      LabelSlices cells = mask(selected(map, chosen), map, size, hundredths / 100.0);
      ThinnedScores next = ThinnedScores.of(cells, objects, size, job);
      if (best == null || next.vRand() > best.vRand()) {
        best = next;
        at = hundredths / 100.0;
      }
    }
    Map<String, Object> scores = new LinkedHashMap<>(best.asMap());
    scores.put("bestThreshold", at);
    return scores;
  }

  /** What a probability map has above a threshold, or below it where it is of the membranes. */
  private LabelSlices mask(SliceReader probabilities, Volume map, Dimensions size, double bound) {
    LabelSlices mask = ProbabilityMask.of(probabilities, size, map.pixelType(), bound);
    if (!membranes) {
      return mask;
    }
    return (z, target) -> {
      mask.read(z, target);
      for (int i = 0; i < target.length; i++) {
        target[i] = 1 - target[i];
      }
    };
  }

  private static SliceReader selected(Volume map, List<Long> chosen) {
    return (z, target) -> map.readSlice(chosen.get((int) z), 0, target);
  }

  private static LabelSlices select(LabelSlices slices, List<Long> chosen) {
    return (z, target) -> slices.read(chosen.get((int) z), target);
  }
}
