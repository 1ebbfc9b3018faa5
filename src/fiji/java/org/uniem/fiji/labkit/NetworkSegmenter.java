package org.uniem.fiji.labkit;

import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.JSpinner;
import javax.swing.SpinnerNumberModel;
import net.imagej.ImgPlus;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Pair;
import net.imglib2.view.Views;
import org.uniem.commands.worker.ComputeSettings;
import org.uniem.job.BadInputException;
import org.uniem.job.UniemException;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.viewers.AtExit;
import org.uniem.volumes.Volume;
import sc.fiji.labkit.ui.labeling.Labeling;
import sc.fiji.labkit.ui.segmentation.Segmenter;

/**
 * A network that is trained on what is painted in Labkit and predicts what is looked at.
 *
 * <p>In the window of Paint Labels a training goes on while the user paints, and the prediction is
 * renewed every few seconds; in Labkit's own window, which cannot be told, it is shown when the
 * training has ended. Training again goes on from the weights there are. Thread-safe.
 */
final class NetworkSegmenter implements Segmenter {

  private static final Cleaner CLEANER = Cleaner.create();
  private static final int CELL = 256;
  private static final long STOP_NANOS = 3_000_000_000L;
  private static final double DEFAULT_MINUTES = 2;
  private static final List<String> NETWORK_OPTIONS =
      List.of("depth", "width", "blocks", "units", "layers");

  private final Supplier<ComputeSettings> settings;
  private final Resources resources = new Resources();
  private final AtomicReference<LiveTraining> running = new AtomicReference<>();
  private final AtomicReference<ImgPlus<?>> lastImage = new AtomicReference<>();
  private Volume lastVolume;
  private double minutes = DEFAULT_MINUTES;
  private volatile Optional<Path> model = Optional.empty();
  private List<String> paintedClasses = List.of();
  private int trainings;

  /** What outlives a segmenter that nobody holds any more, until it is cleared away. */
  private static final class Resources implements Runnable {

    private Path folder;
    private AtExit deletion;
    private RegionPredictor predictor;
    private boolean closed;

    synchronized Path folder() {
      if (folder == null) {
        folder = TemporaryFolder.make();
        Path made = folder;
        deletion = new AtExit(() -> TemporaryFolder.delete(made));
      }
      return folder;
    }

    synchronized RegionPredictor predictor(Path model, ComputeSettings settings) {
      if (closed) {
        throw new CancellationException("The window is closed.");
      }
      if (predictor != null && !predictor.folder().equals(model)) {
        predictor.close();
        predictor = null;
      }
      if (predictor == null) {
        predictor = new RegionPredictor(model, settings);
      }
      return predictor;
    }

    /** No process that predicts is started any more. */
    synchronized void close() {
      closed = true;
      run();
    }

    @Override
    public synchronized void run() {
      if (predictor != null) {
        predictor.close();
        predictor = null;
      }
      if (folder != null) {
        TemporaryFolder.deleteLater(folder, deletion);
        folder = null;
      }
    }
  }

  /**
   * @param settings device, threads and memory, as set when a process is started
   */
  NetworkSegmenter(Supplier<ComputeSettings> settings) {
    this.settings = settings;
    CLEANER.register(this, resources);
  }

  @Override
  public void train(List<Pair<ImgPlus<?>, Labeling>> data) {
    Optional<PredictionWindow> window = VolumeImage.windowOf(data.get(0).getA());
    LiveTraining training = prepare(data);
    if (!running.compareAndSet(null, training)) {
      throw new CancellationException("This network is being trained: stop the training first.");
    }
    TrainingStrip strip = new TrainingStrip(training::stop);
    if (window.isPresent()) {
      window.get().onClose(this::close);
      window.get().showProgress(strip);
      Thread thread = new Thread(() -> run(training, strip, window), "uniem-live-training");
      thread.setDaemon(true);
      thread.start();
      return;
    }
    TrainingDialog dialog = TrainingDialog.show(strip);
    try {
      run(training, strip, window);
    } finally {
      dialog.close();
    }
  }

