package org.uniem.networks.floodfilling;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.job.BadInputException;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Normalisation;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.ConstantParameters;

/**
 * A flood-filling network in TensorFlow, weights frozen into the graph. Thread-safe; close it to
 * free native memory.
 *
 * <p>Calls from several threads share one session. Numbers are 32-bit floats throughout.
 */
public final class FloodFillingNetwork implements MaskPredictor {

  private final String name;
  private final ModelDescription description;
  private final FloodFillingSettings settings;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> images;
  private final Placeholder<TFloat32> masks;
  private final Operand<TFloat32> updated;

  /** Calls that are running, and one more until the network is closed. */
  private final AtomicInteger uses = new AtomicInteger(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Builds the graph.
   *
   * @param model a flood-filling model
   * @param runtime opens the session
   * @throws BadInputException if the model is of another kind, or its weights do not fit
   */
  public FloodFillingNetwork(ModelFolder model, TensorFlowRuntime runtime) {
    this(model.description(), model.weights(), runtime);
  }

  /**
   * Builds the graph.
   *
   * @param description of a flood-filling model
   * @param weights its weights
   * @param runtime opens the session
   * @throws BadInputException if the model is of another kind, or its weights do not fit
   */
  public FloodFillingNetwork(
      ModelDescription description, Weights weights, TensorFlowRuntime runtime) {
    ResidualNetwork network = ResidualNetwork.of(description);
    this.name = description.name();
    this.description = description;
    this.settings = description.floodFilling();
    try {
      Ops tf = Ops.create(graph);
      this.images = input(tf, "images");
      this.masks = input(tf, "masks");
      this.updated =
          network.build(new Tape(graph, tf), new ConstantParameters(tf, weights), images, masks);
      this.session = runtime.open(graph);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private Placeholder<TFloat32> input(Ops tf, String title) {
    return tf.withName(title).placeholder(TFloat32.class, Placeholder.shape(boxes(-1)));
  }

  private Shape boxes(long n) {
    return Shape.of(
        n,
        settings.fieldOfView().get(2),
        settings.fieldOfView().get(1),
        settings.fieldOfView().get(0));
  }

  /** What the model was trained with. */
  public FloodFillingSettings settings() {
    return settings;
  }

  /**
   * The network as flood filling takes it; closing that of {@link FillingModel#predictor} or this
   * closes both.
   *
   * @throws BadInputException if the model was not trained on intensities
   */
  public FillingModel model() {
    Normalisation normalisation = description.normalisation();
    if (!Normalisation.INTENSITY.equals(normalisation.mode())) {
      throw new BadInputException(
          "Model \""
              + name
              + "\" has the normalisation \""
              + normalisation.mode()
              + "\": expected \"intensity\", with mean and std in grey values. Import it again.");
    }
    String identity = description.weights() == null ? name : description.weights().sha256();
    return new FillingModel(
        this, (float) normalisation.mean(), (float) normalisation.std(), identity);
  }

  /** How objects are grown with the probabilities the model was trained with. */
  public FillingOptions options() {
    FillingOptions published = FillingOptions.PUBLISHED;
    return new FillingOptions(
        settings.padProbability(),
        settings.seedProbability(),
        settings.moveThreshold(),
        settings.segmentThreshold(),
        published.minSegmentVoxels(),
        published.discoThreshold(),
        published.minBoundaryDistance(),
        published.batch());
  }

  @Override
  public int[] fieldOfView() {
    return settings.fieldOfView().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public int[] deltas() {
    return settings.deltas().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * {@inheritDoc}
   *
   * @throws BadInputException if the network gives values that are not numbers
   */
  @Override
  public float[] predict(float[] boxes, float[] logits, int n) {
    if (uses.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new IllegalStateException("The network is closed.");
    }
    try {
      return checked(run(boxes, logits, n));
    } finally {
      release();
    }
  }

  private float[] run(float[] boxes, float[] logits, int n) {
    Shape shape = boxes(n);
    try (TFloat32 image = TFloat32.tensorOf(shape, DataBuffers.of(boxes));
        TFloat32 mask = TFloat32.tensorOf(shape, DataBuffers.of(logits));
        Result result =
            session.runner().feed(images, image).feed(masks, mask).fetch(updated).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.copyTo(NdArrays.wrap(tensor.shape(), DataBuffers.of(values, false, false)));
      return values;
    }
  }

  private float[] checked(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += value;
    }
    if (!Float.isFinite(sum)) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "Model \"%s\" gives values that are not numbers: its training has probably diverged,"
                  + " or the images hold such values. Train it again with a smaller learning rate.",
              name));
    }
    return values;
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
