package org.uniem.floodfilling.subvolumes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Intervals;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.FillingResult;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.SharedFilling;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.Mirroring;
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
    Extent largest = largestScene(grid, input.mirroring(), model.predictor());
    int inFlight = division.fitting(grid, largest);
    FillingScene.requirePossible(largest);
    FloodFilling.requireFits(smallestScene(grid, largest), model.predictor(), options);
    SegmentationFolder folder =
        SegmentationFolder.begin(output, FillingRecord.of(input, model, seeds, options, grid, job));
    new SubvolumeFilling(input, model, seeds, options, folder, listener, job).run(inFlight);
    return folder;
  }

  /** The size of a subvolume with mirrored voxels on both sides. */
  private static Extent largestScene(
      SubvolumeGrid grid, Mirroring mirroring, MaskPredictor predictor) {
    int[] border = mirroring.border(Mirroring.reach(predictor.fieldOfView()));
    Extent size = grid.size();
    return new Extent(size.x() + 2 * border[0], size.y() + 2 * border[1], size.z() + 2 * border[2]);
  }

  /** The size of a subvolume that has neighbours wherever there are more than one. */
  private static Extent smallestScene(SubvolumeGrid grid, Extent largest) {
    Extent size = grid.size();
    return new Extent(
        grid.count(0) > 1 ? size.x() : largest.x(),
        grid.count(1) > 1 ? size.y() : largest.y(),
        grid.count(2) > 1 ? size.z() : largest.z());
  }

  private Interval sceneBox(int index) {
    SubvolumeGrid grid = folder.grid();
    return input
        .mirroring()
        .around(
            new FinalInterval(grid.volume()),
            grid.box(index),
            Mirroring.reach(model.predictor().fieldOfView()));
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
    long voxels = left.stream().mapToLong(index -> Intervals.numElements(sceneBox(index))).sum();
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
    FillingScene scene = read(sceneBox(index));
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
    return FillingScene.read((RandomAccessibleInterval<T>) image, box, model.intensities());
  }

  @SuppressWarnings("unchecked") // as above
  private static <T extends RealType<T>> void exclude(
      FillingScene scene, RandomAccessibleInterval<? extends RealType<?>> mask) {
    scene.exclude((RandomAccessibleInterval<T>) mask);
  }
}
