package org.uniem.commands;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.event.EventService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.scijava.widget.FileWidget;
import org.uniem.job.Job;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.Architectures;
import org.uniem.networks.architecture.Optimiser;
import org.uniem.networks.training.Augmentation;
import org.uniem.networks.training.NetworkTraining;
import org.uniem.networks.training.TrainingDataOptions;
import org.uniem.networks.training.TrainingDataOptions.Classes;
import org.uniem.networks.training.TrainingListener;
import org.uniem.networks.training.TrainingOptions;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;

/** Trains a 2D network on painted slices. */
@Plugin(
    type = Command.class,
    name = "train-network",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Networks", weight = 1, mnemonic = 'n'),
      @Menu(label = "Train Network...", weight = 0, mnemonic = 't')
    },
    headless = true,
    description = "Trains a network on labelled slices and writes a model folder")
public class TrainNetwork extends UniEmCommand {

  /** Marks slices that are not chosen; no label: ids up to here are exact in a float. */
  private static final int NOT_CHOSEN = 1 << 24;

  private static final double MINUTES_IF_NO_LIMIT = 10;

  @Parameter(
      label = "<html><b>Data</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String dataHeading = "";

  @Parameter(
      label = "Images",
      description = "folder of slices or TIFF stack, grey or RGB",
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
      label = "Voxel size",
      description = "x,y,z,unit, for example 5,5,5,nm; empty = as the file says",
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
      label = "<html><b>Compute</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String computeHeading = "";

  @Parameter(
      label = "Device",
      description = "auto takes a GPU where there is one",
      choices = {"auto", "cpu", "gpu"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String device = "auto";

  @Parameter(
      label = "Threads",
      description = "processors to use; 0 = all",
      min = "0",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int threads = 0;

  @Parameter(label = "Advanced...", callback = "showAdvanced", required = false, persist = false)
  private Button advanced;

  @Parameter(label = "Restore defaults", callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = "Help / how to cite", callback = "showHelp", required = false)
  private Button help;

  @Parameter(required = false)
  private EventService eventService;

  private TrainingListener follower = TrainingListener.NONE;

  /** Lets another command follow losses and scores. */
  void follow(TrainingListener listener) {
    follower = listener;
  }

  @Override
  protected boolean usesNetworks() {
    return true;
  }

  @Override
  protected int threads() {
    return threads == 0 ? super.threads() : threads;
  }

  @Override
  protected void begins() {
    if (eventService != null) {
      eventService.publish(new TrainingStarted(model.toPath()));
    }
  }

  @Override
  protected boolean resumes() {
    return resume;
  }

  @Override
  protected void checkParameters() {
    requireVoxelSize(voxelSize);
    ArchitectureOptions.of(
        architecture,
        new Architectures().get(architecture).options(),
        options().network().options());
    Augmentation.parse(augmentation);
  }

  @Override
  protected String outputEnding() {
    return "-model";
  }

  @Override
  protected Path execute(Job job) {
    TensorFlowRuntime runtime = tensorFlow(device, threads);
    try (Volume imageStack = calibrated(open(images), voxelSize);
        Volume labelStack = openLabels()) {
      NetworkTraining.train(
          imageStack,
          labelStack,
          model.toPath(),
          dataOptions(labelStack.labelKey()),
          options(),
          Augmentation.parse(augmentation),
          resume,
          startModel(),
          runtime,
          new FollowedTraining(new TrainingMessages(job), follower),
          job);
    }
    return model.toPath();
  }

  private Optional<ModelFolder> startModel() {
    boolean given = start != null && !start.getPath().isEmpty();
    return given ? Optional.of(ModelFolder.open(start.toPath())) : Optional.empty();
  }

  private Volume openLabels() {
    Volume volume = open(labels);
    if (slices.isBlank()) {
      return volume;
    }
    List<Long> chosen = SliceSelection.parse("slices", slices, volume.depth());
    return new SelectedSlices(
        volume, chosen, unlabelledValue(volume.labelKey()).orElse(NOT_CHOSEN));
  }

  /** The value given, else the one that the labels note. */
  private Optional<Integer> unlabelledValue(Optional<LabelKey> key) {
    return unlabelled < 0 ? key.map(LabelKey::unlabelled) : Optional.of(unlabelled);
  }

  private TrainingDataOptions dataOptions(Optional<LabelKey> key) {
    Integer ignored = unlabelledValue(key).orElse(slices.isBlank() ? null : NOT_CHOSEN);
    return new TrainingDataOptions(classesOf(key), ignored, context, contextStep);
  }

  private Classes classesOf(Optional<LabelKey> key) {
    if (!classes.equals("auto")) {
      return Classes.valueOf(classes.toUpperCase(Locale.ROOT));
    }
    boolean several = key.isPresent() && key.get().classNames().size() > 2;
    return several ? Classes.VALUES : Classes.FOREGROUND;
  }

  private TrainingOptions options() {
    Map<String, Integer> given =
        new TreeMap<>(
            Map.of(
                "depth", depth, "width", width, "blocks", blocks, "units", units, "layers",
                layers));
    given.values().removeIf(value -> value == 0);
    double limit = steps == 0 && minutes == 0 ? MINUTES_IF_NO_LIMIT : minutes;
    return TrainingOptions.DEFAULT
        .withNetwork(architecture, given, loss, batchSize, patchSize)
        .withLimits(steps, limit)
        .withOptimiser(optimiser())
        .withValidation(validationFraction, patience, validateEvery)
        .withPublishing(publishEvery)
        .withSeed(seed);
  }

  /** What is given, completed by what suits the architecture. */
  private Optimiser optimiser() {
    Optimiser suited = new Architectures().get(architecture).optimiser();
    return new Optimiser(
        learningRate == 0 ? suited.learningRate() : learningRate,
        schedule.equals("auto") ? suited.cosine() : schedule.equals("cosine"),
        beta1 < 0 ? suited.beta1() : beta1,
        beta2 < 0 ? suited.beta2() : beta2,
        weightDecay < 0 ? suited.weightDecay() : weightDecay,
        averageDecay < 0 ? suited.averageDecay() : averageDecay);
  }

  /** Passes what is seen on to two listeners. */
  private record FollowedTraining(TrainingListener first, TrainingListener second)
      implements TrainingListener {

    @Override
    public void step(long step, double loss) {
      first.step(step, loss);
      second.step(step, loss);
    }

    @Override
    public void validation(long step, double loss, double jaccard) {
      first.validation(step, loss, jaccard);
      second.validation(step, loss, jaccard);
    }
  }
}
