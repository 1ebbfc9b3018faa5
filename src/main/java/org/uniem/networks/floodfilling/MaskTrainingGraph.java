package org.uniem.networks.floodfilling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.uniem.networks.NativeMemory;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.training.VariableParameters;

/**
 * The TensorFlow graph in which a flood-filling network is trained.
 *
 * <p>Loss: mean over voxels of weight · cross-entropy of the sigmoid of the new logits against soft
 * targets, as in the authors' program. Whatever a step depends on besides its inputs is in {@link
 * #state()}, so a restored graph goes on to the bit. Not thread-safe; close it to free native
 * memory.
 */
final class MaskTrainingGraph implements AutoCloseable {

  /**
   * Fields of view that are learnt from together; arrays are [n, z, y, x] and are not changed.
   *
   * @param n fields of view
   * @param images normalised
   * @param masks logits so far
   * @param targets probabilities, such as 0.05 and 0.95
   * @param weights what a voxel counts
   */
  record Batch(int n, float[] images, float[] masks, float[] targets, float[] weights) {

    /** Fields of view of some voxels each, to be filled. */
    static Batch of(int n, int voxels) {
      int size = n * voxels;
      return new Batch(n, new float[size], new float[size], new float[size], new float[size]);
    }
  }

  /**
   * What a step gives.
   *
   * @param loss before the step
   * @param masks the new logits, from the weights before the step
   */
  record Step(float loss, float[] masks) {}

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Session session;
  private final VariableParameters parameters;
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
  private final Map<String, Placeholder<TFloat32>> newValues = new LinkedHashMap<>();
  private final Map<String, Op> assignments = new LinkedHashMap<>();
  private final Shape boxes;
  private final Placeholder<TFloat32> images;
  private final Placeholder<TFloat32> masks;
  private final Placeholder<TFloat32> targets;
  private final Placeholder<TFloat32> weights;
  private final Operand<TFloat32> updated;
  private final Operand<TFloat32> loss;
  private final List<Operand<TFloat32>> gradients;
  private final WeightUpdate update;

  /**
   * Builds the graph and sets the first values.
   *
   * @param runtime opens the session
   * @param network what is trained
   * @param fieldOfView voxels, x, y, z
   * @param rule how weights follow gradients
   * @param seed fixes the first weights
   */
  MaskTrainingGraph(
      TensorFlowRuntime runtime,
      ResidualNetwork network,
      List<Integer> fieldOfView,
      UpdateRule rule,
      long seed) {
    this.boxes = Shape.of(-1, fieldOfView.get(2), fieldOfView.get(1), fieldOfView.get(0));
    this.parameters = new VariableParameters(tf, seed, null);
    try {
      this.images = input("images");
      this.masks = input("masks");
      this.targets = input("targets");
      this.weights = input("weights");
      Tape tape = new Tape(graph, tf);
      this.updated = network.build(tape, parameters, images, masks);
      this.loss = tape.segment(List.of(updated), in -> crossEntropy(in.get(0), targets, weights));
      this.gradients = tape.gradients(loss, List.copyOf(parameters.trained().values()));
      this.update = new WeightUpdate(tf, rule, parameters, gradients, List.of(loss, updated));
      variables.putAll(parameters.trained());
      variables.putAll(update.variables());
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

  private Placeholder<TFloat32> input(String name) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(boxes));
  }

  /** mean of w · (max(z, 0) − z·t + ln(1 + e^−|z|)), which does not overflow. */
  private Operand<TFloat32> crossEntropy(
      Operand<TFloat32> z, Operand<TFloat32> t, Operand<TFloat32> w) {
    Operand<TFloat32> linear = tf.math.sub(tf.nn.relu(z), tf.math.mul(z, t));
    Operand<TFloat32> bend = tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(z))));
    Operand<TFloat32> weighted = tf.math.mul(w, tf.math.add(linear, bend));
    return tf.math.mean(weighted, tf.constant(new int[] {0, 1, 2, 3}));
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
   * @param batch what is learnt from
   * @param step from 1
   * @param rate learning rate
   */
  Step step(Batch batch, long step, double rate) {
    return NativeMemory.use("batchSize, fov or features", () -> stepWithin(batch, step, rate));
  }

  private Step stepWithin(Batch batch, long step, double rate) {
    Session.Runner runner = session.runner();
    try (Feeds feeds = new Feeds(runner, batch)) {
      WeightUpdate.numbers(step, rate)
          .forEach((name, value) -> feeds.feed(update.scalars().get(name), Shape.scalar(), value));
      try (Result result = runner.addTarget(update.all()).fetch(loss).fetch(updated).run()) {
        return new Step(((TFloat32) result.get(0)).getFloat(), values((TFloat32) result.get(1)));
      }
    }
  }

  /** The loss of a batch, without learning from it. */
  float loss(Batch batch) {
    Session.Runner runner = session.runner();
    try (Feeds feeds = new Feeds(runner, batch);
        Result result = runner.fetch(loss).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /** The gradients of a batch's loss by the weights, not clipped, by name. */
  Map<String, float[]> gradients(Batch batch) {
    Session.Runner runner = session.runner();
    gradients.forEach(runner::fetch);
    Map<String, float[]> found = new LinkedHashMap<>();
    try (Feeds feeds = new Feeds(runner, batch);
        Result result = runner.run()) {
      int i = 0;
      for (String name : parameters.trained().keySet()) {
        found.put(name, values((TFloat32) result.get(i++)));
      }
    }
    return found;
  }

  /** All variables: weights, their averages, states of the update rule. */
  Weights state() {
    Session.Runner runner = session.runner();
    variables.values().forEach(runner::fetch);
    Map<String, Weights.Tensor> state = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      int i = 0;
      for (String name : variables.keySet()) {
        TFloat32 tensor = (TFloat32) result.get(i++);
        int[] shape = Arrays.stream(tensor.shape().asArray()).mapToInt(Math::toIntExact).toArray();
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

  /** The averaged weights in a state, under the names the network gives them. */
  Weights averaged(Weights state) {
    Map<String, Weights.Tensor> averaged = new LinkedHashMap<>();
    for (String name : parameters.trained().keySet()) {
      averaged.put(name, state.get(WeightUpdate.AVERAGE + name));
    }
    return new Weights(averaged);
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
      Shape shape = Shape.of(batch.n(), boxes.get(1), boxes.get(2), boxes.get(3));
      feed(images, shape, batch.images());
      feed(masks, shape, batch.masks());
      feed(targets, shape, batch.targets());
      feed(weights, shape, batch.weights());
    }

    void feed(Operand<TFloat32> placeholder, Shape shape, float... values) {
      TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values));
      tensors.add(tensor);
      runner.feed(placeholder, tensor);
    }

    @Override
    public void close() {
      tensors.forEach(Tensor::close);
    }
  }
}
