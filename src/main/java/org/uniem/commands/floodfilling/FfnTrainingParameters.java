package org.uniem.commands.floodfilling;

import java.io.File;
import java.util.List;
import org.scijava.ItemVisibility;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.Button;
import org.uniem.commands.execution.NetworkCommand;
import org.uniem.commands.parameters.Axes;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.floodfilling.training.Variation;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.floodfilling.MaskTrainingOptions;
import org.uniem.networks.floodfilling.MaskTrainingOptions.Examples;
import org.uniem.networks.floodfilling.MaskTrainingOptions.Holdout;
import org.uniem.networks.floodfilling.MaskTrainingOptions.Movement;
import org.uniem.networks.floodfilling.MaskTrainingOptions.Network;
import org.uniem.networks.floodfilling.MaskTrainingOptions.Update;
import org.uniem.networks.floodfilling.UpdateRule;
import org.uniem.networks.training.run.TrainingLimits;

/** What can be set for the training of a flood-filling network, in the order of the dialog. */
abstract class FfnTrainingParameters extends NetworkCommand {

  private static final double MINUTES_IF_NO_LIMIT = 60;

  /** Time between checkpoints. */
  double checkpointSeconds = 300;

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
      label = "Labels",
      description = "stack of the same size: 0 = background, each other value one object",
      style = CommandParameters.VOLUME)
  File labels;

  @Parameter(
      label = "Model",
      description = "new folder for the model, or that of the training to resume",
      style = "save",
      persist = false)
  File model;

  @Parameter(
      label = "Mask",
      description = "stack of the same size; everything but 0 is left out; empty for none",
      style = CommandParameters.VOLUME,
      required = false,
      persist = false)
  File mask;

  @Parameter(
      label = "<html><b>Network</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String networkHeading = "";

  @Parameter(
      label = "Preset",
      description =
          "isotropic: field of view 33,33,33, deltas 8,8,8, depth 12; anisotropic, for thick"
              + " slices: 33,33,17, 8,8,4, 9; the small ones learn on a processor: 13,13,13, 3,3,3,"
              + " 5 and 17,17,7, 4,4,2, 5",
      choices = {"isotropic", "anisotropic", "small", "small-anisotropic"},
      persist = false)
  String preset = "isotropic";

  @Parameter(
      label = "Depth",
      description = "residual modules",
      min = "1",
      max = "1000",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=as the preset says"),
      persist = false)
  int depth = 0;

  @Parameter(
      label = "Features",
      description = "channels between the layers",
      min = "1",
      max = "1024",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=as the preset says"),
      persist = false)
  int features = 0;

  @Parameter(
      label = "Field of view",
      description = "voxels, x,y,z, each odd, or one number; empty = as the preset says",
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String fov = "";

  @Parameter(
      label = "Deltas",
      description =
          "voxels the field of view moves at a time, x,y,z, or one number; empty = as the preset"
              + " says",
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String deltas = "";

  @Parameter(
      label = "<html><b>Training</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String trainingHeading = "";

  @Parameter(
      label = "Steps",
      description = "ends after so many steps",
      min = "1",
      max = "16777216",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=no limit"),
      persist = false)
  long steps = 0;

  @Parameter(
      label = "Minutes",
      description = "ends after so many minutes",
      min = "0",
      max = "1000000",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=no limit, or 60 without steps"),
      persist = false)
  double minutes = 0;

  @Parameter(
      label = "Smallest object (voxels)",
      description = "objects with fewer voxels are not learnt; presets: 10000, small ones 500",
      min = "1",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=as the preset says"),
      persist = false)
  long minObjectVoxels = 0;

  @Parameter(
      label = "Augmentation",
      description = "all, none, or some of reflect,swap,jitter,misalign,missing",
      persist = false)
  String augmentation = Variation.PUBLISHED.toString();

  @Parameter(
      label = "Mirror",
      description =
          "the stack goes on beyond its faces as in a mirror, for stacks too small for the field of"
              + " view: xy, xyz (also before the first and behind the last slice) or none",
      choices = {"none", "xy", "xyz"},
      persist = false)
  String mirror = Mirroring.NONE.toString();

  @Parameter(
      label = "Movement",
      description =
          "fixed: through all neighbouring places in one order; following: where the mask grows, as"
              + " in segmentation",
      choices = {"fixed", "following"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String movement = "fixed";

  @Parameter(
      label = "Moves",
      description = "how many deltas the field of view gets away from the centre of an example",
      min = "0",
      max = "16",
      style = CommandParameters.ADVANCED,
      persist = false)
  int moves = 1;

  @Parameter(
      label = "Optimiser",
      description = "adam learns fastest; sgd is what the published networks were trained with",
      choices = {"adam", "sgd", "momentum"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String optimiser = "adam";

  @Parameter(
      label = "Learning rate",
      description = "of the optimiser; presets: 0.001, small ones 0.002",
      min = "0",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=as the preset says"),
      persist = false)
  double learningRate = 0;

  @Parameter(
      label = "Learning rate schedule",
      description =
          "cosine: falls towards the end; constant: as for the published networks; auto: as the"
              + " preset says, cosine for small ones",
      choices = {"auto", "cosine", "constant"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String schedule = "auto";

  @Parameter(
      label = "Batch size",
      description = "examples that are learnt from at a time; presets: 4, small ones 12",
      min = "1",
      max = "1024",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=as the preset says"),
      persist = false)
  int batchSize = 0;

  @Parameter(
      label = "Validation share",
      description = "share of the volume that is kept and segmented to choose the best weights",
      min = "0",
      max = "0.9",
      persist = false)
  double validationFraction = 0.2;

  @Parameter(
      label = "Steps between validations",
      description = "how often the kept part is segmented",
      min = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  int validateEvery = 1000;

  @Parameter(
      label = "Pad probability",
      description =
          "what the network is told of voxels not visited yet; presets: 0.05, small ones 0.5",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=as the preset says"),
      persist = false)
  double padProbability = 0;

  @Parameter(
      label = "Seed probability",
      description = "what it is told of the voxel an object starts from",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double seedProbability = FloodFillingSettings.DEFAULT_SEED;

  @Parameter(
      label = "Move threshold",
      description =
          "probability from which on the field of view moves there; presets: 0.9, small ones 0.6",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=as the preset says"),
      persist = false)
  double moveThreshold = 0;

  @Parameter(
      label = "Segment threshold",
      description = "probability from which on a voxel belongs to the finished object",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double segmentThreshold = FloodFillingSettings.DEFAULT_SEGMENT;

  @Parameter(
      label = "Seed",
      description = "fixes first weights, examples and augmentation",
      style = CommandParameters.ADVANCED,
      persist = false)
  long seed = 1;

  @Parameter(
      label = "Resume",
      description = "goes on with the training in the model folder",
      persist = false)
  boolean resume = false;

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String voxelSize = "";

  @Parameter(
      label = ParameterTexts.COMPUTE_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String computeHeading = "";

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

  /**
   * What the parameters say together.
   *
   * @throws BadParameterException if they do not fit
   */
  MaskTrainingOptions options() {
    FfnPreset chosen = FfnPreset.of(preset);
    FfnPreset.Size size = chosen.size();
    FfnPreset.Learning learning = chosen.learning();
    return new MaskTrainingOptions(
        new Network(depth > 0 ? depth : size.depth(), features > 0 ? features : size.features()),
        floodFilling(chosen),
        new Movement(moves, movement.equals("following")),
        new Update(
            UpdateRule.of(optimiser),
            learningRate == 0 ? learning.rate() : learningRate,
            schedule.equals("auto") ? learning.cosine() : schedule.equals("cosine"),
            batchSize == 0 ? learning.batch() : batchSize),
        new Examples(
            minObjectVoxels == 0 ? learning.smallestObject() : minObjectVoxels,
            Variation.parse(augmentation)),
        new Holdout(validationFraction, validateEvery),
        new TrainingLimits(steps, steps == 0 && minutes == 0 ? MINUTES_IF_NO_LIMIT : minutes),
        checkpointSeconds,
        seed);
  }

  private FloodFillingSettings floodFilling(FfnPreset chosen) {
    List<Integer> field = fov.isBlank() ? chosen.size().field() : Axes.parse("fov", fov);
    List<Integer> move = deltas.isBlank() ? chosen.size().deltas() : Axes.parse("deltas", deltas);
    try {
      return new FloodFillingSettings(
          field,
          move,
          padProbability == 0 ? chosen.learning().pad() : padProbability,
          seedProbability,
          moveThreshold == 0 ? chosen.learning().move() : moveThreshold,
          segmentThreshold,
          mirror);
    } catch (BadInputException e) {
      throw new BadParameterException(e.getMessage(), e);
    }
  }
}