  private synchronized LiveTraining prepare(List<Pair<ImgPlus<?>, Labeling>> data) {
    awaitStopped();
    if (running.get() != null) {
      throw new CancellationException("This network is being trained: stop the training first.");
    }
    trainings++;
    TrainingSet set;
    try {
      set = TrainingSet.write(data, resources.folder(), trainings);
    } catch (UniemException e) {
      throw cancelled(e);
    }
    Optional<Path> earlier = model.filter(folder -> ModelFile.weights(folder).isPresent());
    boolean same = set.classes().equals(paintedClasses);
    if (same && model.isPresent() && Files.exists(LiveTraining.checkpoint(model.get()))) {
      return live(set, model.get(), Optional.empty(), List.of());
    }
    Optional<Path> start = earlier.filter(folder -> fits(folder, set));
    List<String> network =
        start.map(folder -> network(ModelFolder.describe(folder))).orElse(List.of());
    Path fresh = resources.folder().resolve("network-" + trainings);
    paintedClasses = set.classes();
    return live(set, fresh, start, network);
  }

  /** One that was stopped a moment ago may still be ending. */
  private void awaitStopped() {
    long start = System.nanoTime();
    LiveTraining last = running.get();
    while (last != null && last.isStopped() && System.nanoTime() - start < STOP_NANOS) {
      Thread.onSpinWait();
      last = running.get();
    }
  }

  private LiveTraining live(
      TrainingSet set, Path folder, Optional<Path> start, List<String> network) {
    model = Optional.of(folder);
    return new LiveTraining(set, folder, start, minutes, network, settings.get());
  }

  /** Labkit shows the message of such an exception, and a stack trace of any other. */
  private static CancellationException cancelled(UniemException e) {
    CancellationException shown = new CancellationException(e.getMessage());
    shown.initCause(e);
    return shown;
  }

  private static boolean fits(Path folder, TrainingSet set) {
    ModelDescription description = ModelFolder.describe(folder);
    List<String> classes = description.classes();
    boolean one = classes.size() == 1 && set.classes().size() == 2;
    return description.context() == 0 && (one || classes.equals(set.classes()));
  }

  private static List<String> network(ModelDescription description) {
    List<String> parameters = new ArrayList<>();
    parameters.add("architecture=" + description.architecture());
    for (Map.Entry<String, ?> option : description.parameters().entrySet()) {
      if (NETWORK_OPTIONS.contains(option.getKey())) {
        parameters.add(option.getKey() + "=" + description.intParameter(option.getKey()));
      }
    }
    if (ModelDescription.SOFTMAX.equals(description.activation())) {
      parameters.add("loss=softmax");
    }
    return parameters;
  }

  private void run(LiveTraining training, TrainingStrip strip, Optional<PredictionWindow> window) {
    Path folder = model.orElseThrow();
    Runnable renew = () -> renew(folder, strip, window);
    try {
      training.run(strip, renew);
      renew.run();
      strip.ended("Trained. Paint where the prediction is wrong and train again.");
    } catch (CancellationException e) {
      strip.ended(TrainingStrip.STOPPED);
    } catch (UniemException e) {
      strip.ended("Training failed: " + e.getMessage());
      if (window.isEmpty()) {
        throw cancelled(e);
      }
    } finally {
      running.set(null);
    }
  }

  private void renew(Path folder, TrainingStrip strip, Optional<PredictionWindow> window) {
    try {
      resources.predictor(folder, settings.get()).refresh();
      strip.note("Prediction renewed.");
      window.ifPresent(PredictionWindow::refreshPredictions);
    } catch (UniemException e) {
      strip.note("Prediction not renewed: " + e.getMessage());
    } catch (CancellationException e) {
      strip.note("The window is closing.");
    }
  }

  /** Stops a training and ends the process that predicts. */
  void close() {
    LiveTraining training = running.get();
    if (training != null) {
      training.stop();
    }
    model = Optional.empty();
    resources.close();
  }

  /** Whether a training is going on. */
  boolean isTraining() {
    return running.get() != null;
  }

  @Override
  public boolean isTrained() {
    return model.filter(folder -> ModelFile.weights(folder).isPresent()).isPresent();
  }

  private RegionPredictor predictor() {
    Path folder =
        model.orElseThrow(
            () -> new BadInputException("There is no network yet: train one or open a model."));
    return resources.predictor(folder, settings.get());
  }

