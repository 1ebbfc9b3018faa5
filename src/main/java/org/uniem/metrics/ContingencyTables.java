package org.uniem.metrics;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.imglib2.Cursor;
import net.imglib2.Dimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.view.Views;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.VolumeSizes;

/** Fills a {@link ContingencyTable} from images or from stacks beyond memory, in parallel. */
public final class ContingencyTables {

  private ContingencyTables() {}

  /**
   * Counts the label pairs of two images.
   *
   * @param segmentation labels, axes x, y or x, y, z
   * @param truth labels, same size, may start elsewhere
   * @throws BadInputException if the sizes differ
   */
  public static <S extends IntegerType<S>, T extends IntegerType<T>> ContingencyTable count(
      RandomAccessibleInterval<S> segmentation, RandomAccessibleInterval<T> truth, Job job) {
    long[] size = truth.dimensionsAsLongArray();
    VolumeSizes.requireSame("segmentation", segmentation, "truth", truth);
    RandomAccessibleInterval<S> segmentationRows = Views.zeroMin(segmentation);
    RandomAccessibleInterval<T> truthRows = Views.zeroMin(truth);
    int last = size.length - 1;
    return countSlices(
        size[last],
        () ->
            (z, table) ->
                countRuns(
                    Views.flatIterable(slice(segmentationRows, last, z)).cursor(),
                    Views.flatIterable(slice(truthRows, last, z)).cursor(),
                    table,
                    job),
        job);
  }

  /**
   * Counts the label pairs of two stacks that may exceed memory; holds two slices per thread.
   *
   * @param segmentation any 64-bit ids
   * @param truth likewise
   * @param size width, height and depth of both
   * @throws BadInputException if the slices hold what is no label
   */
  public static ContingencyTable count(
      LabelSlices segmentation, LabelSlices truth, Dimensions size, Job job) {
    int pixels = Math.toIntExact(size.dimension(0) * size.dimension(1));
    return countSlices(
        size.dimension(2),
        () -> {
          long[] s = new long[pixels];
          long[] t = new long[pixels];
          return (z, table) -> {
            segmentation.read(z, s);
            truth.read(z, t);
            countRuns(s, t, table, job);
          };
        },
        job);
  }

  /** Counts one slice into a table; has buffers of its own, so each thread has one. */
  interface SliceCounter {
    void count(long z, ContingencyTable table);
  }

  /** Counts slices in parallel, each thread with a counter of its own. */
  static ContingencyTable countSlices(long depth, Supplier<SliceCounter> counters, Job job) {
    Job.Stage progress = job.stage("Comparing", depth, "slices");
    AtomicLong next = new AtomicLong();
    Callable<ContingencyTable> worker =
        () -> {
          ContingencyTable table = new ContingencyTable();
          SliceCounter counter = counters.get();
          try {
            for (long z = next.getAndIncrement(); z < depth; z = next.getAndIncrement()) {
              job.checkCancelled();
              counter.count(z, table);
              progress.advance(1);
            }
          } catch (RuntimeException | Error e) {
            // The others need not finish what will not be used.
            next.set(depth);
            throw e;
          }
          return table;
        };
    ContingencyTable all = new ContingencyTable();
    job.runAll(Stream.generate(() -> worker).limit(Math.min(job.threads(), depth)).toList())
        .forEach(all::addAll);
    return all;
  }

  private static <T> RandomAccessibleInterval<T> slice(
      RandomAccessibleInterval<T> image, int axis, long position) {
    long[] min = image.minAsLongArray();
    long[] max = image.maxAsLongArray();
    min[axis] = position;
    max[axis] = position;
    return Views.interval(image, min, max);
  }

  private static void countRuns(
      Cursor<? extends IntegerType<?>> segmentation,
      Cursor<? extends IntegerType<?>> truth,
      ContingencyTable table,
      Job job) {
    long visited = 0;
    long runSegmentation = 0;
    long runTruth = 0;
    long length = 0;
    while (truth.hasNext()) {
      long s = segmentation.next().getIntegerLong();
      long t = truth.next().getIntegerLong();
      if (s != runSegmentation || t != runTruth) {
        table.add(runSegmentation, runTruth, length);
        runSegmentation = s;
        runTruth = t;
        length = 0;
      }
      length++;
      visited++;
      if ((visited & 0xFFFFF) == 0) {
        job.checkCancelled();
      }
    }
    table.add(runSegmentation, runTruth, length);
  }

  private static void countRuns(
      long[] segmentation, long[] truth, ContingencyTable table, Job job) {
    int start = 0;
    for (int i = 1; i <= truth.length; i++) {
      boolean same =
          i < truth.length && segmentation[i] == segmentation[start] && truth[i] == truth[start];
      if (!same) {
        table.add(segmentation[start], truth[start], i - start);
        start = i;
      }
      if ((i & 0xFFFFF) == 0) {
        job.checkCancelled();
      }
    }
  }
}
