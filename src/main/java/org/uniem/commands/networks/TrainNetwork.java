package org.uniem.commands.networks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scijava.command.Command;
import org.scijava.event.EventService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.SliceSelection;
import org.uniem.commands.progress.TrainingMessages;
import org.uniem.commands.progress.TrainingStarted;
import org.uniem.job.Job;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.Architectures;
import org.uniem.networks.architecture.Optimiser;
import org.uniem.networks.training.Augmentation;
import org.uniem.networks.training.Loss;
import org.uniem.networks.training.NetworkTraining;
import org.uniem.networks.training.TrainingDataOptions;
import org.uniem.networks.training.TrainingDataOptions.Classes;
import org.uniem.networks.training.TrainingOptions;
import org.uniem.networks.training.run.RunStatus;
import org.uniem.networks.training.run.TrainingListener;
import org.uniem.postprocess.affinities.Offset;
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
public class TrainNetwork extends TrainingParameters {

  /** Marks slices that are not chosen; no label: ids up to here are exact in a float. */
  private static final int NOT_CHOSEN = 1 << 24;

  private static final double MINUTES_IF_NO_LIMIT = 10;

  @Parameter(required = false)
  private EventService eventService;

  private TrainingListener follower = TrainingListener.NONE;

  /** Lets another command follow losses and scores. */
  public void follow(TrainingListener listener) {
    follower = listener;
  }

  @Override
  protected void begins() {
    if (eventService != null) {
      eventService.publish(new TrainingStarted(model.toPath()));
    }
  }

  @Override
  public boolean stopAndSave() {
    return model != null && RunStatus.requestStopOfRunning(model.toPath());
  }

  @Override
  protected boolean resumes() {
    return resume;
  }

  @Override
  protected void checkParameters() {
    ArchitectureOptions.of(
        architecture,
        new Architectures().get(architecture).options(),
        options().network().options());
    Augmentation.parse(augmentation);
    if (target.equals(AFFINITIES)) {
      Offset.parse(offsets);
      options();
      Loss.parse(loss).ignoringUnknown();
    }
  }

  @Override
  protected String outputEnding() {
    return "-model";
  }

  @Override
  protected Path execute(Job job) {
    TensorFlowRuntime runtime = tensorFlow();
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
    return CommandParameters.isGiven(start)
        ? Optional.of(ModelFolder.open(start.toPath()))
        : Optional.empty();
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
    if (target.equals(AFFINITIES)) {
      return new TrainingDataOptions(
          classes.equals("auto") ? Classes.FOREGROUND : classesOf(key),
          ignored,
          context,
          contextStep,
          Offset.parse(offsets));
    }
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
