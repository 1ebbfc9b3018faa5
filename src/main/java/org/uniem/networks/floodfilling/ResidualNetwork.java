package org.uniem.networks.floodfilling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.uniem.job.BadInputException;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.architecture.Initializer;
import org.uniem.networks.architecture.Parameters;

/**
 * The layers of a flood-filling network: residual modules of two 3×3×3 convolutions each, then a
 * 1×1×1 convolution to the change of the mask's logits.
 *
 * <p>Module 0: convolution, ReLU, convolution. Each further one: add to what came in (before ReLU)
 * what ReLU, convolution, ReLU, convolution make of it. Zeros around the field of view, biases
 * everywhere. Januszewski et al. 2018, 10.1038/s41592-018-0049-4. First weights are Xavier's, as in
 * the authors' later code; the paper's were normal with σ = 0.01.
 *
 * @param depth number of modules, 1 or more
 * @param features channels between the layers, 1 or more
 */
record ResidualNetwork(int depth, int features) {

  /** Names of the two parameters in a model's description. */
  static final String DEPTH = "depth";

  static final String FEATURES = "features";

  /** Channels that go in: the image, and the logits of the mask. */
  static final int INPUTS = 2;

  /** Name of the last layer. */
  static final String LAST = "update";

  private static final int LARGEST_DEPTH = 1000;
  private static final int MOST_FEATURES = 4096;

  ResidualNetwork {
    require(DEPTH, depth, LARGEST_DEPTH);
    require(FEATURES, features, MOST_FEATURES);
  }

  private static void require(String name, int value, int largest) {
    if (value < 1 || value > largest) {
      throw new BadInputException(
          name + " of the network is " + value + ": expected 1 to " + largest + ".");
    }
  }

  /**
   * The network that a description names.
   *
   * @throws BadInputException if it is no flood-filling network, or a parameter is missing
   */
  static ResidualNetwork of(ModelDescription description) {
    if (!description.isFloodFilling()) {
      throw new BadInputException(
          "Model \""
              + description.name()
              + "\" ("
              + description.architecture()
              + ") is no flood-filling network: give one made by ffn-import or ffn-train.");
    }
    return new ResidualNetwork(description.intParameter(DEPTH), description.intParameter(FEATURES));
  }

  /** Name of a convolution; step {@code 'a'} or {@code 'b'} of a module. */
  static String convolution(int module, char step) {
    return "conv" + module + "_" + step;
  }

  /** Shapes of all weights by name, in the order of the layers. */
  Map<String, int[]> shapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (int module = 0; module < depth; module++) {
      for (char step : new char[] {'a', 'b'}) {
        int inputs = module == 0 && step == 'a' ? INPUTS : features;
        String name = convolution(module, step);
        shapes.put(name + "/kernel", new int[] {3, 3, 3, inputs, features});
        shapes.put(name + "/bias", new int[] {features});
      }
    }
    shapes.put(LAST + "/kernel", new int[] {1, 1, 1, features, 1});
    shapes.put(LAST + "/bias", new int[] {1});
    return shapes;
  }

  /**
   * Builds the network.
   *
   * @param tape records the layers
   * @param parameters where the weights come from
   * @param images [n, z, y, x], normalised
   * @param masks [n, z, y, x], logits
   * @return [n, z, y, x], the new logits: those that came in and their change
   */
  Operand<TFloat32> build(
      Tape tape, Parameters parameters, Operand<TFloat32> images, Operand<TFloat32> masks) {
    Builder layers = new Builder(tape, parameters, shapes());
    var tf = tape.ops();
    Operand<TFloat32> input = tf.stack(List.of(images, masks), Stack.axis(4L));
    Operand<TFloat32> x = layers.convolve(layers.relu(layers.convolve(input, 0, 'a')), 0, 'b');
    for (int module = 1; module < depth; module++) {
      Operand<TFloat32> hidden = layers.convolve(layers.relu(x), module, 'a');
      x = layers.convolveOnto(x, layers.relu(hidden), convolution(module, 'b'));
    }
    Operand<TFloat32> change = layers.convolve(layers.relu(x), LAST);
    return tape.segment(
        List.of(masks, change),
        in -> tf.math.add(in.get(0), tf.squeeze(in.get(1), Squeeze.axis(List.of(4L)))));
  }

  /** Layers with their weights. */
  private record Builder(Tape tape, Parameters parameters, Map<String, int[]> shapes) {

    Operand<TFloat32> convolve(Operand<TFloat32> x, int module, char step) {
      return convolve(x, convolution(module, step));
    }

    Operand<TFloat32> convolve(Operand<TFloat32> x, String name) {
      Operand<TFloat32> kernel = weight(name + "/kernel", Initializer.xavier());
      Operand<TFloat32> bias = weight(name + "/bias", Initializer.constant(0));
      return tape.segment(
          List.of(tape.convolve(x, kernel), bias),
          in -> tape.ops().nn.biasAdd(in.get(0), in.get(1)));
    }

    Operand<TFloat32> relu(Operand<TFloat32> x) {
      return tape.segment(List.of(x), in -> tape.ops().nn.relu(in.get(0)));
    }

    /**
     * A sum with a convolution; its bias comes last, for TensorFlow's optimiser fails otherwise.
     */
    Operand<TFloat32> convolveOnto(Operand<TFloat32> sum, Operand<TFloat32> x, String name) {
      Operand<TFloat32> kernel = weight(name + "/kernel", Initializer.xavier());
      Operand<TFloat32> bias = weight(name + "/bias", Initializer.constant(0));
      return tape.segment(
          List.of(sum, tape.convolve(x, kernel), bias),
          in -> tape.ops().nn.biasAdd(tape.ops().math.add(in.get(0), in.get(1)), in.get(2)));
    }

    private Operand<TFloat32> weight(String name, Initializer initializer) {
      return parameters.weight(name, shapes.get(name), initializer);
    }
  }
}
