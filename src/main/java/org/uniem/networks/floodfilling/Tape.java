package org.uniem.networks.floodfilling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Records the layers of a network while they are built, so that gradients can be built where
 * TensorFlow's C++ library has none: 3D convolutions call their backward operations themselves, all
 * else goes through {@link Graph#addGradients}, piece by piece.
 *
 * <p>Tensors are [batch, z, y, x, channel]. Not thread-safe: one graph is built by one thread.
 */
final class Tape {

  private static final List<Long> STRIDES = List.of(1L, 1L, 1L, 1L, 1L);
  private static final String SAME = "SAME";

  private final Graph graph;
  private final Ops tf;
  private final List<Layer> layers = new ArrayList<>();

  /** Gradients by the inputs, given that by the output. */
  @FunctionalInterface
  private interface Backward {
    List<Operand<TFloat32>> apply(Operand<TFloat32> byOutput);
  }

  private record Layer(
      List<Operand<TFloat32>> inputs, Operand<TFloat32> output, Backward backward) {}

  /**
   * @param graph what the layers are built in
   * @param tf builds operations in it
   */
  Tape(Graph graph, Ops tf) {
    this.graph = graph;
    this.tf = tf;
  }

  Ops ops() {
    return tf;
  }

  /**
   * A 3D convolution with zeros around the image, output as large as the input.
   *
   * @param image [n, z, y, x, inputs]
   * @param kernel [z, y, x, inputs, outputs]
   */
  Operand<TFloat32> convolve(Operand<TFloat32> image, Operand<TFloat32> kernel) {
    Operand<TFloat32> output = tf.nn.conv3d(image, kernel, STRIDES, SAME);
    Backward backward =
        dy ->
            List.of(
                tf.nn.conv3dBackpropInput(tf.shape(image), kernel, dy, STRIDES, SAME),
                tf.nn.conv3dBackpropFilter(image, tf.shape(kernel), dy, STRIDES, SAME));
    return record(new Layer(List.of(image, kernel), output, backward));
  }

  /**
   * Anything whose gradient TensorFlow's C++ library has.
   *
   * @param inputs what it is computed from
   * @param function builds it, from the inputs alone
   */
  Operand<TFloat32> segment(
      List<Operand<TFloat32>> inputs,
      Function<List<Operand<TFloat32>>, Operand<TFloat32>> function) {
    // Without fresh ends addGradients would walk on into the layers before.
    List<Operand<TFloat32>> ends = new ArrayList<>();
    inputs.forEach(input -> ends.add(tf.identity(input)));
    Operand<TFloat32> output = function.apply(ends);
    return record(new Layer(inputs, output, dy -> addGradients(output, ends, dy)));
  }

  private Operand<TFloat32> record(Layer layer) {
    layers.add(layer);
    return layer.output();
  }

  private List<Operand<TFloat32>> addGradients(
      Operand<TFloat32> output, List<Operand<TFloat32>> ends, Operand<TFloat32> byOutput) {
    Output<?>[] from = {output.asOutput()};
    Output<?>[] to = ends.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    Output<?>[] start = {byOutput.asOutput()};
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    // The prefix keeps the names of several segments apart.
    for (Output<?> gradient :
        graph.addGradients(
            "gradient" + output.asOutput().op().name().hashCode(), from, to, start)) {
      gradients.add(gradient.expect(TFloat32.class));
    }
    return gradients;
  }

  /**
   * Builds gradients of one number.
   *
   * @param result a scalar that was recorded last
   * @param wanted operands it was computed from through recorded layers
   * @return the gradients in the order of wanted, each of its operand's shape
   */
  List<Operand<TFloat32>> gradients(
      Operand<TFloat32> result, List<? extends Operand<TFloat32>> wanted) {
    Map<String, Operand<TFloat32>> known = new HashMap<>();
    known.put(key(result), tf.onesLike(result));
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      Operand<TFloat32> byOutput = known.get(key(layer.output()));
      if (byOutput != null) {
        List<Operand<TFloat32>> byInputs = layer.backward().apply(byOutput);
        for (int k = 0; k < byInputs.size(); k++) {
          known.merge(key(layer.inputs().get(k)), byInputs.get(k), tf.math::add);
        }
      }
    }
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (Operand<TFloat32> operand : wanted) {
      Operand<TFloat32> gradient = known.get(key(operand));
      if (gradient == null) {
        throw new IllegalArgumentException(key(operand) + " has no part in the result.");
      }
      gradients.add(gradient);
    }
    return gradients;
  }

  private static String key(Operand<TFloat32> operand) {
    return operand.asOutput().op().name() + ":" + operand.asOutput().index();
  }
}
