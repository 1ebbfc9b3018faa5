package org.uniem.commands.floodfilling;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.event.EventService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.NetworkCommand;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.parameters.Axes;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.joining.Reconciliation;
import org.uniem.floodfilling.joining.ReconciliationOptions;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.floodfilling.subvolumes.FillingInput;
import org.uniem.floodfilling.subvolumes.SegmentationFolder;
import org.uniem.floodfilling.subvolumes.SubvolumeFilling;
import org.uniem.floodfilling.subvolumes.SubvolumeOptions;
import org.uniem.job.Job;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.floodfilling.FloodFillingNetwork;
import org.uniem.viewers.filling.FillingPreview;
import org.uniem.volumes.Volume;

/** Grows labelled objects with a flood-filling network. */
@Plugin(
    type = Command.class,
    name = "ffn-segment",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Flood Filling", weight = 2, mnemonic = 'f'),
      @Menu(label = "Segment...", weight = 2, mnemonic = 's')
    },
    headless = true,
    description = "Segments a stack into objects with a flood-filling network")
public class FfnSegment extends NetworkCommand {

  private static final String AUTO = "auto";

  @Parameter(required = false)
  private EventService eventService;

  @Parameter(
      label = ParameterTexts.DATA_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String dataHeading = "";

  @Parameter(
      label = "Images",
      description = "folder of slices, TIFF stack or OME-Zarr, grey",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Model",
      description = "model folder made by ffn-import or ffn-train",
      style = "directory")
  File model;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description = ParameterTexts.LABELS_OUTPUT_IS,
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Mask",
      description = "stack of the same size; everything but 0 is left out; empty for none",
      style = CommandParameters.VOLUME,
      required = false,
      persist = false)
  File mask;

