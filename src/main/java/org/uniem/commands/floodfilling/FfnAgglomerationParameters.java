package org.uniem.commands.floodfilling;

import java.io.File;
import org.scijava.ItemVisibility;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.Button;
import org.uniem.commands.execution.NetworkCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.agglomeration.DecisionOptions;
import org.uniem.floodfilling.agglomeration.MergeCriteria;
import org.uniem.floodfilling.agglomeration.RegrowthOptions;
import org.uniem.volumes.VoxelSize;

/** What can be set for an agglomeration, in the order of the dialog. */
abstract class FfnAgglomerationParameters extends NetworkCommand {

  /** Where nothing else is said, gaps of up to twice this many voxels are looked at. */
  private static final int USUAL_DISTANCE_VOXELS = 10;

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
      label = "Segmentation",
      description = "label stack of the same size, for example of ffn-segment or ffn-consensus",
      style = CommandParameters.VOLUME)
  File segmentation;

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
      label = "Table of merges",
      description = "new CSV file that can be edited and applied again; empty = beside the output",
      style = "save",
      required = false,
      persist = false)
  File table;

  @Parameter(
      label = "<html><b>Pairs</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String pairsHeading = "";

  @Parameter(
      label = "Largest distance",
      description = "from either object to the middle of the gap, in the unit of the voxel size",
      min = "0",
      attrs =
          @Attr(name = CommandParameters.WORD, value = "0=10 times the shortest edge of a voxel"),
      persist = false)
  double maxDistance = 0;

  @Parameter(
      label = "Smallest object (voxels)",
      description = "smaller objects are not merged",
      min = "0",
      persist = false)
  long minVoxels = 0;

  @Parameter(
      label = "<html><b>Merged if</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String criteriaHeading = "";

  @Parameter(
      label = "Overlap above",
      description = "intersection over union of what grew from either object",
      min = "0",
      max = "1",
      persist = false)
  double minIou = MergeCriteria.PUBLISHED.minIou();

  @Parameter(
      label = "Part of each above",
      description = "that grew again, from either object",
      min = "0",
      max = "1",
      persist = false)
  double minConsistency = MergeCriteria.PUBLISHED.minConsistency();

  @Parameter(
      label = "Taken back below",
      description = "part of what grew from one of them that became unlikely again on the way",
      min = "0",
      persist = false)
  double maxDeleted = MergeCriteria.PUBLISHED.maxDeleted();

  @Parameter(
      label = "<html><b>Growing anew</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String growingHeading = "";

  @Parameter(
      label = "Radius",
      description = "voxels around the point between both that are looked at, x,y,z or one number",
      style = CommandParameters.ADVANCED,
      persist = false)
  String radius = RegrowthOptions.PUBLISHED.radius().toString();

  @Parameter(
      label = "Analysis radius",
      description = "voxels around it in which the result is compared, x,y,z or one number",
      style = CommandParameters.ADVANCED,
      persist = false)
  String analysisRadius = RegrowthOptions.PUBLISHED.analysisRadius().toString();

  @Parameter(
      label = "Attempts",
      description = "seeds tried in each object",
      min = "1",
      max = "1000",
      style = CommandParameters.ADVANCED,
      persist = false)
  int attempts = RegrowthOptions.PUBLISHED.attempts();

  @Parameter(
      label = "Exclusion",
      description = "voxels around a failed seed in which no other is tried, x,y,z or one number",
      style = CommandParameters.ADVANCED,
      persist = false)
  String exclusion = RegrowthOptions.PUBLISHED.exclusion().toString();

  @Parameter(
      label = "Recovery",
      description = "part of its object that a good attempt gives back",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double recovery = RegrowthOptions.PUBLISHED.recovery();

  @Parameter(
      label = "Mask threshold",
      description = "probability from which on voxels are compared",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double maskThreshold = RegrowthOptions.PUBLISHED.maskProbability();

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
      description = "probability from which on a voxel counts as recovered",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=of the model"),
      persist = false)
  double segmentThreshold = 0;

  @Parameter(
      label = ParameterTexts.COMPUTE_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String computeHeading = "";

  @Parameter(
      label = "Pairs at a time",
      description = "how many share the network; the result is the same",
      min = "1",
      max = "256",
      style = CommandParameters.ADVANCED,
      persist = false)
  int parallel = 1;

  @Parameter(
      label = "Batch",
      description = "fields of view that the network looks at together; the result is the same",
      min = "1",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int batch = 1;

  @Parameter(
      label = "Memory (MB)",
      description = "what pairs and blocks may take together",
      min = "0",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=60 % of Java's memory"),
      persist = false)
  long memory = 0;

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

  @Parameter(label = ParameterTexts.ADVANCED_BUTTON, callback = "showAdvanced", required = false)
  private Button advanced;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  /** Which pairs are looked at. */
  DecisionOptions candidates(VoxelSize size) {
    double shortest = Math.min(size.x(), Math.min(size.y(), size.z()));
    double distance = maxDistance == 0 ? USUAL_DISTANCE_VOXELS * shortest : maxDistance;
    return new DecisionOptions(distance, minVoxels, FillingSpace.bytes(memory));
  }

  /** Which of them are merged. */
  MergeCriteria criteria() {
    return new MergeCriteria(minIou, minConsistency, maxDeleted);
  }

  /** How masks grow, where the parameters do not leave it to the model. */
  FillingOptions filling(FillingOptions wish) {
    return new FillingOptions(
        wish.padProbability(),
        wish.seedProbability(),
        moveThreshold == 0 ? wish.moveProbability() : moveThreshold,
        segmentThreshold == 0 ? wish.segmentProbability() : segmentThreshold,
        wish.minSegmentVoxels(),
        discoThreshold,
        wish.minBoundaryDistance(),
        batch);
  }

  /** How objects are grown anew. */
  RegrowthOptions growing(FillingOptions filling) {
    return new RegrowthOptions(
        FillingSpace.extent("radius", radius),
        FillingSpace.extent("analysisRadius", analysisRadius),
        attempts,
        FillingSpace.extent("exclusion", exclusion),
        recovery,
        maskThreshold,
        filling);
  }
}
