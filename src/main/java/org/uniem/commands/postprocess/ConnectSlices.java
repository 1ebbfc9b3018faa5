package org.uniem.commands.postprocess;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.FinalDimensions;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.job.Job;
import org.uniem.postprocess.linking.LinkOptions;
import org.uniem.postprocess.linking.LinkedObjects;
import org.uniem.postprocess.linking.SliceLinking;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/** Links the objects of single slices to objects of the whole stack. */
@Plugin(
    type = Command.class,
    name = "connect-slices",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Post-processing", weight = 3, mnemonic = 'o'),
      @Menu(label = "Connect Slices...", weight = 5, mnemonic = 'c')
    },
    headless = true,
    description = "Links the objects of single slices to objects of the whole stack")
public class ConnectSlices extends UniEmCommand {

  private static final String OVERLAP = "overlap";

  @Parameter(
      label = "Objects of slices",
      description =
          "labels that count in each slice alone, for example of label-objects with"
              + " connectivity 4",
      style = CommandParameters.VOLUME)
  File labels;

  @Parameter(
      label = "Method",
      description = "overlap: objects may branch and merge; assignment: one partner at most",
      choices = {OVERLAP, "assignment"},
      persist = false)
  String method = OVERLAP;

  @Parameter(
      label = "Least overlap (IoU)",
      description = "intersection over union from which on two objects are linked",
      min = "0",
      max = "1",
      stepSize = "0.05",
      persist = false)
  double minIou = 0.3;

  @Parameter(
      label = "Least containment",
      description =
          "share of the smaller object on the larger one that suffices as well; below 1 neighbours"
              + " are soon linked through what lies on both; not for assignment",
      min = "0",
      max = "1",
      stepSize = "0.05",
      persist = false)
  double minContainment = 1;

  @Parameter(
      label = "Largest gap (slices)",
      description = "slices in a row that an object may be missing in",
      min = "0",
      max = "100",
      persist = false)
  int maxGap = 0;

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
    return "-connected.tif";
  }

  @Override
  protected List<ResultView> views() {
    return ObjectFiles.views(output.toPath());
  }

  @Override
  protected Path execute(Job job) {
    LinkOptions options =
        new LinkOptions(LinkOptions.Method.of(method), minIou, minContainment, maxGap);
    try (Volume stack = calibrated(openLabels("labels", labels), voxelSize)) {
      LabelSlices slices = LabelSlices.of(stack, 0);
      FinalDimensions size = VolumeSizes.of(stack);
      LinkedObjects objects = SliceLinking.link(slices, size, options, job);
      ObjectFiles.write(output.toPath(), stack, objects.count(), objects.relabel(slices), job);
      job.message(
          objects.sections() + " objects of slices linked to " + objects.count() + " objects.");
      return output.toPath();
    }
  }
}
