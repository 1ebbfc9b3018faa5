package org.uniem.networks.floodfilling;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.uniem.floodfilling.training.Box;
import org.uniem.floodfilling.training.ExamplePlaces;
import org.uniem.floodfilling.training.ExampleSource;
import org.uniem.floodfilling.training.LabelledVolume;
import org.uniem.floodfilling.training.TrainingExample;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Normalisation;
import org.uniem.networks.Safetensors;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.training.BatchQueue;
import org.uniem.networks.training.Checkpoint;
import org.uniem.networks.training.RunStatus;
import org.uniem.networks.training.TrainingFolder;
import org.uniem.networks.training.TrainingListener;
import org.uniem.networks.training.TrainingRecord;
import org.uniem.networks.training.TrainingResult;
import org.uniem.volumes.VoxelSize;

/** One run of a training of a flood-filling network, from the start or from a checkpoint. */
final class MaskTrainingRun implements AutoCloseable {

  private static final double SMOOTHING = 0.99;

  private final TrainingFolder place;
  private final SplitVolume volume;
  private final VoxelSize voxelSize;
  private final MaskTrainingOptions options;
  private final TensorFlowRuntime runtime;
  private final Job job;
  private final ResidualNetwork network;
  private final Normalisation normalisation;
  private final ExampleSource source;
  private final GrowingBatch growing;
  private final MaskTrainingGraph graph;
  private final TrainingRecord record;
  private final long start = System.nanoTime();
  private long step;
  private double secondsBefore;
  private double waited;
  private double smoothedLoss = Double.NaN;
  private float bestScore = -1;
  private long validated;
  private long reportedSeconds;
  private double lookedForStop;

