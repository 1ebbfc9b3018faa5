package org.uniem.networks.floodfilling;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.uniem.job.Job;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.pixels.CutVolume;
import org.uniem.networks.pixels.PixelStatistics;
import org.uniem.networks.training.run.TrainingFolder;
import org.uniem.networks.training.run.TrainingListener;
import org.uniem.networks.training.run.TrainingResult;
import org.uniem.networks.training.run.TrainingRun;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;

/** Trains flood-filling networks from labelled volumes. */
public final class MaskTraining {

  private MaskTraining() {}

  /**
   * Trains a network and saves it as a model folder.
   *
   * <p>The folder receives {@code model.json} and the weights (those that segment the held-back
   * part best, else the last; averaged over the last steps), and {@code training/} with checkpoint,
   * log, TensorBoard event files and status. A cancelled or killed training leaves a checkpoint
   * from which {@code resume} goes on; with limits in steps the result is then the same, to the
   * bit, as without the interruption. A training that fails before its first checkpoint leaves
   * nothing.
   *
   * @param images grey
   * @param labels objects in them, same size; 0 is background
   * @param mask same size, what is not 0 is left out; may be empty
   * @param folder the model folder: new, empty, or that of an earlier run when resuming
   * @param options network, field of view, limits, …
   * @param resume whether to go on from the checkpoint in the folder
   * @param runtime opens TensorFlow sessions
   * @param listener follows the losses
   * @param job progress and cancel
   * @return what the training came to; its score is the Rand F-score of the held-back part
   * @throws org.uniem.job.BadInputException if images and labels cannot train a network
   * @throws org.uniem.job.OutputException if the folder cannot be used
   * @throws org.uniem.job.BadParameterException if options do not fit each other, or the loss
   *     becomes infinite
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static TrainingResult train(
      Volume images,
      Volume labels,
      Optional<Volume> mask,
      Path folder,
      MaskTrainingOptions options,
      boolean resume,
      TensorFlowRuntime runtime,
      TrainingListener listener,
      Job job) {
    boolean eight = images.pixelType() == PixelType.UINT8;
    PixelStatistics pixels = PixelStatistics.of(images, 1, job);
    Map<String, Object> settings = options.asMap();
    if (!eight) {
      // Another scale would be another training.
      settings.put(TrainingFolder.PIXELS, pixels.inFewWords());
    }
    TrainingFolder place = TrainingFolder.open(folder, resume, settings);
    if (!eight) {
      job.note(pixels.scaledInWords(images.name()));
    }
    Volume cut =
        eight ? images : new CutVolume(images, (float) pixels.black(), (float) pixels.white());
    SplitVolume volume =
        SplitVolume.read(cut, labels, mask, options.holdout().fraction(), options, job);
    return TrainingRun.train(
        place,
        () -> new MaskLearner(folder, volume, pixels, images.voxelSize(), options, runtime, job),
        options.plan(),
        runtime,
        listener,
        job);
  }
}
