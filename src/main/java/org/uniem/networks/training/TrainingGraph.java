package org.uniem.networks.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.uniem.job.BadParameterException;
import org.uniem.networks.NativeMemory;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Architecture;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.FeatureMap;
import org.uniem.networks.architecture.Initializer;
import org.uniem.networks.architecture.Layers;
import org.uniem.networks.architecture.Parameters;
import org.uniem.networks.training.graph.LearningGraph;
import org.uniem.networks.training.graph.VariableParameters;
import org.uniem.networks.training.graph.VariableUpdate;

/**
 * The TensorFlow graph of a training: forward, backward, update, and the same network with averaged
 * weights for validation.
 *
 * <p>Whatever a step depends on besides its inputs is in {@link #state()}, so a restored graph goes
 * on to the bit. Not thread-safe; close it to free native memory.
 */
final class TrainingGraph implements AutoCloseable {

  private static final String LOWER = "batchSize, patchSize or width";

  /**
   * Images, targets and weights of some patches.
   *
   * @param count number of patches
   * @param height rows of a patch
   * @param width columns of a patch
   * @param image normalised, [count, height, width, input channels]
   * @param target 0 or 1, [count, height, width, outputs]
   * @param weight 0 where unlabelled, [count, height, width]
   */
  record Batch(int count, int height, int width, float[] image, float[] target, float[] weight) {

    /** Square patches to be filled. */
    static Batch ofSquares(int count, int side, int inputChannels, int outputs) {
      int pixels = count * side * side;
      return new Batch(
          count,
          side,
          side,
          new float[pixels * inputChannels],
          new float[pixels * outputs],
          new float[pixels]);
    }
  }

  /**
   * What the averaged network makes of a batch.
   *
   * @param loss its loss
   * @param probabilities [count, height, width, outputs]
   */
  record Evaluation(float loss, float[] probabilities) {}

  private final LearningGraph graph = new LearningGraph();
  private final int inputChannels;
  private final int outputs;
  private final VariableParameters parameters;
  private final AdamUpdate update;
  private final Placeholder<TFloat32> image;
  private final Placeholder<TFloat32> target;
  private final Placeholder<TFloat32> weight;
  private final Placeholder<TInt32> seed;
  private final long randomSeed;
  private final Operand<TFloat32> loss;
  private final Operand<TFloat32> probabilities;
  private final Operand<TFloat32> evaluationLoss;