  /** Labkit asks for many cells of one image. */
  private Volume volumeOf(ImgPlus<?> image) {
    synchronized (lastImage) {
      if (lastImage.get() != image) {
        lastVolume = VolumeImage.volumeOf(image);
        lastImage.set(image);
        VolumeImage.windowOf(image).ifPresent(window -> window.onClose(this::close));
      }
      return lastVolume;
    }
  }

  @Override
  public void segment(ImgPlus<?> image, RandomAccessibleInterval<? extends IntegerType<?>> output) {
    Volume volume = volumeOf(image);
    long depth = output.numDimensions() == 2 ? 1 : output.dimension(2);
    for (long n = 0; n < depth; n++) {
      long z = output.numDimensions() == 2 ? 0 : output.min(2) + n;
      RandomAccessibleInterval<? extends IntegerType<?>> plane =
          output.numDimensions() == 2 ? output : Views.hyperSlice(output, 2, z);
      float[][] maps = predictor().predict(volume, plane, z);
      int i = 0;
      for (IntegerType<?> pixel : Views.flatIterable(plane)) {
        pixel.setInteger(largest(maps, i++));
      }
    }
  }

  private static int largest(float[][] maps, int pixel) {
    int best = 0;
    for (int m = 1; m < maps.length; m++) {
      best = maps[m][pixel] > maps[best][pixel] ? m : best;
    }
    return best;
  }

  @Override
  public void predict(ImgPlus<?> image, RandomAccessibleInterval<? extends RealType<?>> output) {
    Volume volume = volumeOf(image);
    int classAxis = output.numDimensions() - 1;
    boolean flat = classAxis == 2;
    Interval area = Views.hyperSlice(output, classAxis, output.min(classAxis));
    for (long n = 0; n < (flat ? 1 : area.dimension(2)); n++) {
      long z = flat ? 0 : area.min(2) + n;
      RandomAccessibleInterval<? extends RealType<?>> slice =
          flat ? output : Views.hyperSlice(output, 2, z);
      float[][] maps = predictor().predict(volume, Views.hyperSlice(slice, 2, slice.min(2)), z);
      for (int m = 0; m < maps.length; m++) {
        int i = 0;
        for (RealType<?> pixel : Views.flatIterable(Views.hyperSlice(slice, 2, m))) {
          pixel.setReal(maps[m][i++]);
        }
      }
    }
  }

  @Override
  public List<String> classNames() {
    return predictor().classNames();
  }

  @Override
  public int[] suggestCellSize(ImgPlus<?> image) {
    boolean flat = volumeOf(image).depth() == 1;
    return flat ? new int[] {CELL, CELL} : new int[] {CELL, CELL, 1};
  }

  @Override
  public boolean requiresFixedCellSize() {
    return false;
  }

  @Override
  public void saveModel(String path) {
    Path trained =
        model
            .filter(folder -> ModelFile.weights(folder).isPresent())
            .orElseThrow(
                () -> new BadInputException("There is no network to save yet: train it first."));
    ModelFile.copy(trained, Path.of(path));
  }

  @Override
  public synchronized void openModel(String path) {
    if (running.get() != null) {
      throw new BadInputException("This network is being trained: stop the training first.");
    }
    Path folder =
        ModelFile.folder(path)
            .orElseThrow(
                () ->
                    new BadInputException(
                        path
                            + " is no model: give a folder made by train-network, or the"
                            + " model.json in it."));
    ModelFolder.open(folder);
    model = Optional.of(folder);
    paintedClasses = List.of();
  }

  @Override
  public void editSettings(JFrame parent, List<Pair<ImgPlus<?>, Labeling>> data) {
    JSpinner spinner = new JSpinner(new SpinnerNumberModel(minutes, 0.1, 600, 1));
    int answer =
        JOptionPane.showConfirmDialog(
            parent,
            new Object[] {"Minutes of each training:", spinner},
            "UNI-EM Network",
            JOptionPane.OK_CANCEL_OPTION,
            JOptionPane.PLAIN_MESSAGE);
    if (answer == JOptionPane.OK_OPTION) {
      trainFor(((Number) spinner.getValue()).doubleValue());
    }
  }

  /** Sets how long each training takes, in minutes. */
  synchronized void trainFor(double duration) {
    minutes = duration;
  }
}
