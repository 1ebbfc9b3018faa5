package org.uniem.fiji.labkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.uniem.commands.execution.UniEmWorker;
import org.uniem.commands.networks.TrainNetwork;
import org.uniem.commands.worker.ComputeSettings;
import org.uniem.commands.worker.WorkerCommand;
import org.uniem.commands.worker.WorkerProcess;
import org.uniem.job.ProgressListener;
import org.uniem.job.UniemException;
import org.uniem.networks.training.run.Checkpoint;
import org.uniem.networks.training.run.RunStatus;

/**
 * A training in a process of its own, which saves a model every few seconds and can be stopped at
 * once. Used once.
 */
final class LiveTraining {

  private static final int SECONDS_BETWEEN_MODELS = 8;
  private static final int PATCH = 128;
  private static final long POLL_MILLIS = 300;
  private static final long EARLIER_RUN_SECONDS = 12;

  private final Path model;
  private final List<String> parameters;
  private final double minutes;
  private final ComputeSettings settings;
  private volatile boolean cancelled;
  private volatile boolean ended;

  /**
   * @param set what is trained on
   * @param model the model folder: new, or that of the training it goes on with
   * @param start a model that a new training starts from
   * @param minutes of this run, whatever those before took
   * @param network parameters that choose the network, as on the command line
   */
  LiveTraining(
      TrainingSet set,
      Path model,
      Optional<Path> start,
      double minutes,
      List<String> network,
      ComputeSettings settings) {
    this.model = model;
    this.settings = settings;
    this.minutes = minutes;
    parameters = new ArrayList<>(network);
    parameters.add("images=" + set.images());
    parameters.add("labels=" + set.labels());
    parameters.add("model=" + model);
    parameters.add("patchSize=" + PATCH);
    parameters.add("schedule=constant");
    parameters.add("validationFraction=0");
    parameters.add("publishEvery=" + SECONDS_BETWEEN_MODELS);
    if (Files.exists(checkpoint(model))) {
      parameters.add("resume=true");
    } else {
      start.ifPresent(folder -> parameters.add("start=" + folder));
    }
  }

  /**
   * The limit of a training that goes on for some minutes: what it took until now counts too, and
   * that is less than it was given where the user stopped it.
   *
   * @param checkpoint need not exist
   */
  static double totalMinutes(Path checkpoint, double minutes) {
    return minutes + (Files.exists(checkpoint) ? Checkpoint.read(checkpoint).seconds() / 60 : 0);
  }

  /** What a training in a model folder goes on from. */
  static Path checkpoint(Path model) {
    return model.resolve("training").resolve("checkpoint.safetensors");
  }

  /**
   * Trains to the end, or until it is stopped.
   *
   * @param listener receives its progress
   * @param published called on another thread soon after the model folder has a new model
   * @throws CancellationException if it was stopped before it could save its model
   * @throws org.uniem.job.UniemException if it fails
   */
  void run(ProgressListener listener, Runnable published) {
    awaitEarlierRun();
    parameters.add("minutes=" + totalMinutes(checkpoint(model), minutes));
    Thread watcher = new Thread(() -> watch(published), "uniem-new-models");
    watcher.setDaemon(true);
    watcher.start();
    try {
      WorkerProcess.run(
          UniEmWorker.class,
          TrainNetwork.class,
          new WorkerCommand(TrainNetwork.class.getName(), parameters, settings),
          listener,
          () -> cancelled);
    } finally {
      ended = true;
    }
  }

  /** A run that was cancelled may still be writing its checkpoint. */
  private void awaitEarlierRun() {
    long start = System.nanoTime();
    while (!cancelled
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(EARLIER_RUN_SECONDS)
        && RunStatus.read(model)
            .filter(run -> run.state() == RunStatus.State.RUNNING && !run.isKilled())
            .isPresent()) {
      sleep(POLL_MILLIS);
    }
  }

  private void watch(Runnable published) {
    String last = ModelFile.weights(model).orElse("");
    while (!ended) {
      sleep(POLL_MILLIS);
      Optional<String> now = newest();
      if (now.isPresent() && !now.get().equals(last)) {
        last = now.get();
        published.run();
      }
    }
  }

  /** The model's weights, empty while they cannot be read, as in the moment they are replaced. */
  private Optional<String> newest() {
    try {
      return ModelFile.weights(model);
    } catch (UniemException e) {
      return Optional.empty();
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted.");
    }
  }

  /**
   * Stops it within a second; returns at once. The last saved model remains, and a checkpoint that
   * the next training goes on from.
   */
  void stop() {
    cancelled = true;
  }

  boolean isStopped() {
    return cancelled;
  }
}