  /**
   * Builds the graph and sets the first values.
   *
   * @param runtime opens the session
   * @param architecture what is trained
   * @param options its options
   * @param inputChannels channels of the image fed
   * @param outputs number of output maps
   * @param lossKind what is minimised
   * @param randomSeed fixes the first weights and all dropout
   */
  TrainingGraph(
      TensorFlowRuntime runtime,
      Architecture architecture,
      ArchitectureOptions options,
      int inputChannels,
      int outputs,
      Loss lossKind,
      long randomSeed) {
    this.inputChannels = inputChannels;
    this.outputs = outputs;
    this.randomSeed = randomSeed;
    Ops tf = graph.ops();
    try {
      this.image = graph.input("image", Shape.of(-1, -1, -1, inputChannels));
      this.target = graph.input("target", Shape.of(-1, -1, -1, outputs));
      this.weight = graph.input("weight", Shape.of(-1, -1, -1));
      this.seed = tf.withName("seed").placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
      this.parameters = new VariableParameters(tf, randomSeed, seed);
      FeatureMap in = new FeatureMap(image, inputChannels);
      Operand<TFloat32> logits =
          architecture.build(new Layers(tf, parameters), in, outputs, options).operand();
      this.loss = lossKind.build(tf, logits, target, outputs, weight);
      this.update = new AdamUpdate(graph, loss, parameters);
      graph.hold(parameters.trained());
      graph.hold(parameters.statistics());
      graph.hold(update.variables());
      Layers averaged = new Layers(tf.withSubScope("validation"), new AveragedParameters());
      Operand<TFloat32> validated = architecture.build(averaged, in, outputs, options).operand();
      this.probabilities =
          lossKind.exclusive() ? tf.nn.softmax(validated) : tf.math.sigmoid(validated);
      this.evaluationLoss = lossKind.build(tf, validated, target, outputs, weight);
      graph.open(runtime, firstValues());
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private Map<String, Weights.Tensor> firstValues() {
    Map<String, Weights.Tensor> first = new LinkedHashMap<>(parameters.initial());
    first.putAll(update.initial());
    return first;
  }

  /**
   * Trains one step.
   *
   * @return the loss before the step
   */
  float step(Batch batch, AdamUpdate.Settings settings) {
    return NativeMemory.use(LOWER, () -> stepWithin(batch, settings));
  }

  private float stepWithin(Batch batch, AdamUpdate.Settings settings) {
    try (LearningGraph.Run run = run(batch)) {
      update.feed(run, settings.scalars());
      int low = (int) (settings.step() ^ randomSeed);
      int high = (int) ((randomSeed ^ settings.step() * 0x9E3779B97F4A7C15L) >>> 32);
      run.feedVector(seed, low, high);
      run.target(update.all());
      run.fetch(loss);
      return run.execute().get(0)[0];
    }
  }

  private LearningGraph.Run run(Batch batch) {
    LearningGraph.Run run = graph.run();
    long n = batch.count();
    long h = batch.height();
    long w = batch.width();
    try {
      run.feed(image, Shape.of(n, h, w, inputChannels), batch.image());
      run.feed(target, Shape.of(n, h, w, outputs), batch.target());
      run.feed(weight, Shape.of(n, h, w), batch.weight());
      return run;
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  /** Runs the network with averaged weights. */
  Evaluation evaluate(Batch batch) {
    return NativeMemory.use(LOWER, () -> evaluateWithin(batch));
  }

  private Evaluation evaluateWithin(Batch batch) {
    try (LearningGraph.Run run = run(batch)) {
      run.fetch(evaluationLoss);
      run.fetch(probabilities);
      List<float[]> values = run.execute();
      return new Evaluation(values.get(0)[0], values.get(1));
    }
  }

  /** All variables: weights, statistics, moments, averages. */
  Weights state() {
    return graph.state();
  }

  /**
   * Sets all variables.
   *
   * @throws org.uniem.job.BadInputException if one is missing or of another shape
   */
  void restore(Weights state) {
    graph.restore(state);
  }

  /**
   * Sets the network's weights and statistics, and nothing else, to those of a trained network.
   *
   * @param weights of {@link #networkWeights}
   * @param name of the model, for messages
   * @throws BadParameterException if they are those of a network of another shape
   */
  void startFrom(Weights weights, String name) {
    Map<String, Weights.Tensor> first = firstValues();
    Stream.concat(parameters.trained().keySet().stream(), parameters.statistics().keySet().stream())
        .forEach(
            variable -> {
              int[] expected = parameters.initial().get(variable).shape();
              if (!weights.contains(variable)
                  || !Arrays.equals(expected, weights.get(variable).shape())) {
                throw new BadParameterException(
                    "start: the model "
                        + name
                        + " is another network than the one to be trained, which has "
                        + variable
                        + " of shape "
                        + Arrays.toString(expected)
                        + ". Give the same architecture, size, neighbouring slices and classes.");
              }
              first.put(variable, weights.get(variable));
              first.computeIfPresent(
                  AdamUpdate.AVERAGE + variable, (key, old) -> weights.get(variable));
            });
    restore(new Weights(first));
  }

  /**
   * What the trained network needs: averaged weights and statistics, under the names the
   * architecture gives them.
   *
   * @param state of {@link #state()}
   */
  Weights networkWeights(Weights state) {
    Map<String, Weights.Tensor> weights =
        VariableUpdate.averaged(state, parameters.trained().keySet());
    parameters.statistics().keySet().forEach(name -> weights.put(name, state.get(name)));
    return new Weights(weights);
  }

  /** The graph in TensorFlow's exchange format, for TensorBoard. */
  byte[] definition() {
    return graph.definition();
  }

  @Override
  public void close() {
    graph.close();
  }

  private final class AveragedParameters implements Parameters {

    @Override
    public boolean training() {
      return false;
    }

    @Override
    public Operand<TFloat32> weight(String name, int[] shape, Initializer initializer) {
      return graph.variable(AdamUpdate.AVERAGE + name);
    }

    @Override
    public Operand<TFloat32> statistic(String name, int[] shape, Initializer initializer) {
      return graph.variable(name);
    }

    @Override
    public void follow(String name, Operand<TFloat32> batchValue) {
      throw new IllegalStateException("Nothing is followed outside training.");
    }

    @Override
    public Operand<TInt32> stepSeed() {
      throw new IllegalStateException("There is no step seed outside training.");
    }
  }
}
