package org.uniem.floodfilling.subvolumes;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.FillingResult;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.SharedPredictor;
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
    Queue<Integer> left = new ArrayDeque<>();
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
    int workers = Math.min(inFlight, left.size());
    if (workers <= 1) {
      fillAll(left, model.predictor(), progress);
      return;
    }
    SharedPredictor shared =
        new SharedPredictor(
            model.predictor(),
            workers,
            (int) Math.min(Integer.MAX_VALUE, (long) workers * options.batch()));
    fillTogether(workers, new ConcurrentLinkedQueue<>(left), shared, progress);
  }

  /** Threads of their own, because seed policies use those of the job. */
  private void fillTogether(
      int workers, Queue<Integer> left, SharedPredictor shared, Job.Stage progress) {
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<Future<?>> all = new ArrayList<>();
    try {
      for (int i = 0; i < workers; i++) {
        all.add(
            threads.submit(
                () -> {
                  try {
                    fillAll(left, shared, progress);
                  } catch (RuntimeException | Error e) {
                    // Not by interrupts: they would close files that are being written.
                    left.clear();
                    shared.stop();
                    throw e;
                  } finally {
                    shared.leave();
                  }
                }));
      }
      awaitAll(all);
    } finally {
      threads.shutdown();
    }
  }

  /** Waits until all threads have ended and throws what ended the first that failed. */
  private void awaitAll(List<Future<?>> all) {
    Throwable failure = null;
    boolean interrupted = false;
    for (Future<?> one : all) {
      boolean ended = false;
      while (!ended) {
        try {
          one.get();
          ended = true;
        } catch (InterruptedException e) {
          // The threads themselves are not interrupted, as above: they end like those of a cancel.
          interrupted = true;
          job.cancel();
        } catch (ExecutionException e) {
          ended = true;
          if (failure == null || failure instanceof CancellationException) {
            failure = e.getCause();
          }
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    job.checkCancelled();
  }

  private void fillAll(Queue<Integer> left, MaskPredictor predictor, Job.Stage progress) {
    for (Integer index = left.poll(); index != null; index = left.poll()) {
      job.checkCancelled();
      FillingScene scene = read(folder.grid().box(index));
      FillingResult result =
          FloodFilling.fill(scene, predictor, seeds, options, listener, progress, job);
      folder.keep(index, scene, result);
    }
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
