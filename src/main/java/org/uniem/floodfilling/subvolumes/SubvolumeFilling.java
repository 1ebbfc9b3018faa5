package org.uniem.floodfilling.subvolumes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.FillingResult;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.SharedFilling;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.seeds.SeedPolicy;
import org.uniem.job.Job;

/**
 * Fills a volume of any size in overlapping subvolumes, several at a time, and keeps each on disk
 * once it is finished.
 *
 * <p>A run that ended, by cancel, failure or kill, goes on with the subvolumes that were not
 * finished. Subvolumes know nothing of each other: the result does not depend on their number in
 * flight or their order. {@code org.uniem.floodfilling.joining} joins them.
 */
public final class SubvolumeFilling {

  private final FillingInput input;
  private final FillingModel model;
  private final SeedPolicy seeds;
  private final FillingOptions options;
  private final SegmentationFolder folder;
  private final FillingListener listener;
  private final Job job;

  private SubvolumeFilling(
      FillingInput input,
      FillingModel model,
      SeedPolicy seeds,
      FillingOptions options,
      SegmentationFolder folder,
      FillingListener listener,
      Job job) {
    this.input = input;
    this.model = model;
    this.seeds = seeds;
    this.options = options;
    this.folder = folder;
    this.listener = listener;
    this.job = job;
  }

  /**
   * Fills a volume, or goes on with it.
   *
   * @param input the image
   * @param model the network
   * @param seeds where objects are begun in each subvolume
   * @param options how objects are grown
   * @param division how the volume is divided
   * @param output the folder of the subvolumes
   * @param listener watches objects grow, in several threads
   * @return the finished subvolumes
   * @throws org.uniem.job.BadInputException if the folder holds subvolumes of another image, model
   *     or setting, or the image does not fit the network
   * @throws org.uniem.job.ResourceException if not even one subvolume fits into memory
   * @throws CancellationException if the job is cancelled; finished subvolumes stay
   */
  public static SegmentationFolder fill(
      FillingInput input,
      FillingModel model,
      SeedPolicy seeds,
      FillingOptions options,
      SubvolumeOptions division,
      Path output,
      FillingListener listener,
      Job job) {
    SubvolumeGrid grid =
        new SubvolumeGrid(
            new long[] {input.image().width(), input.image().height(), input.image().depth()},
            division.size(),
            division.overlap());
    int inFlight = division.fitting(grid);
    FillingScene.requirePossible(grid.size());
    FloodFilling.requireFits(grid.size(), model.predictor(), options);
    SegmentationFolder folder =
        SegmentationFolder.begin(output, FillingRecord.of(input, model, seeds, options, grid, job));
    new SubvolumeFilling(input, model, seeds, options, folder, listener, job).run(inFlight);
    return folder;
  }

  private void run(int inFlight) {
    SubvolumeGrid grid = folder.grid();
    List<Integer> left = new ArrayList<>();
    for (int index = 0; index < grid.count(); index++) {
      if (!folder.isFinished(index)) {
        left.add(index);
      }
    }
    if (left.size() < grid.count()) {
      job.message(
          grid.count() - left.size() + " of " + grid.count() + " subvolumes were finished before.");
    }
    long voxels = grid.size().voxels() * left.size();
    Job.Stage progress = job.stage("Growing objects", voxels, "voxels");
    SharedFilling.forEach(
        left,
        inFlight,
        model.predictor(),
        options.batch(),
        (index, predictor) -> fill(index, predictor, progress),
        job);
  }

  private void fill(int index, MaskPredictor predictor, Job.Stage progress) {
    FillingScene scene = read(folder.grid().box(index));
    FillingResult result =
        FloodFilling.fill(scene, predictor, seeds, options, listener, progress, job);
    folder.keep(index, scene, result);
  }

  private FillingScene read(Interval box) {
    FillingScene scene = readImage(input.image().channel(input.channel()), box);
    input.excluded().ifPresent(mask -> exclude(scene, mask.channel(0)));
    return scene;
  }

  @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
  private <T extends RealType<T>> FillingScene readImage(
      RandomAccessibleInterval<? extends RealType<?>> image, Interval box) {
    return FillingScene.read(
        (RandomAccessibleInterval<T>) image, box, model.mean(), model.deviation());
  }

  @SuppressWarnings("unchecked") // as above
  private static <T extends RealType<T>> void exclude(
      FillingScene scene, RandomAccessibleInterval<? extends RealType<?>> mask) {
    scene.exclude((RandomAccessibleInterval<T>) mask);
  }
}
