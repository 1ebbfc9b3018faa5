package org.uniem.networks.floodfilling;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.uniem.floodfilling.training.Box;
import org.uniem.floodfilling.training.ExamplePlaces;
import org.uniem.floodfilling.training.ExampleSource;
import org.uniem.floodfilling.training.LabelledVolume;
import org.uniem.floodfilling.training.TrainingExample;
import org.uniem.job.Job;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.Normalisation;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.pixels.PixelStatistics;
import org.uniem.networks.training.run.BatchQueue;
import org.uniem.networks.training.run.Learner;
import org.uniem.networks.training.run.TrainingRecord;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VoxelSize;

/** A flood-filling network that learns from growing examples. Not thread-safe. */
final class MaskLearner implements Learner {

  private final String name;
  private final SplitVolume volume;
  private final VoxelSize voxelSize;
  private final MaskTrainingOptions options;
  private final TensorFlowRuntime runtime;
  private final ResidualNetwork network;
  private final Normalisation normalisation;
  private final ExampleSource source;
  private final GrowingBatch growing;
  private final MaskTrainingGraph.Batch batch;
  private final MaskTrainingGraph graph;

  /** Begun with the first step, which a checkpoint may move. */
  private BatchQueue<TrainingExample> examples;

  private double waited;
  private double lastRate;

  /**
   * @param folder names the model
   * @param volume images cut to the range of pixels, unless they are 8-bit
   * @param pixels where those of the whole volume lie
   */
  MaskLearner(
      Path folder,
      SplitVolume volume,
      PixelStatistics pixels,
      VoxelSize voxelSize,
      MaskTrainingOptions options,
      TensorFlowRuntime runtime,
      Job job) {
    this.name = folder.toAbsolutePath().normalize().getFileName().toString();
    this.volume = volume;
    this.voxelSize = voxelSize;
    this.options = options;
    this.runtime = runtime;
    this.network = new ResidualNetwork(options.network().depth(), options.network().features());
    this.normalisation = normalisation(volume.training(), pixels);
    this.source = source(job);
    this.growing = new GrowingBatch(options);
    this.batch = MaskTrainingGraph.Batch.of(options.update().batch(), options.field().voxels());
    this.lastRate = options.update().learningRate();
    this.graph =
        new MaskTrainingGraph(
            runtime,
            network,
            options.settings().fieldOfView(),
            options.update().rule(),
            options.seed());
  }

  private static Normalisation normalisation(LabelledVolume volume, PixelStatistics pixels) {
    double[] moments = volume.meanAndDeviation();
    boolean eight = pixels.type() == PixelType.UINT8;
    return Normalisation.intensity(moments[0], moments[1] > 0 ? moments[1] : 1)
        .of(pixels.seen(eight ? 0 : pixels.black(), eight ? 255 : pixels.white()));
  }

  private ExampleSource source(Job job) {
    LabelledVolume examplesFrom = volume.training().mirrored(options.border());
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
            examplesFrom, radius, inside, options.examples().smallestObject(), options.seed(), job);
    return new ExampleSource(
        examplesFrom,
        places,
        options.example(),
        options.examples().variation(),
        (float) normalisation.mean(),
        (float) normalisation.std(),
        options.seed());
  }

  @Override
  public Weights state() {
    Map<String, Weights.Tensor> all = new LinkedHashMap<>(graph.state().asMap());
    all.putAll(growing.state());
    return new Weights(all);
  }

  @Override
  public void restore(Weights state) {
    graph.restore(state);
    growing.restore(state, source);
  }

  @Override
  public double learningRate(long step, double progress) {
    return options.learningRateAt(step, progress);
  }

  @Override
  public float learn(long step, double rate, Job job) {
    if (examples == null) {
      examples = new BatchQueue<>(source::example, growing.next());
    }
    lastRate = rate;
    growing.fill(number -> next(job), batch);
    MaskTrainingGraph.Step done = graph.step(batch, step, rate);
    growing.learn(done.masks());
    return done.loss();
  }

  private TrainingExample next(Job job) {
    long before = System.nanoTime();
    TrainingExample example = examples.next(job);
    waited += (System.nanoTime() - before) / 1e9;
    return example;
  }

  @Override
  public boolean validates() {
    return volume.validation().isPresent();
  }

  @Override
  public double validate(Moment now, TrainingRecord record, Job job) {
    try (FloodFillingNetwork trained =
        new FloodFillingNetwork(description().build(), weights(), runtime)) {
      LabelledVolume kept = volume.validation().orElseThrow();
      double score = MaskValidation.score(kept, trained, options.examples().smallestObject(), job);
      record.score(now.step(), now.seconds(), "rand", score);
      job.message(
          String.format(
              Locale.ROOT,
              "Step %d: Rand F-score %.3f, loss %.4f",
              now.step(),
              score,
              now.smoothedLoss()));
      return score;
    }
  }

  @Override
  public String scoreName() {
    return "validationRand";
  }

  @Override
  public Weights weights() {
    return graph.averaged(graph.state());
  }

  @Override
  public ModelDescription.Builder description() {
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
  public Map<String, Object> facts() {
    return Map.of();
  }

  @Override
  public String remedy() {
    return "a lower learningRate (now " + lastRate + ", for example " + lastRate / 5 + ")";
  }

  @Override
  public String epilogue(double seconds) {
    return String.format(
        Locale.ROOT,
        "It waited %.1f %% of the time for examples.",
        100 * waited / Math.max(1e-9, seconds));
  }

  @Override
  public byte[] definition() {
    return graph.definition();
  }

  @Override
  public void close() {
    try (MaskTrainingGraph last = graph) {
      if (examples != null) {
        examples.close();
      }
    }
  }
}
