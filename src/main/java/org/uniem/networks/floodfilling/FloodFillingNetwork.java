package org.uniem.networks.floodfilling;

import java.util.Locale;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.scene.Intensities;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Normalisation;
import org.uniem.networks.SharedSession;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.ConstantParameters;
import org.uniem.networks.pixels.PixelScaling;
import org.uniem.volumes.Volume;

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
  private final SharedSession session;
  private final Placeholder<TFloat32> images;
  private final Placeholder<TFloat32> masks;
  private final Operand<TFloat32> updated;

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
    Graph graph = new Graph();
    try {
      Ops tf = Ops.create(graph);
      this.images = input(tf, "images");
      this.masks = input(tf, "masks");
      this.updated =
          network.build(new Tape(graph, tf), new ConstantParameters(tf, weights), images, masks);
      this.session = new SharedSession(graph, runtime);
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
    Normalisation normalisation = normalisation();
    return model(new Intensities((float) normalisation.mean(), (float) normalisation.std()));
  }

  /**
   * The network as flood filling takes it, for images whose pixels may be of another type or range
   * than those trained on, see {@link PixelScaling}; what is done is told as a note of the job.
   *
   * @param images the whole volume, whatever part of it is filled
   * @throws BadInputException if the model was not trained on intensities, or a pixel is not finite
   */
  public FillingModel model(Volume images, Job job) {
    Normalisation normalisation = normalisation();
    PixelScaling scaling = PixelScaling.of(images, description, job);
    boolean asTrained =
        scaling.offset() == normalisation.mean() && scaling.factor() == 1 / normalisation.std();
    return model(
        new Intensities(
            (float) scaling.offset(),
            (float) (asTrained ? normalisation.std() : 1 / scaling.factor()),
            (float) scaling.least(),
            (float) scaling.most()));
  }

  private Normalisation normalisation() {
    Normalisation normalisation = description.normalisation();
    if (!Normalisation.INTENSITY.equals(normalisation.mode())) {
      throw new BadInputException(
          "Model \""
              + name
              + "\" has the normalisation \""
              + normalisation.mode()
              + "\": expected \"intensity\", with mean and std in grey values. Import it again.");
    }
    return normalisation;
  }

  private FillingModel model(Intensities intensities) {
    String identity = description.weights() == null ? name : description.weights().sha256();
    return new FillingModel(this, intensities, identity);
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
    return checked(session.use(open -> run(open, boxes, logits, n)));
  }

  private float[] run(Session open, float[] boxes, float[] logits, int n) {
    Shape shape = boxes(n);
    try (TFloat32 image = TFloat32.tensorOf(shape, DataBuffers.of(boxes));
        TFloat32 mask = TFloat32.tensorOf(shape, DataBuffers.of(logits));
        Result result = open.runner().feed(images, image).feed(masks, mask).fetch(updated).run()) {
      return SharedSession.values(result);
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
    session.close();
  }
}
