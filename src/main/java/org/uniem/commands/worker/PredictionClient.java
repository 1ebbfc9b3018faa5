package org.uniem.commands.worker;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.uniem.job.BadInputException;
import org.uniem.job.ResourceException;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.PatchNetwork;

/**
 * A network that computes in a process of its own and stays open: for viewers that predict block
 * after block, also while a training replaces its weights.
 *
 * <p>Takes the place of any other {@link PatchNetwork}. If its process ends unexpectedly, calls
 * under way throw one sentence, and the next call starts another process. Thread-safe; close it to
 * end the process. Costs one copy of each patch through a pipe, about a millisecond per megabyte.
 */
public final class PredictionClient implements PatchNetwork {

  /** A training may replace the model while it is being read. */
  private static final int TRIES = 5;

  private final Path folder;
  private final ComputeSettings settings;
  private volatile Loaded loaded;
  private volatile PredictionLink link;
  private volatile boolean closed;

  /** What the process has loaded. */
  private record Loaded(ModelDescription model, String device) {}

  private PredictionClient(Path folder, ComputeSettings settings) {
    this.folder = folder.toAbsolutePath();
    this.settings = settings;
  }

  /**
   * Starts a process and loads a model.
   *
   * @param modelFolder the model; may be replaced by a training later on
   * @param settings device, threads and memory
   * @throws BadInputException if the model is missing or damaged
   * @throws ResourceException if the process cannot be started; one sentence
   */
  public static PredictionClient open(Path modelFolder, ComputeSettings settings) {
    PredictionClient client = new PredictionClient(modelFolder, settings);
    client.started();
    return client;
  }

  /** The running process, started again where it has ended. */
  private PredictionLink link() {
    PredictionLink present = link;
    // Without a lock, so that nobody waits for a refresh.
    return present != null && present.isAlive() && !closed ? present : started();
  }

  private synchronized PredictionLink started() {
    if (closed) {
      throw new CancellationException("Closed.");
    }
    if (link == null || !link.isAlive()) {
      // Read first: a model that is not there needs no process.
      ModelFolder.describe(folder);
      PredictionLink fresh = PredictionLink.start(settings);
      try {
        load(fresh);
      } catch (RuntimeException | Error e) {
        fresh.close();
        throw e;
      }
      link = fresh;
    }
    return link;
  }

  private void load(PredictionLink process) {
    for (int i = 0; i < TRIES; i++) {
      ModelDescription model = ModelFolder.describe(folder);
      String sha256 = model.weights().sha256();
      String text;
      try {
        text = process.open(folder.toString()).text();
      } catch (BadInputException e) {
        if (i + 1 < TRIES && !ModelFolder.describe(folder).weights().sha256().equals(sha256)) {
          continue;
        }
        throw e;
      }
      if (text.startsWith(sha256)) {
        loaded = new Loaded(model, text.substring(sha256.length() + 1));
        return;
      }
    }
    throw new BadInputException(
        "Model folder " + folder + " keeps changing while it is read: try again.");
  }

  /**
   * Loads the model again if its folder has other weights by now. Calls of {@link #predict} go on
   * with the old weights until then; if the new model has other channels or classes, callers must
   * ask for its {@link #description} anew.
   *
   * @return whether there were others
   * @throws BadInputException if the model is missing or damaged; the old one stays loaded
   */
  public synchronized boolean refresh() {
    PredictionLink process = started();
    String now = ModelFolder.describe(folder).weights().sha256();
    if (now.equals(loaded.model.weights().sha256())) {
      return false;
    }
    load(process);
    return true;
  }

  /** The model that is loaded. */
  public ModelDescription description() {
    return loaded.model;
  }

  /** The device in use in words; see {@link org.uniem.networks.TensorFlowRuntime#describe}. */
  public String device() {
    return loaded.device;
  }

  /** Process id of the process in use, for tests. */
  long pid() {
    return link.pid();
  }

  @Override
  public int inputChannels() {
    return loaded.model.networkInputChannels();
  }

  @Override
  public int outputs() {
    return loaded.model.classes().size();
  }

  @Override
  public int sizeMultiple() {
    return loaded.model.sizeMultiple();
  }

  /**
   * Predicts; see {@link PatchNetwork#predict}.
   *
   * @throws ResourceException if the process ends before it has answered; one sentence
   * @throws CancellationException if the calling thread is interrupted, or the client closed
   */
  @Override
  public float[] predict(float[] image, int n, int height, int width) {
    return link().predict(image, n, height, width).values();
  }

  /** Ends the process; calls under way are cancelled. */
  @Override
  public synchronized void close() {
    closed = true;
    if (link != null) {
      link.close();
    }
  }
}