  MaskTrainingRun(
      TrainingFolder place,
      SplitVolume volume,
      VoxelSize voxelSize,
      MaskTrainingOptions options,
      TensorFlowRuntime runtime,
      TrainingListener listener,
      Job job) {
    this.place = place;
    this.volume = volume;
    this.voxelSize = voxelSize;
    this.options = options;
    this.runtime = runtime;
    this.job = job;
    this.network = new ResidualNetwork(options.network().depth(), options.network().features());
    double[] moments = volume.training().meanAndDeviation();
    this.normalisation = Normalisation.intensity(moments[0], moments[1] > 0 ? moments[1] : 1);
    this.source = source();
    this.growing = new GrowingBatch(options);
    job.device(runtime.describe());
    job.message("Training on " + runtime.describe() + ".");
    this.graph =
        new MaskTrainingGraph(
            runtime,
            network,
            options.settings().fieldOfView(),
            options.update().rule(),
            options.seed());
    try {
      if (place.resumed() != null) {
        resume(place.resumed());
      }
      place.create();
      RunStatus.clearStopRequest(place.folder());
      this.record = new TrainingRecord(place.training(), step, listener);
      RunStatus.begin(runtime.describe(), options.limits(), step, secondsBefore)
          .write(place.folder());
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private ExampleSource source() {
    LabelledVolume examples = volume.training().mirrored(options.border());
    Box half = options.field().half();
    Box radius = half.plus(1, options.deltas());
    Box margin = options.example().half();
    // The share of the object is looked at as far as one move goes; examples may reach farther.
    Box inside =
        new Box(
            Math.max(radius.x(), margin.x()),
            Math.max(radius.y(), margin.y()),
            Math.max(radius.z(), margin.z()));
    ExamplePlaces places =
        ExamplePlaces.find(
            examples, radius, inside, options.examples().smallestObject(), options.seed(), job);
    return new ExampleSource(
        examples,
        places,
        options.example(),
        options.examples().variation(),
        (float) normalisation.mean(),
        (float) normalisation.std(),
        options.seed());
  }

  private void resume(Checkpoint checkpoint) {
    graph.restore(checkpoint.variables());
    growing.restore(checkpoint.variables(), source);
    step = checkpoint.step();
    secondsBefore = checkpoint.seconds();
    smoothedLoss = checkpoint.smoothedLoss();
    bestScore = checkpoint.bestScore();
    validated = checkpoint.validated();
    job.message("Going on from step " + step + ".");
  }

  TrainingResult run() {
    record.graph(graph.definition());
    String reason;
    try (BatchQueue<TrainingExample> examples = new BatchQueue<>(source::example, growing.next())) {
      reason = train(examples);
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
  private String train(BatchQueue<TrainingExample> examples) {
    Job.Stage stage = stage();
    double lastCheckpoint = seconds();
    MaskTrainingGraph.Batch batch =
        MaskTrainingGraph.Batch.of(options.update().batch(), options.field().voxels());
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
      job.checkCancelled();
      growing.fill(number -> next(examples), batch);
      trainStep(batch);
      advance(stage);
    }
  }

  private TrainingExample next(BatchQueue<TrainingExample> examples) {
    long before = System.nanoTime();
    TrainingExample example = examples.next(job);
    waited += (System.nanoTime() - before) / 1e9;
    return example;
  }

  private void trainStep(MaskTrainingGraph.Batch batch) {
    double rate = options.learningRateAt(step + 1, options.limits().progress(step, seconds()));
    step++;
    MaskTrainingGraph.Step done = graph.step(batch, step, rate);
    if (!Float.isFinite(done.loss())) {
      throw new BadParameterException(
          "Training diverged: the loss of step "
              + step
              + " is "
              + done.loss()
              + ". Try a lower learningRate (now "
              + rate
              + ", for example "
              + rate / 5
              + "); the checkpoint before is kept.");
    }
    growing.learn(done.masks());
    smoothedLoss =
        Double.isNaN(smoothedLoss)
            ? done.loss()
            : SMOOTHING * smoothedLoss + (1 - SMOOTHING) * done.loss();
    record.step(step, seconds(), done.loss(), rate);
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

  private void validate() {
    if (volume.validation().isEmpty()) {
      validated = step;
      return;
    }
    Weights weights = graph.averaged(graph.state());
    try (FloodFillingNetwork trained =
        new FloodFillingNetwork(description().build(), weights, runtime)) {
      float score =
          (float)
              MaskValidation.score(
                  volume.validation().get(), trained, options.examples().smallestObject(), job);
      record.score(step, seconds(), "rand", score);
      job.message(
          String.format(
              Locale.ROOT, "Step %d: Rand F-score %.3f, loss %.4f", step, score, smoothedLoss));
      if (score > bestScore) {
        bestScore = score;
        Safetensors.write(place.best(), weights);
      }
    }
    validated = step;
  }

  private void checkpoint() {
    record.flush();
    Map<String, Weights.Tensor> all = new LinkedHashMap<>(graph.state().asMap());
    all.putAll(growing.state());
    new Checkpoint(new Weights(all), step, seconds(), smoothedLoss, bestScore, 0, validated)
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
    boolean scored = bestScore >= 0;
    Weights weights = scored ? Safetensors.read(place.best()) : graph.averaged(graph.state());
    Map<String, Object> training = new LinkedHashMap<>(place.settings());
    training.put("steps", step);
    training.put("minutes", Math.round(seconds() / 6) / 10.0);
    training.put("device", runtime.describe());
    training.put("tensorflow", runtime.version());
    if (!Double.isNaN(smoothedLoss)) {
      training.put("trainingLoss", smoothedLoss);
    }
    ModelDescription model =
        ModelFolder.save(
            place.folder(),
            description()
                .training(training)
                .scores(scored ? Map.of("validationRand", (double) bestScore) : Map.of())
                .build(),
            weights);
    place.end(RunStatus.State.ENDED, reason);
    RunStatus.clearStopRequest(place.folder());
    job.message(
        String.format(
            Locale.ROOT,
            "Training ended after %d steps: %s. It waited %.1f %% of the time for examples.",
            step,
            reason,
            100 * waited / Math.max(1e-9, seconds() - secondsBefore)));
    return new TrainingResult(
        model, step, seconds(), smoothedLoss, scored ? bestScore : Double.NaN, reason);
  }

  private ModelDescription.Builder description() {
    String name = place.folder().toAbsolutePath().normalize().getFileName().toString();
    return ModelDescription.builder(name, FloodFillingSettings.ARCHITECTURE)
        .parameters(
            Map.of(
                ResidualNetwork.DEPTH,
                network.depth(),
                ResidualNetwork.FEATURES,
                network.features()))
        .normalisation(normalisation)
        .voxelSize(voxelSize)
        .floodFilling(options.settings());
  }

  @Override
  public void close() {
    try (MaskTrainingGraph last = graph) {
      record.close();
    }
  }
}
