package org.uniem.commands.postprocess;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.InputVolumes;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.job.Job;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.watershed.MapWatershedOptions;
import org.uniem.postprocess.watershed.MapWatershedOptions.Mode;
import org.uniem.postprocess.watershed.VolumeWatershed;
import org.uniem.volumes.ProbabilityMap;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/** Divides a map of boundaries or objects into single objects by a watershed. */
@Plugin(
    type = Command.class,
    name = "watershed",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Post-processing", weight = 3, mnemonic = 'o'),
      @Menu(label = "Watershed...", weight = 1, mnemonic = 'w')
    },
    headless = true,
    description = "Divides a map of boundaries or objects into single objects by a watershed")
public class Watershed extends UniEmCommand {

  private static final String BOUNDARY = "boundary";
  private static final String DISTANCE = "distance";

  @Parameter(
      label = ParameterTexts.DATA_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String dataHeading = "";

  @Parameter(
      label = "Probability map",
      description =
          "folder of slices, TIFF stack or OME-Zarr, 8-bit (255 = 1), 16-bit (65535 = 1) or float",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Mode",
      description =
          "boundary: high values are boundaries, the map is flooded; distance: high values are"
              + " objects, the distance to their border is flooded",
      choices = {BOUNDARY, DISTANCE},
      persist = false)
  String mode = BOUNDARY;

  @Parameter(
      label = "Seeds",
      description = "labels from where to flood, 0 elsewhere; empty = peaks of the distance",
      required = false,
      persist = false,
      style = CommandParameters.VOLUME)
  File seeds;

  @Parameter(
      label = "Mask",
      description = "objects may be where this is not 0; empty = everywhere",
      required = false,
      persist = false,
      style = CommandParameters.VOLUME)
  File mask;

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

  @Parameter(
      label = "<html><b>Objects</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String objectsHeading = "";

  @Parameter(
      label = "Threshold",
      description = "probability that divides boundary and object",
      min = "0",
      max = "1",
      stepSize = "0.05",
      persist = false)
  double threshold = 0.5;

  @Parameter(
      label = "Height of peaks",
      description =
          "a peak of the distance that stands out by more than this, in voxels, is an object",
      min = "0",
      persist = false)
  double h = 1;

  @Parameter(
      label = "Smoothing (voxels)",
      description = "sigma of the Gaussian on the distance before peaks are sought; 0 = none",
      min = "0",
      max = "1000",
      persist = false)
  double smoothing = 1;

  @Parameter(
      label = "Smallest object (voxels)",
      description = "smaller objects go to the neighbours they are flooded from, or vanish",
      min = "0",
      persist = false)
  long minVoxels = 0;

  @Parameter(
      label = "Connectivity",
      description = "neighbours: 6, 18 or 26 in 3D, 4 or 8 in each slice alone",
      choices = {"6", "18", "26", "4", "8"},
      persist = false)
  String connectivity = "6";

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
    return "-watershed.tif";
  }

  @Override
  protected List<ResultView> views() {
    return ObjectFiles.views(output.toPath());
  }

  @Override
  protected Path execute(Job job) {
    try (Volume maps = calibrated(openGrey("images", images), voxelSize);
        Volume given = CommandParameters.isGiven(seeds) ? openGrey("seeds", seeds) : null;
        Volume inside = CommandParameters.isGiven(mask) ? openGrey("mask", mask) : null) {
      // Given seeds are flooded over heights of any range.
      Volume heights =
          given != null && mode.equals(BOUNDARY) ? maps : ProbabilityMap.of("images", maps, job);
      MapWatershedOptions options =
          new MapWatershedOptions(
              mode.equals(BOUNDARY) ? Mode.BOUNDARY : Mode.DISTANCE,
              threshold * maps.pixelType().fullScale(),
              h,
              smoothing,
              Connectivity.of(Integer.parseInt(connectivity)),
              minVoxels,
              maps.voxelSize());
      InputVolumes.requireMap("images", heights);
      VolumeWatershed.Result found =
          new VolumeWatershed(heights, Optional.ofNullable(given), Optional.ofNullable(inside))
              .segment(options, job);
      ObjectFiles.write(
          output.toPath(),
          VolumeSizes.of(maps).dimensionsAsLongArray(),
          found.largest(),
          maps.voxelSize(),
          found.slices());
      job.message(found.count() + " objects found.");
      return output.toPath();
    }
  }
}
