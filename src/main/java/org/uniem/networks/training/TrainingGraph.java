package org.uniem.networks.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
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

  private final Graph graph = new Graph();
  private final Session session;
  private final Ops tf = Ops.create(graph);
  private final int inputChannels;
  private final int outputs;
  private final VariableParameters parameters;
  private final AdamUpdate update;
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
  private final Map<String, Placeholder<TFloat32>> newValues = new LinkedHashMap<>();
  private final Map<String, Op> assignments = new LinkedHashMap<>();
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
    try {
      this.image = input("image", Shape.of(-1, -1, -1, inputChannels));
      this.target = input("target", Shape.of(-1, -1, -1, outputs));
      this.weight = input("weight", Shape.of(-1, -1, -1));
      this.seed = tf.withName("seed").placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
      this.parameters = new VariableParameters(tf, randomSeed, seed);
      FeatureMap in = new FeatureMap(image, inputChannels);
      Operand<TFloat32> logits =
          architecture.build(new Layers(tf, parameters), in, outputs, options).operand();
      this.loss = lossKind.build(tf, logits, target, outputs, weight);
      this.update = new AdamUpdate(graph, tf, loss, parameters);
      variables.putAll(parameters.trained());
      variables.putAll(parameters.statistics());
      variables.putAll(update.variables());
      Layers averaged = new Layers(tf.withSubScope("validation"), new AveragedParameters());
      Operand<TFloat32> validated = architecture.build(averaged, in, outputs, options).operand();
      this.probabilities =
          lossKind.exclusive() ? tf.nn.softmax(validated) : tf.math.sigmoid(validated);
      this.evaluationLoss = lossKind.build(tf, validated, target, outputs, weight);
      variables.forEach(this::buildAssignment);
      this.session = runtime.open(graph);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
    Map<String, Weights.Tensor> initial = new LinkedHashMap<>(parameters.initial());
    initial.putAll(update.initial());
    try {
      restore(new Weights(initial));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Placeholder<TFloat32> input(String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private void buildAssignment(String name, Variable<TFloat32> variable) {
    Placeholder<TFloat32> value =
        tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
    newValues.put(name, value);
    assignments.put(name, tf.assign(variable, value));
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
    Session.Runner runner = session.runner();
    try (Feeds feeds = new Feeds(runner, batch)) {
      settings
          .scalars()
          .forEach((name, value) -> feeds.feed(update.scalars().get(name), Shape.scalar(), value));
      int low = (int) (settings.step() ^ randomSeed);
      int high = (int) ((randomSeed ^ settings.step() * 0x9E3779B97F4A7C15L) >>> 32);
      feeds.feed(seed, low, high);
      try (Result result = runner.addTarget(update.all()).fetch(loss).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /** Runs the network with averaged weights. */
  Evaluation evaluate(Batch batch) {
    return NativeMemory.use(LOWER, () -> evaluateWithin(batch));
  }

  private Evaluation evaluateWithin(Batch batch) {
    Session.Runner runner = session.runner();
    try (Feeds feeds = new Feeds(runner, batch);
        Result result = runner.fetch(evaluationLoss).fetch(probabilities).run()) {
      return new Evaluation(
          ((TFloat32) result.get(0)).getFloat(), values((TFloat32) result.get(1)));
    }
  }

  /** All variables: weights, statistics, moments, averages. */
  Weights state() {
    Session.Runner runner = session.runner();
    variables.values().forEach(runner::fetch);
    Map<String, Weights.Tensor> state = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      int i = 0;
      for (String name : variables.keySet()) {
        TFloat32 tensor = (TFloat32) result.get(i++);
        int[] shape = new int[tensor.rank()];
        for (int d = 0; d < shape.length; d++) {
          shape[d] = (int) tensor.shape().get(d);
        }
        state.put(name, new Weights.Tensor(shape, values(tensor)));
      }
    }
    return new Weights(state);
  }

  /**
   * Sets all variables.
   *
   * @throws org.uniem.job.BadInputException if one is missing or of another shape
   */
  void restore(Weights state) {
    Session.Runner runner = session.runner();
    try (Feeds feeds = new Feeds(runner)) {
      newValues.forEach(
          (name, placeholder) -> {
            Shape shape = variables.get(name).shape();
            int[] sizes = Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
            feeds.feed(placeholder, shape, state.get(name, sizes).values());
            runner.addTarget(assignments.get(name));
          });
      runner.run().close();
    }
  }

  /**
   * Sets the network's weights and statistics, and nothing else, to those of a trained network.
   *
   * @param weights of {@link #networkWeights}
   * @param name of the model, for messages
   * @throws BadParameterException if they are those of a network of another shape
   */
  void startFrom(Weights weights, String name) {
    Map<String, Weights.Tensor> first = new LinkedHashMap<>(parameters.initial());
    first.putAll(update.initial());
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
    Map<String, Weights.Tensor> weights = new LinkedHashMap<>();
    parameters
        .trained()
        .keySet()
        .forEach(name -> weights.put(name, state.get(AdamUpdate.AVERAGE + name)));
    parameters.statistics().keySet().forEach(name -> weights.put(name, state.get(name)));
    return new Weights(weights);
  }

  /** The graph in TensorFlow's exchange format, for TensorBoard. */
  byte[] definition() {
    return graph.toGraphDef().toByteArray();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private static float[] values(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.copyTo(NdArrays.wrap(tensor.shape(), DataBuffers.of(values, false, false)));
    return values;
  }

  /** Tensors fed to one run, freed with it: the garbage collector cannot keep up. */
  private final class Feeds implements AutoCloseable {

    private final Session.Runner runner;
    private final List<Tensor> tensors = new ArrayList<>();

    Feeds(Session.Runner runner) {
      this.runner = runner;
    }

    Feeds(Session.Runner runner, Batch batch) {
      this(runner);
      long n = batch.count();
      long h = batch.height();
      long w = batch.width();
      feed(image, Shape.of(n, h, w, inputChannels), batch.image());
      feed(target, Shape.of(n, h, w, outputs), batch.target());
      feed(weight, Shape.of(n, h, w), batch.weight());
    }

    void feed(Operand<TFloat32> placeholder, Shape shape, float... values) {
      TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values));
      tensors.add(tensor);
      runner.feed(placeholder, tensor);
    }

    void feed(Operand<TInt32> placeholder, int low, int high) {
      TInt32 tensor = TInt32.vectorOf(low, high);
      tensors.add(tensor);
      runner.feed(placeholder, tensor);
    }

    @Override
    public void close() {
      tensors.forEach(Tensor::close);
    }
  }

  private final class AveragedParameters implements Parameters {

    @Override
    public boolean training() {
      return false;
    }

    @Override
    public Operand<TFloat32> weight(String name, int[] shape, Initializer initializer) {
      return variables.get(AdamUpdate.AVERAGE + name);
    }

    @Override
    public Operand<TFloat32> statistic(String name, int[] shape, Initializer initializer) {
      return variables.get(name);
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
