package org.uniem.commands.objects;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.annotation.ObjectRuns;
import org.uniem.annotation.skeletons.TeasarOptions;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;

/** Writes the centre lines of objects. */
@Plugin(
    type = Command.class,
    name = "skeletonize",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Objects", weight = 3.5, mnemonic = 'j'),
      @Menu(label = "Skeletonize...", weight = 1, mnemonic = 's')
    },
    headless = true,
    description = "Writes the centre lines of objects with radii as SWC")
public class Skeletonize extends UniEmCommand {

  @Parameter(
      label = "Segmentation",
      description = "label stack, 0 = background",
      style = CommandParameters.VOLUME)
  File segmentation;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description =
          "new folder with a file per object, or a name ending in .swc for one file of all; a table"
              + " of the skeletons is in the folder or beside the file",
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Scale",
      description =
          "within scale x radius + constant of a branch there is no other; more = fewer branches",
      min = "0",
      stepSize = "0.5",
      persist = false)
  double scale = TeasarOptions.DEFAULT.scale();

  @Parameter(
      label = "Constant",
      description = "in the unit of the voxel size",
      min = "0",
      attrs =
          @Attr(name = CommandParameters.WORD, value = "-1=ten times the shortest edge of a voxel"),
      persist = false)
  double constant = TeasarOptions.DEFAULT.constant();

  @Parameter(
      label = "Penalty",
      description = "weight of keeping to the middle",
      min = "0",
      persist = false)
  double penalty = TeasarOptions.DEFAULT.penalty();

  @Parameter(
      label = "Exponent",
      description = "of the penalty; more = nearer to the middle",
      min = "1",
      max = "16",
      persist = false)
  int exponent = TeasarOptions.DEFAULT.exponent();

  @Parameter(
      label = "Smallest part (voxels)",
      description = "connected parts of objects with fewer voxels get no skeleton",
      min = "0",
      attrs =
          @Attr(
              name = CommandParameters.WORD,
              value = "-1=300, and a hundredth of the largest part"),
      persist = false)
  long minVoxels = TeasarOptions.DEFAULT.minVoxels();

  @Parameter(
      label = "Smoothing iterations",
      description = "0 leaves the vertices in the middle of voxels",
      min = "0",
      max = "1000",
      persist = false)
  int iterations = TeasarOptions.DEFAULT.smoothing();

  @Parameter(
      label = "Objects",
      description = "ids, for example 3,17,100-200; empty for all",
      required = false,
      persist = false)
  String ids = "";

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
    options();
    new IdSelection(ids);
    SkeletonFiles files = new SkeletonFiles(output.toPath());
    if (files.isSingle()) {
      Paths.requireFree("output", files.table());
    }
  }

  private TeasarOptions options() {
    return new TeasarOptions(scale, constant, penalty, exponent, minVoxels, iterations);
  }

  @Override
  protected String outputEnding() {
    return "-skeletons";
  }

  @Override
  protected List<ResultView> views() {
    Path table = new SkeletonFiles(output.toPath()).table();
    return List.of(new ResultView(ResultView.Kind.TABLE, table));
  }

  @Override
  protected Path execute(Job job) {
    try (Volume labels = measured(openLabels("segmentation", segmentation), voxelSize);
        ObjectRuns runs = ObjectRuns.find(labels, Optional.empty(), job)) {
      long[] chosen = new IdSelection(ids).of(runs.ids(), labels.name());
      int count = new SkeletonFiles(output.toPath()).write(runs, chosen, options(), job);
      job.message(count + " of " + chosen.length + " objects are large enough for a skeleton.");
      return output.toPath();
    }
  }
}
