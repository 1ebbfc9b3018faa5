package org.uniem.commands.networks;

import java.io.File;
import org.scijava.ItemVisibility;
import org.scijava.plugin.Parameter;
import org.scijava.widget.Button;
import org.scijava.widget.FileWidget;
import org.uniem.commands.execution.NetworkCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.networks.training.Augmentation;
import org.uniem.networks.training.TrainingOptions;

/** What can be set for a training, in the order of the dialog. */
abstract class TrainingParameters extends NetworkCommand {

  static final String AFFINITIES = "affinities";

  /** Neighbours, and pairs within a slice that are farther apart, in eight directions. */
  static final String DEFAULT_OFFSETS =
      "1,0,0 0,1,0 9,0,0 0,9,0 9,9,0 9,-9,0 9,4,0 4,9,0 4,-9,0 9,-4,0 27,0,0 0,27,0";

  private static final String CLASSES = "classes";

  @Parameter(
      label = ParameterTexts.DATA_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String dataHeading = "";

  @Parameter(
      label = "Images",
      description = "folder of slices, TIFF stack or OME-Zarr, grey or RGB",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Labels",
      description = "painted slices of the same size, names or numbers as the images",
      style = CommandParameters.VOLUME)
  File labels;

  @Parameter(
      label = "Model",
      description = "new folder that becomes the model, or that of an earlier training to resume",
      style = "save",
      persist = false)
  File model;

  @Parameter(
      label = "Labelled slices",
      description = "slices whose labels count, counted from 0, for example 0-4,9; empty for all",
      required = false,
      persist = false)
  String slices = "";

  @Parameter(
      label = "Unlabelled value",
      description =
          "label value of pixels that are ignored; -1 = as noted in the labels by Paint Labels,"
              + " else every pixel is labelled",
      min = "-1",
      max = "16777215",
      style = CommandParameters.ADVANCED,
      persist = false)
  int unlabelled = -1;

  @Parameter(
      label = "Classes",
      description =
          "foreground: every value but 0 is one class; values: each value is a class; auto: values"
              + " where Paint Labels noted several classes besides the background, else foreground",
      choices = {"auto", "foreground", "values"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String classes = "auto";

  @Parameter(
      label = "Target",
      description =
          "classes of pixels; or affinities: whether pairs of pixels are of one object, for"
              + " mutex-watershed",
      choices = {CLASSES, AFFINITIES},
      style = CommandParameters.ADVANCED,
      persist = false)
  String target = CLASSES;

  @Parameter(
      label = "Offsets of affinities",
      description =
          "x,y,z from one pixel of each pair to the other, one output map each, for example 1,0,0"
              + " 0,1,0 9,0,0 0,9,0; for target affinities",
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String offsets = DEFAULT_OFFSETS;

  @Parameter(
      label = "Neighbouring slices",
      description = "slices above and below that the network sees too, on each side",
      min = "0",
      max = "16",
      persist = false)
  int context = 0;

  @Parameter(
      label = "Distance of neighbours",
      description = "distance of the neighbouring slices from each other in slices",
      min = "1",
      max = "64",
      style = CommandParameters.ADVANCED,
      persist = false)
  int contextStep = 1;

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String voxelSize = "";

  @Parameter(
      label = "<html><b>Network</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String networkHeading = "";

  @Parameter(
      label = "Architecture",
      description = "compact-unet is fast on CPUs; further ones may come as plugins",
      choices = {"compact-unet", "unet", "resnet", "highwaynet", "densenet"},
      style = CommandParameters.EXTENSIBLE,
      persist = false)
  String architecture = TrainingOptions.DEFAULT.network().architecture();

  @Parameter(
      label = "Depth",
      description = "levels of compact-unet and unet; 0 = the architecture's default",
      min = "0",
      max = "255",
      style = CommandParameters.ADVANCED,
      persist = false)
  int depth = 0;

  @Parameter(
      label = "Width",
      description = "channels of the first level; 0 = the architecture's default",
      min = "0",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int width = 0;

  @Parameter(
      label = "Blocks",
      description = "blocks of resnet and densenet; 0 = the architecture's default",
      min = "0",
      max = "255",
      style = CommandParameters.ADVANCED,
      persist = false)
  int blocks = 0;

  @Parameter(
      label = "Units",
      description = "units of highwaynet; 0 = the architecture's default",
      min = "0",
      max = "255",
      style = CommandParameters.ADVANCED,
      persist = false)
  int units = 0;

  @Parameter(
      label = "Layers per block",
      description = "layers per block of densenet; 0 = the architecture's default",
      min = "0",
      max = "255",
      style = CommandParameters.ADVANCED,
      persist = false)
  int layers = 0;

  @Parameter(
      label = "Loss",
      description = "one of these, or in a macro several joined by +",
      choices = {
        "logistic+dice",
        "least-square",
        "softmax",
        "multi-label",
        "dice",
        "logistic",
        "hinge"
      },
      style = CommandParameters.ADVANCED + "," + CommandParameters.EXTENSIBLE,
      persist = false)
  String loss = TrainingOptions.DEFAULT.network().loss();

  @Parameter(
      label = "<html><b>Training</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String trainingHeading = "";

  @Parameter(
      label = "Steps",
      description = "ends after so many steps; 0 = no limit",
      min = "0",
      max = "16777216",
      persist = false)
  long steps = 0;

  @Parameter(
      label = "Minutes",
      description = "ends after so many minutes; 0 = no limit, or 10 if steps is 0 too",
      min = "0",
      max = "1000000",
      persist = false)
  double minutes = 0;

  @Parameter(
      label = "Seed",
      description = "fixes first weights, patches and augmentation",
      persist = false)
  long seed = TrainingOptions.DEFAULT.seed();

  @Parameter(
      label = "Resume",
      description = "goes on with the training in the model folder",
      persist = false)
  boolean resume = false;

  @Parameter(
      label = "Start from model",
      description =
          "model folder of the same network whose weights the training starts from; empty for"
              + " random ones",
      style = FileWidget.DIRECTORY_STYLE + "," + CommandParameters.ADVANCED,
      required = false,
      persist = false)
  File start;

  @Parameter(
      label = "Batch size",
      description = "patches per step",
      min = "1",
      max = "256",
      style = CommandParameters.ADVANCED,
      persist = false)
  int batchSize = TrainingOptions.DEFAULT.network().batchSize();

  @Parameter(
      label = "Patch size",
      description = "side of a patch in pixels, a multiple of what the architecture needs",
      min = "16",
      max = "4096",
      style = CommandParameters.ADVANCED,
      persist = false)
  int patchSize = TrainingOptions.DEFAULT.network().patchSize();

  @Parameter(
      label = "Learning rate",
      description = "of Adam at its highest; 0 = what suits the architecture (the papers': 2e-4)",
      min = "0",
      max = "10",
      stepSize = "0.0001",
      style = CommandParameters.ADVANCED,
      persist = false)
  double learningRate = 0;

  @Parameter(
      label = "Learning rate schedule",
      description =
          "cosine: falls towards the end; constant: as in the papers; auto: what suits the"
              + " architecture",
      choices = {"auto", "cosine", "constant"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String schedule = "auto";

  @Parameter(
      label = "Beta 1",
      description = "of Adam; -1 = what suits the architecture (the papers': 0.5)",
      min = "-1",
      max = "0.999999",
      style = CommandParameters.ADVANCED,
      persist = false)
  double beta1 = -1;

  @Parameter(
      label = "Beta 2",
      description = "of Adam; -1 = what suits the architecture (the papers': 0.999)",
      min = "-1",
      max = "0.999999999",
      style = CommandParameters.ADVANCED,
      persist = false)
  double beta2 = -1;

  @Parameter(
      label = "Weight decay",
      description = "per unit of learning rate; -1 = what suits the architecture (the papers': 0)",
      min = "-1",
      max = "10",
      style = CommandParameters.ADVANCED,
      persist = false)
  double weightDecay = -1;

  @Parameter(
      label = "Averaging of weights",
      description =
          "decay of the moving average that becomes the model, 0 = the last weights; -1 = what"
              + " suits the architecture (the papers': 0)",
      min = "-1",
      max = "0.999999",
      style = CommandParameters.ADVANCED,
      persist = false)
  double averageDecay = -1;

  @Parameter(
      label = "<html><b>Augmentation and validation</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String checksHeading = "";

  @Parameter(
      label = "Augmentation",
      description =
          "all, none, or a list of flips,rotations,scale,brightness,contrast,gamma,elastic,noise,"
              + "blur",
      style = CommandParameters.ADVANCED,
      persist = false)
  String augmentation = Augmentation.ALL.toString();

  @Parameter(
      label = "Validation share",
      description = "share of the labelled slices kept for validation; 0 = none",
      min = "0",
      max = "0.9",
      style = CommandParameters.ADVANCED,
      persist = false)
  double validationFraction = TrainingOptions.DEFAULT.holdout().fraction();

  @Parameter(
      label = "Steps between validations",
      description = "how often the network is validated",
      min = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  int validateEvery = TrainingOptions.DEFAULT.holdout().every();

  @Parameter(
      label = "Patience",
      description = "ends after so many validations without a better score; 0 = never",
      min = "0",
      style = CommandParameters.ADVANCED,
      persist = false)
  int patience = TrainingOptions.DEFAULT.holdout().patience();

  @Parameter(
      label = "Seconds between models",
      description = "saves the model so often while it trains, for previews; 0 = at the end alone",
      min = "0",
      max = "1000000",
      style = CommandParameters.ADVANCED,
      persist = false)
  double publishEvery = 0;

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
      min = "0",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int threads = 0;

  @Parameter(
      label = ParameterTexts.ADVANCED_BUTTON,
      callback = "showAdvanced",
      required = false,
      persist = false)
  private Button advanced;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;
}
