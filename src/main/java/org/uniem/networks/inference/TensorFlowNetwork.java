package org.uniem.networks.inference;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.PatchNetwork;
import org.uniem.networks.SharedSession;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Architecture;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.Architectures;
import org.uniem.networks.architecture.ConstantParameters;
import org.uniem.networks.architecture.FeatureMap;
import org.uniem.networks.architecture.Layers;

/**
 * A trained network in TensorFlow, weights frozen into the graph. Thread-safe; close it to free
 * native memory.
 */
public final class TensorFlowNetwork implements PatchNetwork {

  private final ModelDescription description;
  private final SharedSession session;
  private final Placeholder<TFloat32> input;
  private final Operand<TFloat32> output;
  private final int outputs;

  /**
   * Builds the graph.
   *
   * @param model architecture and weights
   * @param runtime opens the session
   * @throws BadInputException if there is no such architecture or the weights do not fit it
   */
  public TensorFlowNetwork(ModelFolder model, TensorFlowRuntime runtime) {
    this.description = model.description();
    if (description.isFloodFilling()) {
      throw new BadInputException(
          "Model \""
              + description.name()
              + "\" is a flood-filling network, which grows objects and predicts no maps: give it"
              + " to ffn-segment.");
    }
    this.outputs = description.classes().size();
    Graph graph = new Graph();
    try {
      Ops tf = Ops.create(graph);
      int channels = description.networkInputChannels();
      this.input =
          tf.withName("image")
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, channels)));
      this.output = probability(tf, model.weights());
      this.session = new SharedSession(graph, runtime);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private Operand<TFloat32> probability(Ops tf, Weights weights) {
    Architecture architecture = architecture();
    Operand<TFloat32> logits =
        architecture
            .build(
                new Layers(tf, new ConstantParameters(tf, weights)),
                new FeatureMap(input, description.networkInputChannels()),
                description.outputs(),
                options(architecture))
            .operand();
    boolean exclusive = description.activation().equals(ModelDescription.SOFTMAX);
    Operand<TFloat32> all = exclusive ? tf.nn.softmax(logits) : tf.math.sigmoid(logits);
    Ops named = tf.withName("probability");
    if (outputs == description.outputs()) {
      return named.identity(all);
    }
    // Softmax of background and foreground: the background map says nothing new.
    int[] first = {0, 0, 0, description.outputs() - outputs};
    int[] size = {-1, -1, -1, outputs};
    return named.slice(all, tf.constant(first), tf.constant(size));
  }

  private Architecture architecture() {
    try {
      return new Architectures().get(description.architecture());
    } catch (BadParameterException e) {
      throw unusable(e);
    }
  }

  private ArchitectureOptions options(Architecture architecture) {
    Map<String, Integer> given = new LinkedHashMap<>();
    description.parameters().keySet().forEach(k -> given.put(k, description.intParameter(k)));
    try {
      return ArchitectureOptions.of(description.architecture(), architecture.options(), given);
    } catch (BadParameterException e) {
      throw unusable(e);
    }
  }

  /** The user gave no such parameter: it is the model that asks for it. */
  private BadInputException unusable(BadParameterException cause) {
    return new BadInputException(
        "Model \"" + description.name() + "\" cannot be used: " + cause.getMessage(), cause);
  }

  /** The network as a function of {@code image} to {@code probability}, for export. */
  SessionFunction function() {
    Signature signature =
        Signature.builder()
            .key(Signature.DEFAULT_KEY)
            .input("image", input)
            .output("probability", output)
            .build();
    return session.use(open -> open.function(signature));
  }

  @Override
  public int inputChannels() {
    return description.networkInputChannels();
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public int sizeMultiple() {
    return description.sizeMultiple();
  }

  @Override
  public float[] predict(float[] image, int n, int height, int width) {
    return session.use(open -> run(open, image, n, height, width));
  }

  private float[] run(Session open, float[] image, int n, int height, int width) {
    try (TFloat32 fed =
            TFloat32.tensorOf(Shape.of(n, height, width, inputChannels()), DataBuffers.of(image));
        Result result = open.runner().feed(input, fed).fetch(output).run()) {
      return SharedSession.values(result);
    }
  }

  /** Whether a call is running. */
  boolean isInUse() {
    return session.isInUse();
  }

  @Override
  public void close() {
    session.close();
  }
}
