package org.uniem.commands.postprocess;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.dialogs.FormerLabels;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.postprocess.agglomeration.Agglomeration;
import org.uniem.postprocess.agglomeration.EdgeScore;
import org.uniem.postprocess.agglomeration.MergeTree;
import org.uniem.postprocess.agglomeration.RegionGraph;
import org.uniem.volumes.ProbabilityMap;
import org.uniem.volumes.Volume;

/** Joins the regions of an over-segmentation by their affinity. */
@Plugin(
    type = Command.class,
    name = "agglomerate",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Post-processing", weight = 3, mnemonic = 'o'),
      @Menu(label = "Agglomerate Fragments...", weight = 2, mnemonic = 'a')
    },
    headless = true,
    attrs = @Attr(name = FormerLabels.ATTRIBUTE, value = "Agglomerate..."),
    description = "Joins the regions of an over-segmentation by their affinity")
public class Agglomerate extends RegionParameters {

  private static final String MEAN = "mean";

  @Parameter(
      label = "Threshold",
      description = "affinity 0 to 1 down to which regions are joined: lower values join more",
      min = "0",
      max = "1",
      stepSize = "0.05",
      persist = false)
  double threshold = 0.5;

  @Parameter(
      label = "Affinity of two regions",
      description = "mean or median of the affinities where they meet; 1 less those of boundaries",
      choices = {MEAN, "median"},
      persist = false)
  String score = MEAN;

  @Parameter(
      label = "Connectivity",
      description = "regions that touch: 6 in 3D, 4 in each slice alone",
      choices = {"6", "4"},
      persist = false)
  String connectivity = "6";

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description = ParameterTexts.LABELS_OUTPUT_IS,
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      persist = false)
  String voxelSize = "";

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected void checkParameters() {
    ObjectFiles.requireFree(output.toPath());
    if (Paths.isTiff(output.toPath())) {
      Paths.requireFree("output", merges());
    }
  }

  /** Where the list of merges goes: it serves higher thresholds too. */
  private Path merges() {
    return Paths.companion(output.toPath(), "merges.csv");
  }

  @Override
  protected String outputEnding() {
    return "-agglomerated.tif";
  }

  @Override
  protected List<ResultView> views() {
    return ObjectFiles.views(output.toPath());
  }

  @Override
  protected Path execute(Job job) {
    EdgeScore affinity = score.equals(MEAN) ? EdgeScore.MEAN : EdgeScore.ofQuantile(0.5);
    try (Volume regions = calibrated(openLabels("labels", labels), voxelSize);
        Volume maps = open(images)) {
      RegionInput input =
          new RegionInput(
              regions, ProbabilityMap.of("images", maps, job), offsets, invert, connectivity);
      RegionGraph graph = input.graph(affinity.graphOptions(), job);
      MergeTree tree = Agglomeration.run(graph, affinity, threshold, job);
      input.write(tree.segments(threshold), output.toPath(), job);
      writeMerges(tree);
      return output.toPath();
    }
  }

  private void writeMerges(MergeTree tree) {
    try {
      WholeFile.writeText(merges(), tree.toCsv());
    } catch (OutputException e) {
      Paths.deleteAfter(e, ObjectFiles.table(output.toPath()));
      Paths.deleteAfter(e, output.toPath());
      throw e;
    }
  }
}
