package org.uniem.floodfilling;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.seeds.SeedPolicy;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * Segments images with a flood-filling network: objects are grown from seeds, one after the other,
 * by a network that moves its field of view over the image (Januszewski et al. 2018,
 * 10.1038/s41592-018-0049-4; behaviour, order and rounding of the program published with it).
 *
 * <p>All functions may be called from several threads at a time, each on an image of its own.
 */
public final class FloodFilling {

  private FloodFilling() {}

  /**
   * Segments an image that fits into memory: 9 bytes per voxel, 13 more while seeds are found, and
   * 4 to 12 while objects grow.
   *
   * @param image intensities, axes x, y, z
   * @param labels same size, axes and place: ids found here belong to objects that are kept and not
   *     grown into; receives the ids of new objects, counted on from the largest; 0 is none
   * @param model the network
   * @param seeds where objects are begun
   * @param options how they are grown
   * @return the new objects and what happened how often
   * @throws BadInputException if the sizes differ, the image is smaller than the field of view or
   *     has 2³¹ voxels or more, or labels cannot hold an id; labels are unchanged then
   * @throws java.util.concurrent.CancellationException if the job is cancelled; labels are
   *     unchanged
   */
  public static <T extends RealType<T>, L extends IntegerType<L>> FillingResult segment(
      RandomAccessibleInterval<T> image,
      RandomAccessibleInterval<L> labels,
      FillingModel model,
      SeedPolicy seeds,
      FillingOptions options,
      Job job) {
    if (!Intervals.equals(image, labels)) {
      throw new BadInputException(
          "The labels cover "
              + Intervals.toString(labels)
              + ", the image "
              + Intervals.toString(image)
              + ": expected the same voxels. Crop one to the other.");
    }
    FillingScene scene = FillingScene.read(image, image, model.intensities());
    scene.place(labels);
    Job.Stage progress = job.stage("Growing objects", scene.voxels(), "voxels");
    FillingResult result =
        fill(scene, model.predictor(), seeds, options, FillingListener.NONE, progress, job);
    publish(scene, labels, result);
    return result;
  }

  private static <L extends IntegerType<L>> void publish(
      FillingScene scene, RandomAccessibleInterval<L> labels, FillingResult result) {
    int largest = result.objects().stream().mapToInt(FilledObject::id).max().orElse(0);
    double holds = labels.getType().getMaxValue();
    if (largest > holds) {
      throw new BadInputException(
          "There are objects up to id "
              + largest
              + ", but the labels hold ids up to "
              + (long) holds
              + ": give labels of a larger type.");
    }
    Cursor<L> cursor = Views.flatIterable(labels).cursor();
    for (int label : scene.labels()) {
      cursor.next().setInteger(Math.max(label, 0));
    }
  }

  /**
   * Checks that a network can look at boxes of a size.
   *
   * @throws BadInputException if they are smaller than its field of view, or it moves too far
   */
  public static void requireFits(Extent box, MaskPredictor predictor, FillingOptions options) {
    new FieldOfView(predictor, options).requireFits(box);
  }

  /**
   * Segments a scene.
   *
   * @param scene objects in it are kept; receives the labels and probabilities of new ones
   * @param predictor the network
   * @param seeds where objects are begun
   * @param options how they are grown
   * @param listener watches them grow
   * @param progress counts the voxels of the scene
   * @return the new objects and what happened how often
   * @throws BadInputException if the scene is smaller than the field of view, or the network gives
   *     no numbers
   * @throws java.util.concurrent.CancellationException if the job is cancelled; the scene holds
   *     some of the objects then
   */
  public static FillingResult fill(
      FillingScene scene,
      MaskPredictor predictor,
      SeedPolicy seeds,
      FillingOptions options,
      FillingListener listener,
      Job.Stage progress,
      Job job) {
    return new SceneFilling(scene, predictor, options, listener, job).run(seeds, progress);
  }

  /**
   * Grows one mask from a voxel, where objects of the scene are not grown into.
   *
   * @param scene is not changed
   * @param start the seed, a voxel of the scene that is free and at least half a field of view away
   *     from its faces
   * @param predictor the network
   * @param options how it is grown; sizes and distances of objects do not count
   * @throws BadInputException if the scene is smaller than the field of view, or the network gives
   *     no numbers
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static GrownMask grow(
      FillingScene scene, int start, MaskPredictor predictor, FillingOptions options, Job job) {
    return new SceneFilling(scene, predictor, options, FillingListener.NONE, job).grow(start);
  }
}
