package org.uniem.commands.postprocess;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.job.Job;
import org.uniem.postprocess.agglomeration.GraphOptions;
import org.uniem.postprocess.agglomeration.MulticutOptions;
import org.uniem.postprocess.agglomeration.MulticutSegmentation;
import org.uniem.postprocess.agglomeration.RegionGraph;
import org.uniem.postprocess.agglomeration.SegmentTable;
import org.uniem.volumes.ProbabilityMap;
import org.uniem.volumes.Volume;

/** Divides an over-segmentation into objects by multicut. */
@Plugin(
    type = Command.class,
    name = "multicut",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Post-processing", weight = 3, mnemonic = 'o'),
      @Menu(label = "Multicut...", weight = 3, mnemonic = 'm')
    },
    headless = true,
    description = "Joins the regions of an over-segmentation to objects by multicut")
public class Multicut extends RegionParameters {

  private static final String KERNIGHAN_LIN = "kernighan-lin";

  @Parameter(
      label = "Boundary bias (beta)",
      description = "prior probability of a boundary: above 0.5 fewer regions are joined",
      min = "0.001",
      max = "0.999",
      stepSize = "0.05",
      persist = false)
  double beta = 0.5;

  @Parameter(
      label = "Weigh by contact",
      description = "regions that share many voxel faces count as many times",
      persist = false)
  boolean weighByContact = true;

  @Parameter(
      label = "Solver",
      description = "kernighan-lin improves what greedy finds",
      choices = {KERNIGHAN_LIN, "greedy"},
      persist = false)
  String solver = KERNIGHAN_LIN;

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
  }

  @Override
  protected String outputEnding() {
    return "-multicut.tif";
  }

  @Override
  protected List<ResultView> views() {
    return ObjectFiles.views(output.toPath());
  }

  @Override
  protected Path execute(Job job) {
    MulticutOptions options =
        new MulticutOptions(beta, weighByContact, solver.equals(KERNIGHAN_LIN));
    try (Volume regions = calibrated(openLabels("labels", labels), voxelSize);
        Volume maps = open(images)) {
      RegionInput input =
          new RegionInput(
              regions, ProbabilityMap.of("images", maps, job), offsets, invert, connectivity);
      RegionGraph graph = input.graph(GraphOptions.MEANS, job);
      SegmentTable segments = MulticutSegmentation.segments(graph, options, job);
      input.write(segments, output.toPath(), job);
      return output.toPath();
    }
  }
}