  @Parameter(
      label = "<html><b>Seeds</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String seedsHeading = "";

  @Parameter(
      label = "Seeds",
      description =
          "peaks: between the edges of the image, as published; slice-peaks: the same in each"
              + " slice; grid, slice-grid: regular; points: from the file below, or selected in the"
              + " image or the ROI Manager",
      choices = {"peaks", "slice-peaks", "grid", "slice-grid", FillingSeeds.POINTS},
      persist = false)
  String seeds = "peaks";

  @Parameter(
      label = "Points",
      description = "text file with x,y,z in voxels per line; empty = those selected in ImageJ",
      style = "open",
      required = false,
      persist = false)
  File points;

  @Parameter(
      label = "Reverse order",
      description = "tries the seeds from the last to the first, for a consensus",
      persist = false)
  boolean reverse = false;

  @Parameter(
      label = "Fill empty space",
      description = "tries the middle of what is still free at the end",
      persist = false)
  boolean fillEmpty = false;

  @Parameter(
      label = "Mirror",
      description =
          "the stack goes on beyond its faces as in a mirror, so that objects at the rim are found:"
              + " xy, xyz (also before the first and behind the last slice) or none; auto = as the"
              + " network was trained",
      choices = {AUTO, "none", "xy", "xyz"},
      persist = false)
  String mirror = AUTO;

  @Parameter(
      label = "<html><b>Objects</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String objectsHeading = "";

  @Parameter(
      label = "Smallest object (voxels)",
      description = "objects with fewer voxels are rejected",
      min = "0",
      persist = false)
  int minVoxels = FillingOptions.PUBLISHED.minSegmentVoxels();

  @Parameter(
      label = "Boundary distance",
      description = "seeds this close to an object are skipped, in voxels, x,y,z or one number",
      style = CommandParameters.ADVANCED,
      persist = false)
  String boundaryDistance = "1,1,1";

  @Parameter(
      label = "Disco threshold",
      description =
          "from this share of likely voxels on, unlikely ones in the field of view stay so",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "-1=never"),
      persist = false)
  double discoThreshold = FillingOptions.PUBLISHED.discoThreshold();

  @Parameter(
      label = "Move threshold",
      description = "probability from which on the field of view moves there",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=of the model"),
      persist = false)
  double moveThreshold = 0;

  @Parameter(
      label = "Segment threshold",
      description = "probability from which on a voxel belongs to an object",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=of the model"),
      persist = false)
  double segmentThreshold = 0;

  @Parameter(
      label = "<html><b>Subvolumes</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String subvolumesHeading = "";

  @Parameter(
      label = "Subvolume",
      description =
          "size of the parts that are segmented one by one, in voxels, x,y,z or one number; empty ="
              + " as large as memory allows",
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String subvolume = "";

  @Parameter(
      label = "Overlap",
      description =
          "of neighbouring subvolumes in voxels, x,y,z or one number; empty = one field of view",
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String overlap = "";

  @Parameter(
      label = "Subvolumes at a time",
      description = "how many share the network; the result is the same",
      min = "1",
      max = "256",
      style = CommandParameters.ADVANCED,
      persist = false)
  int parallel = 1;

  @Parameter(
      label = "Memory (MB)",
      description = "what subvolumes may take together",
      min = "0",
      max = "16777216",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=60 % of Java's memory"),
      persist = false)
  long memory = 0;

  @Parameter(
      label = ParameterTexts.COMPUTE_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String computeHeading = "";

  @Parameter(
      label = "Batch",
      description = "fields of view that the network looks at together; the result is the same",
      min = "1",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int batch = 1;

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String voxelSize = "";

  @Parameter(
      label = ParameterTexts.DEVICE,
      description = ParameterTexts.DEVICE_IS,
      choices = {"auto", "cpu", "gpu"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String device = "auto";

  @Parameter(
      label = ParameterTexts.THREADS,
      description = ParameterTexts.THREADS_IS,
      attrs = @Attr(name = CommandParameters.WORD, value = ParameterTexts.ALL_THREADS),
      min = "1",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int threads = 0;

  @Parameter(
      label = "Show objects growing",
      description = "in an application with windows; costs nothing once its window is closed",
      persist = false)
  boolean preview = true;

  @Parameter(label = ParameterTexts.ADVANCED_BUTTON, callback = "showAdvanced", required = false)
  private Button advanced;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected void checkParameters() {
    Axes.parse("boundaryDistance", boundaryDistance);
    if (!subvolume.isBlank()) {
      Axes.parse("subvolume", subvolume);
    }
    if (!overlap.isBlank()) {
      Axes.parse("overlap", overlap);
    }
    FillingSeeds.check(seeds, points, images);
    ObjectFiles.requireFree(output.toPath());
  }

  @Override
  protected void begins() {
    Path parts = FillingSpace.subvolumesOf(output.toPath());
    if (seeds.equals(FillingSeeds.POINTS) && !CommandParameters.isGiven(points)) {
      points = FillingSeeds.store(images, parts);
    }
    if (preview && eventService != null) {
      eventService.publish(new FillingEvent(parts, true));
    }
  }

  @Override
  protected void ends() {
    if (output != null && eventService != null) {
      eventService.publish(new FillingEvent(FillingSpace.subvolumesOf(output.toPath()), false));
    }
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
    TensorFlowRuntime runtime = tensorFlow();
    try (Volume stack = calibrated(openGrey("images", images), voxelSize);
        Volume excluded = CommandParameters.isGiven(mask) ? openGrey("mask", mask) : null;
        FloodFillingNetwork network =
            new FloodFillingNetwork(ModelFolder.open(model.toPath()), runtime);
        FillingPreview shown =
            new FillingPreview(FillingSpace.subvolumesOf(output.toPath()), job::message)) {
      job.device(runtime.describe());
      job.message("Segmenting on " + runtime.describe() + ".");
      SegmentationFolder parts =
          SubvolumeFilling.fill(
              new FillingInput(stack, 0, Optional.ofNullable(excluded), mirroring(network)),
              network.model(stack, job),
              FillingSeeds.policy(seeds, points, reverse, fillEmpty),
              options(network.options()),
              division(stack, network),
              FillingSpace.subvolumesOf(output.toPath()),
              shown,
              job);
      Reconciliation whole = Reconciliation.of(parts, ReconciliationOptions.DEFAULT, job);
      ObjectFiles.write(
          output.toPath(),
          parts.grid().volume(),
          whole.count(),
          stack.voxelSize(),
          sink -> whole.write(sink, job));
      job.message(whole.count() + " objects found in " + parts.grid().count() + " subvolumes.");
      return output.toPath();
    }
  }

  private Mirroring mirroring(FloodFillingNetwork network) {
    return mirror.equals(AUTO) ? network.settings().mirroring() : Mirroring.parse(mirror);
  }

  private SubvolumeOptions division(Volume stack, FloodFillingNetwork network) {
    long bytes = FillingSpace.bytes(memory);
    long[] volume = {stack.width(), stack.height(), stack.depth()};
    int[] border = mirroring(network).border(Mirroring.reach(network.fieldOfView()));
    Extent size =
        subvolume.isBlank()
            ? SubvolumeOptions.largestSize(volume, border, bytes, parallel)
            : FillingSpace.extent("subvolume", subvolume);
    Extent shared =
        overlap.isBlank()
            ? Extent.of(network.fieldOfView())
            : FillingSpace.extent("overlap", overlap);
    return new SubvolumeOptions(size, shared, parallel, bytes);
  }

  private FillingOptions options(FillingOptions wish) {
    return new FillingOptions(
        wish.padProbability(),
        wish.seedProbability(),
        moveThreshold == 0 ? wish.moveProbability() : moveThreshold,
        segmentThreshold == 0 ? wish.segmentProbability() : segmentThreshold,
        minVoxels,
        discoThreshold,
        FillingSpace.extent("boundaryDistance", boundaryDistance),
        batch);
  }
}
