package org.uniem.networks.inference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
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
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> input;
  private final Operand<TFloat32> output;
  private final int outputs;

  /** Calls that are running, and one more until the network is closed. */
  private final AtomicInteger uses = new AtomicInteger(1);

  private final AtomicBoolean closed = new AtomicBoolean();

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
    try {
      Ops tf = Ops.create(graph);
      int channels = description.networkInputChannels();
      this.input =
          tf.withName("image")
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, channels)));
      this.output = probability(tf, model.weights());
      this.session = runtime.open(graph);
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
    return session.function(signature);
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
    if (uses.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new IllegalStateException("The network is closed.");
    }
    try {
      return run(image, n, height, width);
    } finally {
      release();
    }
  }

  private float[] run(float[] image, int n, int height, int width) {
    try (TFloat32 fed =
            TFloat32.tensorOf(Shape.of(n, height, width, inputChannels()), DataBuffers.of(image));
        Result result = session.runner().feed(input, fed).fetch(output).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.copyTo(NdArrays.wrap(tensor.shape(), DataBuffers.of(values, false, false)));
      return values;
    }
  }

  /** Whether a call is running. */
  boolean isInUse() {
    return uses.get() > 1;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  /** The last to leave frees the native memory: closing a session in use would wait for it. */
  private void release() {
    if (uses.decrementAndGet() == 0) {
      session.close();
      graph.close();
    }
  }
}
