package org.uniem.commands.postprocess;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.FinalDimensions;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
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
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.labelling.LabellingOptions;
import org.uniem.postprocess.labelling.StackObjects;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.ProbabilityMap;
import org.uniem.volumes.ProbabilitySlices;
import org.uniem.volumes.ThresholdWatch;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/** Turns a probability map or labels of any size into labelled objects and a table of them. */
@Plugin(
    type = Command.class,
    name = "label-objects",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Post-processing", weight = 3, mnemonic = 'o'),
      @Menu(label = "Label Objects...", weight = 0, mnemonic = 'l')
    },
    headless = true,
    description = "Labels the connected objects of a probability map and measures them")
public class LabelObjects extends UniEmCommand {

  private static final String PROBABILITY = "probability";
  private static final String LABELS = "labels";
  private static final String RENUMBER = "renumber";

  @Parameter(
      label = "Probability map or labels",
      description =
          "folder of slices, TIFF stack or OME-Zarr, 8-bit (255 = 1), 16-bit (65535 = 1) or float",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Mode",
      description =
          "what is an object: probability: connected voxels from the threshold on; labels: connected"
              + " voxels of one label; renumber: all voxels of one label",
      choices = {PROBABILITY, LABELS, RENUMBER},
      persist = false)
  String mode = PROBABILITY;

  @Parameter(
      label = "Threshold",
      description = "probability from which on a voxel belongs to an object; not for labels",
      min = "0",
      max = "1",
      stepSize = "0.05",
      persist = false)
  double threshold = 0.5;

  @Parameter(
      label = "Connectivity",
      description =
          "neighbours that belong together: 6, 18 or 26 in 3D, 4 or 8 in each slice alone",
      choices = {"6", "18", "26", "4", "8"},
      persist = false)
  String connectivity = "6";

  @Parameter(
      label = "Smallest object (voxels)",
      description = "objects with fewer voxels are left out",
      min = "0",
      persist = false)
  long minVoxels = 0;

  @Parameter(
      label = "Largest object (voxels)",
      description = "objects with more voxels are left out",
      min = "1",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=no limit"),
      persist = false)
  long maxVoxels = 0;

  @Parameter(
      label = "Remove at border",
      description =
          "leave out objects that reach the sides of the images or, in 3D, the first or last slice",
      persist = false)
  boolean removeBorder = false;

  @Parameter(
      label = "Fill holes",
      description = "background that one object encloses becomes part of it",
      persist = false)
  boolean fillHoles = false;

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
    return "-labels.tif";
  }

  @Override
  protected List<ResultView> views() {
    return ObjectFiles.views(output.toPath());
  }

  @Override
  protected Path execute(Job job) {
    try (Volume maps = calibrated(openGrey("images", images), voxelSize)) {
      FinalDimensions size = VolumeSizes.of(maps);
      StackObjects objects = find(maps, size, job);
      ObjectFiles.write(
          output.toPath(),
          size.dimensionsAsLongArray(),
          objects.count(),
          maps.voxelSize(),
          sink -> objects.write(sink, job));
      job.message(
          objects.count()
              + " objects found, "
              + objects.removed()
              + " "
              + leftOut()
              + " left out.");
      return output.toPath();
    }
  }

  private StackObjects find(Volume maps, FinalDimensions size, Job job) {
    LabellingOptions options =
        new LabellingOptions(
            threshold * maps.pixelType().fullScale(),
            Connectivity.of(Integer.parseInt(connectivity)),
            minVoxels,
            maxVoxels == 0 ? Long.MAX_VALUE : maxVoxels,
            removeBorder,
            fillHoles);
    if (mode.equals(PROBABILITY)) {
      Volume map = ProbabilityMap.of("images", maps, job);
      ThresholdWatch watch = new ThresholdWatch("images", map, threshold);
      StackObjects objects =
          StackObjects.find(watch.over(ProbabilitySlices.stored(map, 0)), size, options, job);
      watch.report(job);
      return objects;
    }
    // Any of 64 bits: labels are told apart here, never put in order.
    LabelSlices labels = (z, target) -> maps.readLabels(z, 0, target);
    return mode.equals(LABELS)
        ? StackObjects.findPieces(labels, size, options, job)
        : StackObjects.findWhole(labels, size, options, job);
  }

  private String leftOut() {
    return maxVoxels == 0 && !removeBorder ? "smaller ones" : "others";
  }
}
