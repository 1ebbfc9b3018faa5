package org.uniem.networks.inference;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.networks.LoadedModel;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.pixels.PixelScaling;
import org.uniem.volumes.Volume;

/**
 * Predicts stacks of images of any size with one network or the mean of several.
 *
 * <p>Reading, cutting, the network, blending and writing run at the same time, joined by short
 * queues, so that the network hardly waits; the memory used does not grow with the number of
 * slices. The result does not depend on timing.
 *
 * <p>Borders are mirrored (the border pixel not repeated), in x, y and across z. Overlapping tiles
 * and test-time flips follow common practice; see {@link InferenceOptions}.
 */
public final class NetworkInference {

  private NetworkInference() {}

  /**
   * Predicts all slices.
   *
   * <p>A network for grey images sees the luminance of colour (ITU-R BT.601); a network for colour
   * sees grey in all its channels. What the models say about pixel scaling is done by {@link
   * PixelScaling}.
   *
   * @param models one, or several whose maps are averaged: their classes must be the same
   * @param images what is predicted; not closed
   * @param options how, the same for all models
   * @param output receives the maps slice by slice; if this method throws, what it received is
   *     incomplete
   * @param job cancelling takes effect within a second; a longer call of the network ends by itself
   *     afterwards, and its memory is free only then
   * @return what it cost; also told as a message of the job
   * @throws BadInputException if the models do not agree or do not fit the images, or a pixel is
   *     not finite; before the first slice is delivered where that can be known
   * @throws org.uniem.job.ResourceException if a slice and its tiles need more memory than there is
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static InferenceStatistics predict(
      List<LoadedModel> models, Volume images, InferenceOptions options, Sink output, Job job) {
    return predict(
        models,
        images,
        (model, measuring) -> PixelScaling.of(images, model, measuring),
        options,
        output,
        job);
  }

  /**
   * Predicts all slices of a part of a volume.
   *
   * @param scaling how the pixels of the whole volume become the inputs of a model, so that the
   *     parts of it agree; asked once for each model, after all checks
   */
  public static InferenceStatistics predict(
      List<LoadedModel> models,
      Volume images,
      BiFunction<ModelDescription, Job, PixelScaling> scaling,
      InferenceOptions options,
      Sink output,
      Job job) {
    long start = System.nanoTime();
    requireAgreement(models);
    requirePixels(images);
    MemoryNeed.requireSlice(images);
    for (LoadedModel model : models) {
      requireChannels(model.description(), images);
    }
    List<ModelFeed> feeds =
        models.stream().map(model -> new ModelFeed(model, images, options)).toList();
    requireMemory(MemoryNeed.of(images, feeds, InferenceRun.buffers(options, images.depth())));
    Map<ModelFeed, PixelScaling> scalings = new IdentityHashMap<>();
    for (ModelFeed feed : feeds) {
      scalings.put(feed, scaling.apply(feed.description(), job));
    }
    InferenceRun run = new InferenceRun(feeds, scalings, images, options, output, job);
    run.run();
    InferenceStatistics statistics = run.statistics(System.nanoTime() - start);
    job.message(statistics.summary());
    return statistics;
  }

  private static void requireMemory(MemoryNeed need) {
    if (need.total() > MemoryNeed.available()) {
      // What counts as used includes garbage; a prediction is worth one collection.
      System.gc();
    }
    need.requireFits(MemoryNeed.available());
  }

  private static void requireAgreement(List<LoadedModel> models) {
    if (models.isEmpty()) {
      throw new BadInputException("No model is given: expected one or more.");
    }
    ModelDescription first = models.get(0).description();
    for (LoadedModel model : models) {
      ModelDescription other = model.description();
      if (!other.classes().equals(first.classes())) {
        throw new BadInputException(
            "Models \""
                + first.name()
                + "\" and \""
                + other.name()
                + "\" cannot be averaged: their classes are "
                + first.classes()
                + " and "
                + other.classes()
                + ". Give models that were trained for the same classes.");
      }
    }
  }

  private static void requirePixels(Volume images) {
    if (images.width() < 1 || images.height() < 1 || images.depth() < 1) {
      throw new BadInputException(
          "\""
              + images.name()
              + "\" is empty: "
              + images.width()
              + " x "
              + images.height()
              + " x "
              + images.depth()
              + ". Expected at least one pixel.");
    }
  }

  private static void requireChannels(ModelDescription model, Volume images) {
    int expected = model.inputChannels();
    int found = images.channels();
    boolean luminance = expected == 1 && found == 3;
    if (expected != found && !luminance && found != 1) {
      throw new BadInputException(
          "Model \""
              + model.name()
              + "\" takes images of "
              + expected
              + " channels but \""
              + images.name()
              + "\" has "
              + found
              + ": convert the images to grey or RGB.");
    }
  }
}
