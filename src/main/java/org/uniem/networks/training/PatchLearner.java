package org.uniem.networks.training;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.PredictionSettings;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Architecture;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.Architectures;
import org.uniem.networks.training.run.BatchQueue;
import org.uniem.networks.training.run.Learner;
import org.uniem.networks.training.run.TrainingRecord;
import org.uniem.postprocess.affinities.Offset;

/** A 2D network that learns from patches of labelled slices. Not thread-safe. */
final class PatchLearner implements Learner {

  /** So few labelled slices leave so much to chance that the mean over flips is worth its time. */
  private static final int FEW_SLICES = 3;

  private static final int FLIPS = 4;

  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final String name;
  private final TrainingData data;
  private final TrainingOptions options;
  private final Architecture architecture;
  private final ArchitectureOptions architectureOptions;
  private final Loss loss;
  private final int outputs;
  private final PatchSampler sampler;
  private final TrainingGraph graph;

  /** Whether the model is best predicted with flips. */
  private final boolean flipped;

  /** Begun with the first step, which a checkpoint may move. */
  private BatchQueue<TrainingGraph.Batch> batches;

  /**
   * @param folder names the model
   * @param start whose weights it starts from; empty for random ones
   */
  PatchLearner(
      Path folder,
      TrainingData data,
      TrainingOptions options,
      Augmentation augmentation,
      Optional<ModelFolder> start,
      TensorFlowRuntime runtime,
      Job job) {
    this.name = folder.toAbsolutePath().normalize().getFileName().toString();
    this.data = data;
    this.options = options;
    Loss given = Loss.parse(options.network().loss());
    this.loss = data.options().affinities() ? given.ignoringUnknown() : given;
    this.architecture = new Architectures().get(options.network().architecture());
    this.architectureOptions =
        ArchitectureOptions.of(
            options.network().architecture(), architecture.options(), options.network().options());
    checkPatch(architecture.sizeMultiple(architectureOptions));
    this.outputs = loss.exclusive() ? Math.max(2, data.classCount()) : data.classCount();
    checkBatch(Math.max(data.inputChannels(), outputs));
    int slices = data.labelledSlices().length;
    double kept = options.holdout().fractionOf(slices);
    if (kept == 0 && options.holdout().fraction() != 0) {
      job.message(
          "Nothing is kept for validation: all of "
              + (slices == 1 ? "the one labelled slice" : "the " + slices + " labelled slices")
              + " is learnt from.");
    }
    this.flipped =
        kept == 0 && augmentation.flips() && slices <= FEW_SLICES && !data.options().affinities();
    this.sampler =
        new PatchSampler(
            data,
            data.split(kept),
            new SamplerOptions(
                options.network().patchSize(),
                options.network().batchSize(),
                options.seed(),
                augmentation,
                true,
                outputs));
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
      start.ifPresent(model -> startFrom(model, job));
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

  private void startFrom(ModelFolder model, Job job) {
    graph.startFrom(model.weights(), model.description().name());
    job.message("Starting from the weights of " + model.description().name() + ".");
  }

  @Override
  public Weights state() {
    return graph.state();
  }

  @Override
  public void restore(Weights state) {
    graph.restore(state);
  }

  @Override
  public double learningRate(long step, double progress) {
    return options.learningRateAt(step, progress);
  }

  @Override
  public float learn(long step, double rate, Job job) {
    if (batches == null) {
      batches = new BatchQueue<>(this::batch, step);
    }
    double warm = (1.0 + step) / (10.0 + step);
    return graph.step(
        batches.next(job),
        new AdamUpdate.Settings(
            step,
            (float) rate,
            (float) options.optimiser().beta1(),
            (float) options.optimiser().beta2(),
            (float) options.optimiser().weightDecay(),
            (float) Math.min(options.optimiser().averageDecay(), warm),
            (float) Math.min(0.99, warm)));
  }

  private TrainingGraph.Batch batch(long step) {
    TrainingGraph.Batch batch = emptyBatch(options.network().batchSize());
    sampler.fill(step, batch.image(), batch.target(), batch.weight());
    return batch;
  }

  private TrainingGraph.Batch emptyBatch(int patches) {
    return TrainingGraph.Batch.ofSquares(
        patches, options.network().patchSize(), data.inputChannels(), outputs);
  }

  @Override
  public boolean validates() {
    return sampler.validationCount() > 0;
  }

  @Override
  public double validate(Moment now, TrainingRecord record, Job job) {
    Validation.Score score =
        Validation.score(
            graph,
            sampler,
            emptyBatch(1),
            outputs,
            (batch, evaluation) ->
                record.picture(
                    "image | target | probability", now.step(), picture(batch, evaluation)),
            job);
    record.validation(now.step(), now.seconds(), score.loss(), score.jaccard());
    return score.jaccard();
  }

  /** Image, target and probability of the last map side by side. */
  private BufferedImage picture(TrainingGraph.Batch batch, TrainingGraph.Evaluation evaluation) {
    int w = batch.width();
    int h = batch.height();
    int channels = data.inputChannels();
    BufferedImage picture = new BufferedImage(3 * w, h, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < w * h; i++) {
      int x = i % w;
      int y = i / w;
      // Three standard deviations on either side of the mean span black to white.
      set(picture, x, y, 0.5 + batch.image()[i * channels + channels / 2] / 6);
      set(picture, x + w, y, batch.target()[i * outputs + outputs - 1]);
      set(picture, x + 2 * w, y, evaluation.probabilities()[i * outputs + outputs - 1]);
    }
    return picture;
  }

  private static void set(BufferedImage picture, int x, int y, double value) {
    int grey = (int) Math.round(255 * Math.max(0, Math.min(1, value)));
    picture.getRaster().setSample(x, y, 0, grey);
  }

  @Override
  public String scoreName() {
    return "validationJaccard";
  }

  @Override
  public Weights weights() {
    return graph.networkWeights(graph.state());
  }

  @Override
  public ModelDescription.Builder description() {
    int tile = architecture.preferredTile();
    return ModelDescription.builder(name, options.network().architecture())
        .parameters(architectureOptions.asMap())
        .inputChannels(data.imageChannels())
        .context(data.options().context(), data.options().contextStep())
        .classes(data.classNames())
        .outputs(outputs)
        .activation(loss.exclusive() ? ModelDescription.SOFTMAX : ModelDescription.SIGMOID)
        .normalisation(data.normalisation())
        .voxelSize(data.voxelSize())
        .sizeMultiple(architecture.sizeMultiple(architectureOptions))
        .inference(
            new PredictionSettings(
                flipped ? FLIPS : null, tile == 0 ? null : (Integer) tile, null, null));
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("labelledSlices", data.labelledSlices().length);
    if (!data.labelValues().isEmpty()) {
      facts.put(ModelDescription.LABEL_VALUES, data.labelValues());
    }
    if (data.options().affinities()) {
      facts.put(ModelDescription.OFFSETS, Offset.format(data.options().offsets()));
    }
    return facts;
  }

  @Override
  public String remedy() {
    double rate = options.optimiser().learningRate();
    return "a lower learningRate (now "
        + rate
        + ", for example "
        + rate / 5
        + "), a larger batchSize, or another loss";
  }

  @Override
  public String epilogue(double seconds) {
    return "";
  }

  @Override
  public byte[] definition() {
    return graph.definition();
  }

  @Override
  public void close() {
    try (TrainingGraph last = graph) {
      if (batches != null) {
        batches.close();
      }
    }
  }
}
