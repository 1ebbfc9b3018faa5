package org.uniem.networks.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.uniem.job.Job;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.pixels.PixelStatistics;
import org.uniem.networks.training.run.TrainingFolder;
import org.uniem.networks.training.run.TrainingListener;
import org.uniem.networks.training.run.TrainingResult;
import org.uniem.networks.training.run.TrainingRun;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;

/** Trains 2D networks from labelled slices. */
public final class NetworkTraining {

  private NetworkTraining() {}

  /**
   * Trains a network and saves it as a model folder.
   *
   * <p>A cancel returns within a second. Where a single step of the network takes longer, it is
   * finished and its checkpoint written by a thread of its own after that.
   *
   * <p>The folder receives {@code model.json} and the weights (the best by validation, else the
   * last, averaged over the last steps), and {@code training/} with the checkpoint, the log and
   * TensorBoard event files and {@link org.uniem.networks.training.run.RunStatus}. A cancelled or
   * killed training leaves a checkpoint from which {@code resume} goes on; with limits in steps the
   * result is then the same, to the bit, as without the interruption. A training that fails before
   * its first checkpoint leaves nothing. The same inputs, options, seed and number of threads give
   * the same weights on the same machine.
   *
   * @param images grey or colour slices, x, y, z
   * @param labels of the same size, one channel
   * @param folder the model folder: new, empty, or that of an earlier run when resuming
   * @param dataOptions classes, unlabelled value, neighbouring slices
   * @param options architecture, loss, limits, …
   * @param augmentation how patches are varied
   * @param resume whether to go on from the checkpoint in the folder
   * @param start a model of the same network, whose weights a fresh training starts from; empty for
   *     random ones
   * @param runtime opens TensorFlow sessions
   * @param listener follows losses and scores
   * @param job progress and cancel
   * @return what the training came to
   * @throws org.uniem.job.BadInputException if images and labels cannot train a network
   * @throws org.uniem.job.OutputException if the folder cannot be used
   * @throws org.uniem.job.BadParameterException if options do not fit each other, or the loss
   *     becomes infinite
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static TrainingResult train(
      Volume images,
      Volume labels,
      Path folder,
      TrainingDataOptions dataOptions,
      TrainingOptions options,
      Augmentation augmentation,
      boolean resume,
      Optional<ModelFolder> start,
      TensorFlowRuntime runtime,
      TrainingListener listener,
      Job job) {
    Map<String, Object> settings = new LinkedHashMap<>(options.asMap());
    settings.put("data", dataOptions.toString());
    settings.put("augmentation", augmentation.toString());
    PixelStatistics pixels = PixelStatistics.of(images, images.channels(), job);
    if (images.pixelType() != PixelType.UINT8) {
      // Another scale would be another training.
      settings.put(TrainingFolder.PIXELS, pixels.inFewWords());
    }
    TrainingFolder place = TrainingFolder.open(folder, resume, settings);
    TrainingData data = TrainingData.load(images, pixels, labels, dataOptions, job);
    // What a checkpoint holds replaces the weights of a start.
    Optional<ModelFolder> first = place.resumed() == null ? start : Optional.empty();
    return TrainingRun.train(
        place,
        () -> new PatchLearner(folder, data, options, augmentation, first, runtime, job),
        options.plan(),
        runtime,
        listener,
        job);
  }
}
