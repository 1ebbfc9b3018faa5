package org.uniem.networks.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.Inference;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Safetensors;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Architecture;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.Architectures;
import org.uniem.postprocess.affinities.Offset;

/** One training from its start, or its checkpoint, to its end. Not thread-safe. */
final class TrainingRun implements AutoCloseable {

  private static final double SMOOTHING = 0.98;
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final TrainingFolder place;
  private final TrainingData data;
  private final TrainingOptions options;
  private final TensorFlowRuntime runtime;
  private final TrainingListener listener;
  private final Job job;
  private final Architecture architecture;
  private final ArchitectureOptions architectureOptions;
  private final Loss loss;
  private final int outputs;
  private final PatchSampler sampler;
  private final TrainingGraph graph;
  private final TrainingRecord record;
  private final long start = System.nanoTime();

  private long step;
  private double secondsBefore;
  private double smoothedLoss = Double.NaN;
  private float bestScore = -1;
  private int sinceBest;
  private long validated;
  private long reportedSeconds;
  private double lookedForStop;

  TrainingRun(
      TrainingFolder place,
      TrainingData data,
      TrainingOptions options,
      Augmentation augmentation,
      Optional<ModelFolder> start,
      TensorFlowRuntime runtime,
      TrainingListener listener,
      Job job) {
    this.place = place;
    this.data = data;
    this.options = options;
    this.runtime = runtime;
    this.listener = listener;
    this.job = job;
    Loss given = Loss.parse(options.network().loss());
    this.loss = data.options().affinities() ? given.ignoringUnknown() : given;
    this.architecture = new Architectures().get(options.network().architecture());
    this.architectureOptions =
        ArchitectureOptions.of(
            options.network().architecture(), architecture.options(), options.network().options());
    checkPatch(architecture.sizeMultiple(architectureOptions));
    this.outputs = loss.exclusive() ? Math.max(2, data.classCount()) : data.classCount();
    checkBatch(Math.max(data.inputChannels(), outputs));
    this.sampler =
        new PatchSampler(
            data,
            data.split(options.holdout().fraction()),
            new SamplerOptions(
                options.network().patchSize(),
                options.network().batchSize(),
                options.seed(),
                augmentation,
                true,
                outputs));
    job.device(runtime.describe());
    job.message("Training on " + runtime.describe() + ".");
    this.graph =
        new TrainingGraph(
            runtime,
            architecture,
            architectureOptions,
            data.inputChannels(),
            outputs,
            loss,
            options.seed());
    try {
      if (place.resumed() == null) {
        start.ifPresent(this::startFrom);
      } else {
        resume(place.resumed());
      }
      place.create();
      RunStatus.clearStopRequest(place.folder());
      RunStatus.begin(runtime.describe(), options.limits(), step, secondsBefore)
          .write(place.folder());
      this.record = new TrainingRecord(place.training(), step, listener);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private void checkPatch(int multiple) {
    int size = options.network().patchSize();
    if (size % multiple != 0) {
      int below = Math.max(multiple, size / multiple * multiple);
      throw new BadParameterException(
          "patchSize="
              + size
              + " does not fit architecture "
              + options.network().architecture()
              + ": it must be a multiple of "
              + multiple
              + ". Give patchSize="
              + below
              + " or "
              + (below + multiple)
              + ", or a smaller depth.");
    }
  }

  private void checkBatch(int channels) {
    long batch = options.network().batchSize();
    long side = options.network().patchSize();
    if (batch * side * side * channels > LARGEST_ARRAY) {
      throw new BadParameterException(
          "batchSize="
              + batch
              + " with patchSize="
              + side
              + " and "
              + channels
              + " channels exceeds the "
              + LARGEST_ARRAY
              + " values that a batch may have. Give a smaller batchSize or patchSize.");
    }
  }

  private void startFrom(ModelFolder model) {
    graph.startFrom(model.weights(), model.description().name());
    job.message("Starting from the weights of " + model.description().name() + ".");
  }

  private void resume(Checkpoint checkpoint) {
    graph.restore(checkpoint.variables());
    step = checkpoint.step();
    secondsBefore = checkpoint.seconds();
    smoothedLoss = checkpoint.smoothedLoss();
    bestScore = checkpoint.bestScore();
    sinceBest = checkpoint.sinceBest();
    validated = checkpoint.validated();
    job.message("Going on from step " + step + ".");
  }

  TrainingResult run() {
    record.graph(graph.definition());
    String reason;
    try (BatchQueue<TrainingGraph.Batch> batches = new BatchQueue<>(this::batch, step + 1)) {
      reason = train(batches);
      if (step != validated) {
        validate();
      }
    } catch (CancellationException e) {
      checkpointAfterCancel();
      throw e;
    }
    checkpoint();
    return finish(reason);
  }

  /** Trains to the end and says why it is the end. */
  private String train(BatchQueue<TrainingGraph.Batch> batches) {
    Job.Stage stage = stage();
    double lastCheckpoint = seconds();
    double lastModel = lastCheckpoint;
    long first = step;
    while (true) {
      // Before the next step, not after the last: a cancel between them must not lose it.
      if (step % options.holdout().every() == 0 && step != validated) {
        validate();
      }
      Optional<String> end = end();
      if (end.isPresent()) {
        return end.get();
      }
      if (seconds() - lastCheckpoint >= options.checkpointSeconds()) {
        checkpoint();
        lastCheckpoint = seconds();
      }
      boolean due = seconds() - lastModel >= options.publishSeconds();
      if (options.publishSeconds() > 0 && due && step > first) {
        // A model in the folder without a checkpoint could be neither resumed nor trained anew.
        checkpoint();
        lastCheckpoint = seconds();
        publish();
        lastModel = seconds();
      }
      trainStep(batches.next(job));
      advance(stage);
    }
  }

  private Job.Stage stage() {
    return options.limits().steps() > 0
        ? job.stage("Training", options.limits().steps() - step, "steps")
        : job.stage("Training", Math.round(options.limits().seconds() - secondsBefore), "seconds");
  }

  private void advance(Job.Stage stage) {
    if (options.limits().steps() > 0) {
      stage.advance(1);
      return;
    }
    long now = Math.round(seconds() - secondsBefore);
    stage.advance(now - reportedSeconds);
    reportedSeconds = now;
  }

  private Optional<String> end() {
    if (options.limits().steps() > 0 && step >= options.limits().steps()) {
      return Optional.of("all " + options.limits().steps() + " steps done");
    }
    if (options.limits().minutes() > 0 && seconds() >= options.limits().seconds()) {
      return Optional.of(options.limits().minutes() + " minutes are over");
    }
    if (options.holdout().patience() > 0 && sinceBest >= options.holdout().patience()) {
      return Optional.of("no better validation score in " + sinceBest + " validations");
    }
    if (seconds() - lookedForStop >= 1) {
      lookedForStop = seconds();
      if (RunStatus.isStopRequested(place.folder())) {
        return Optional.of("stopped by the user");
      }
    }
    return Optional.empty();
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
  }

  private TrainingGraph.Batch batch(long atStep) {
    TrainingGraph.Batch batch =
        TrainingGraph.Batch.ofSquares(
            options.network().batchSize(),
            options.network().patchSize(),
            data.inputChannels(),
            outputs);
    sampler.fill(atStep, batch.image(), batch.target(), batch.weight());
    return batch;
  }

  private void trainStep(TrainingGraph.Batch batch) {
    double rate = options.learningRateAt(step + 1, options.limits().progress(step, seconds()));
    step++;
    double warm = (1.0 + step) / (10.0 + step);
    float value =
        graph.step(
            batch,
            new AdamUpdate.Settings(
                step,
                (float) rate,
                (float) options.optimiser().beta1(),
                (float) options.optimiser().beta2(),
                (float) options.optimiser().weightDecay(),
                (float) Math.min(options.optimiser().averageDecay(), warm),
                (float) Math.min(0.99, warm)));
    if (!Float.isFinite(value)) {
      throw new BadParameterException(
          "Training diverged: the loss of step "
              + step
              + " is "
              + value
              + ". Try a lower learningRate (now "
              + options.optimiser().learningRate()
              + ", for example "
              + options.optimiser().learningRate() / 5
              + "), a larger batchSize, or another loss; the checkpoint before is kept.");
    }
    smoothedLoss =
        Double.isNaN(smoothedLoss) ? value : SMOOTHING * smoothedLoss + (1 - SMOOTHING) * value;
    record.step(step, seconds(), value, rate);
  }

  private void validate() {
    if (sampler.validationCount() == 0) {
      validated = step;
      return;
    }
    Validation.Score score =
        Validation.score(graph, sampler, data, outputs, options, record, step, job);
    record.validation(step, seconds(), score.loss(), score.jaccard());
    if ((float) score.jaccard() > bestScore) {
      bestScore = (float) score.jaccard();
      sinceBest = 0;
      Safetensors.write(place.best(), graph.networkWeights(graph.state()));
    } else {
      sinceBest++;
    }
    validated = step;
  }

  private void checkpoint() {
    record.flush();
    new Checkpoint(graph.state(), step, seconds(), smoothedLoss, bestScore, sinceBest, validated)
        .write(place.checkpoint());
  }

  /** An interrupt, which is one way to cancel, would close the files being written. */
  private void checkpointAfterCancel() {
    boolean interrupted = Thread.interrupted();
    try {
      checkpoint();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private TrainingResult finish(String reason) {
    ModelDescription model = publish();
    place.end(RunStatus.State.ENDED, reason);
    RunStatus.clearStopRequest(place.folder());
    job.message("Training ended after " + step + " steps: " + reason + ".");
    return new TrainingResult(
        model, step, seconds(), smoothedLoss, bestScore < 0 ? Double.NaN : bestScore, reason);
  }

  /** Saves the best weights by validation, else the last, as the model. */
  private ModelDescription publish() {
    boolean validated = bestScore >= 0;
    Weights weights =
        validated ? Safetensors.read(place.best()) : graph.networkWeights(graph.state());
    Map<String, Object> training = new LinkedHashMap<>(place.settings());
    training.put("steps", step);
    training.put("minutes", Math.round(seconds() / 6) / 10.0);
    training.put("labelledSlices", data.labelledSlices().length);
    training.put("device", runtime.describe());
    training.put("tensorflow", runtime.version());
    if (!Double.isNaN(smoothedLoss)) {
      training.put("trainingLoss", smoothedLoss);
    }
    if (data.options().affinities()) {
      training.put(ModelDescription.OFFSETS, Offset.format(data.options().offsets()));
    }
    List<String> classes = data.classNames();
    int tile = architecture.preferredTile();
    ModelDescription description =
        ModelDescription.builder(
                place.folder().toAbsolutePath().normalize().getFileName().toString(),
                options.network().architecture())
            .parameters(architectureOptions.asMap())
            .inputChannels(data.imageChannels())
            .context(data.options().context(), data.options().contextStep())
            .classes(classes)
            .outputs(outputs)
            .activation(loss.exclusive() ? ModelDescription.SOFTMAX : ModelDescription.SIGMOID)
            .normalisation(data.normalisation())
            .voxelSize(data.voxelSize())
            .sizeMultiple(architecture.sizeMultiple(architectureOptions))
            .inference(tile == 0 ? Inference.NONE : new Inference(null, tile, null, null))
            .training(training)
            .scores(validated ? Map.of("validationJaccard", (double) bestScore) : Map.of())
            .build();
    return ModelFolder.save(place.folder(), description, weights);
  }

  @Override
  public void close() {
    try (TrainingGraph last = graph) {
      record.close();
    }
  }
}
