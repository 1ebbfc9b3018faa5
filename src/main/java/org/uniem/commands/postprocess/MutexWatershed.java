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
import org.uniem.postprocess.affinities.MutexLabels;
import org.uniem.postprocess.affinities.MutexOptions;
import org.uniem.postprocess.affinities.MutexSegmentation;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.volumes.ProbabilityMap;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/** Makes objects of short- and long-range affinities by mutex watershed. */
@Plugin(
    type = Command.class,
    name = "mutex-watershed",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Post-processing", weight = 3, mnemonic = 'o'),
      @Menu(label = "Mutex Watershed...", weight = 4, mnemonic = 'x')
    },
    headless = true,
    description = "Makes objects of short- and long-range affinities, without seeds or thresholds")
public class MutexWatershed extends UniEmCommand {

  @Parameter(
      label = "Affinities",
      description =
          "one map per offset: probability that a voxel and the one at the offset belong together;"
              + " 8-bit (255 = 1), 16-bit (65535 = 1) or float",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Offsets of affinities",
      description =
          "x,y,z in voxels for each map, for example 1,0,0 0,1,0 0,0,1 9,0,0 0,9,0; those of one"
              + " voxel attract, longer ones repel",
      persist = false)
  String offsets = "";

  @Parameter(
      label = "Bright is apart",
      description = "the maps are bright where voxels do not belong together",
      persist = false)
  boolean invert = false;

  @Parameter(
      label = "Mask",
      description = "image that is not 0 where objects are; empty = everywhere",
      style = CommandParameters.VOLUME,
      required = false,
      persist = false)
  File mask;

  @Parameter(
      label = "Strides of repulsion",
      description =
          "x,y,z: longer offsets are used at every so many voxels, which takes less time and memory;"
              + " empty = at all",
      required = false,
      persist = false)
  String strides = "";

  @Parameter(
      label = "Random strides",
      description = "draws as many pairs at random instead of from a regular grid",
      persist = false)
  boolean randomStrides = false;

  @Parameter(label = "Seed", description = "the same seed draws the same pairs", persist = false)
  long seed = 1;

  @Parameter(
      label = "Smallest object (voxels)",
      description = "objects with fewer voxels are left out",
      min = "0",
      persist = false)
  long minVoxels = 0;

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
    Offset.parse(offsets);
    options();
  }

  private MutexOptions options() {
    return new MutexOptions(1, 1, 1, randomStrides, seed, minVoxels).withStrides(strides);
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
    try (Volume maps = calibrated(open(images), voxelSize)) {
      MutexLabels objects =
          segment(ProbabilityMap.of("images", maps, job), Offset.parse(offsets), job);
      ObjectFiles.write(output.toPath(), maps, objects.count(), objects.slices(), job);
      job.message(
          objects.count() + " objects found, " + objects.removed() + " smaller ones left out.");
      return output.toPath();
    }
  }

  private MutexLabels segment(Volume maps, List<Offset> steps, Job job) {
    RegionInput.requireOffsets(maps, steps);
    List<SliceReader> affinities = RegionInput.readers(maps, invert);
    FinalDimensions size = VolumeSizes.of(maps);
    if (!CommandParameters.isGiven(mask)) {
      return MutexSegmentation.segment(affinities, steps, size, options(), job);
    }
    try (Volume inside = openGrey("mask", mask)) {
      VolumeSizes.requireSame("images", maps, "mask", inside);
      return MutexSegmentation.segment(
          affinities, steps, size, options(), SliceReader.of(inside, 0), job);
    }
  }
}
