package org.uniem.networks.floodfilling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.uniem.networks.NativeMemory;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.training.graph.LearningGraph;
import org.uniem.networks.training.graph.VariableParameters;
import org.uniem.networks.training.graph.VariableUpdate;

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

  private final LearningGraph graph = new LearningGraph();
  private final VariableParameters parameters;
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
    Ops tf = graph.ops();
    this.parameters = new VariableParameters(tf, seed, null);
    try {
      this.images = graph.input("images", boxes);
      this.masks = graph.input("masks", boxes);
      this.targets = graph.input("targets", boxes);
      this.weights = graph.input("weights", boxes);
      Tape tape = new Tape(graph.graph(), tf);
      this.updated = network.build(tape, parameters, images, masks);
      this.loss =
          tape.segment(List.of(updated), in -> crossEntropy(tf, in.get(0), targets, weights));
      this.gradients = tape.gradients(loss, List.copyOf(parameters.trained().values()));
      this.update = new WeightUpdate(tf, rule, parameters, gradients, List.of(loss, updated));
      graph.hold(parameters.trained());
      graph.hold(update.variables());
      Map<String, Weights.Tensor> first = new LinkedHashMap<>(parameters.initial());
      first.putAll(update.initial());
      graph.open(runtime, first);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /** mean of w · (max(z, 0) − z·t + ln(1 + e^−|z|)), which does not overflow. */
  private static Operand<TFloat32> crossEntropy(
      Ops tf, Operand<TFloat32> z, Operand<TFloat32> t, Operand<TFloat32> w) {
    Operand<TFloat32> linear = tf.math.sub(tf.nn.relu(z), tf.math.mul(z, t));
    Operand<TFloat32> bend = tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(z))));
    Operand<TFloat32> weighted = tf.math.mul(w, tf.math.add(linear, bend));
    return tf.math.mean(weighted, tf.constant(new int[] {0, 1, 2, 3}));
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
    try (LearningGraph.Run run = run(batch)) {
      update.feed(run, WeightUpdate.numbers(step, rate));
      run.target(update.all());
      run.fetch(loss);
      run.fetch(updated);
      List<float[]> values = run.execute();
      return new Step(values.get(0)[0], values.get(1));
    }
  }

  private LearningGraph.Run run(Batch batch) {
    LearningGraph.Run run = graph.run();
    Shape shape = Shape.of(batch.n(), boxes.get(1), boxes.get(2), boxes.get(3));
    try {
      run.feed(images, shape, batch.images());
      run.feed(masks, shape, batch.masks());
      run.feed(targets, shape, batch.targets());
      run.feed(weights, shape, batch.weights());
      return run;
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  /** The loss of a batch, without learning from it. */
  float loss(Batch batch) {
    try (LearningGraph.Run run = run(batch)) {
      run.fetch(loss);
      return run.execute().get(0)[0];
    }
  }

  /** The gradients of a batch's loss by the weights, not clipped, by name. */
  Map<String, float[]> gradients(Batch batch) {
    Map<String, float[]> found = new LinkedHashMap<>();
    try (LearningGraph.Run run = run(batch)) {
      gradients.forEach(run::fetch);
      List<float[]> values = run.execute();
      int i = 0;
      for (String name : parameters.trained().keySet()) {
        found.put(name, values.get(i++));
      }
    }
    return found;
  }

  /** All variables: weights, their averages, states of the update rule. */
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

  /** The averaged weights in a state, under the names the network gives them. */
  Weights averaged(Weights state) {
    return new Weights(VariableUpdate.averaged(state, parameters.trained().keySet()));
  }

  /** The graph in TensorFlow's exchange format, for TensorBoard. */
  byte[] definition() {
    return graph.definition();
  }

  @Override
  public void close() {
    graph.close();
  }
}
