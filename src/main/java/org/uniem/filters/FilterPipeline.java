package org.uniem.filters;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.imglib2.Dimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.volumes.SliceReader;

/**
 * Filters one after the other over a stack that may exceed memory.
 *
 * <p>The stack is filtered in runs of neighbouring slices, each run with the slices above and below
 * that its filters need; a slice's values depend neither on the runs nor on the threads. A filter
 * that learns from the whole stack costs one more pass over what stands before it.
 */
public final class FilterPipeline {

  /** Receives filtered slices in ascending order. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Takes one slice.
     *
     * @param z slice, from 0
     * @param slice values, x fastest, which must not be kept
     */
    void accept(long z, float[] slice);
  }

  /** A run of slices. */
  private record Run(long first, float[][] slices) {}

  private final SliceReader source;
  private final int width;
  private final int height;
  private final long depth;
  private final long memory;
  private final Job job;

  private FilterPipeline(SliceReader source, Dimensions size, long memory, Job job) {
    this.source = source;
    this.width = Math.toIntExact(size.dimension(0));
    this.height = Math.toIntExact(size.dimension(1));
    this.depth = size.dimension(2);
    this.memory = memory;
    this.job = job;
  }

  /**
   * Filters a stack.
   *
   * @param filters in the order of their use
   * @param source slices of the stack
   * @param size width, height and depth
   * @param memory what the slices of a run may take, in bytes; a run is one slice at least
   * @param sink receives the slices
   * @param job progress and cancel
   * @throws BadInputException if a value is NaN or infinite
   * @throws BadParameterException if the filters need more slices at a time than memory holds
   */
  public static void run(
      List<Filter> filters, SliceReader source, Dimensions size, long memory, Sink sink, Job job) {
    FilterPipeline pipeline = new FilterPipeline(source, size, memory, job);
    List<Filter> ready = pipeline.learn(filters);
    pipeline.each(ready, 0, pipeline.depth, "Filtering", sink);
  }

  /**
   * Filters an image in memory.
   *
   * @param image axes x, y or x, y, z; may start anywhere; values are read as 32-bit floats
   * @param steps the filters with their parameters; what is white is the largest value of the pixel
   *     type where that is an integer, else 1
   * @param filtered receives the values, scaled where its white is another and they are no lengths,
   *     and cut off where its type is an integer and cannot hold them; same size, may start
   *     elsewhere. Left incomplete on failure or cancel. Must not overlap the image.
   * @param job progress, cancel and threads
   * @throws BadInputException if the sizes differ, an image is empty or has other axes, or a value
   *     is NaN or infinite
   * @throws BadParameterException if the filters need more slices at a time than memory holds
   */
  public static <T extends RealType<T>, R extends RealType<R>> void apply(
      RandomAccessibleInterval<T> image,
      FilterSteps steps,
      RandomAccessibleInterval<R> filtered,
      Job job) {
    FilteredImage<R> target = new FilteredImage<>(filtered, image, steps.measureLengths());
    long memory = Runtime.getRuntime().maxMemory() / 4;
    List<Filter> filters = steps.filters(FilteredImage.white(image.getType()));
    run(filters, SliceReader.of(image), target.size(), memory, target, job);
  }

  /**
   * Filters a single slice, as it comes out of the whole stack; filters that learn look at all of
   * it.
   *
   * @param z slice, from 0
   * @return the slice
   */
  public static float[] preview(
      List<Filter> filters, SliceReader source, Dimensions size, long memory, long z, Job job) {
    FilterPipeline pipeline = new FilterPipeline(source, size, memory, job);
    List<Filter> ready = pipeline.learn(filters);
    float[] result = new float[pipeline.width * pipeline.height];
    pipeline.each(
        ready,
        z,
        z + 1,
        "Filtering",
        (at, slice) -> System.arraycopy(slice, 0, result, 0, result.length));
    return result;
  }

  private List<Filter> learn(List<Filter> filters) {
    List<Filter> ready = new ArrayList<>();
    for (Filter filter : filters) {
      Filter next = filter;
      Optional<Filter.Learning> learning = next.learning();
      while (learning.isPresent()) {
        Filter.Learning learner = learning.get();
        each(ready, 0, depth, "Looking at the stack", (z, slice) -> learner.see(slice));
        next = learner.learned();
        learning = next.learning();
      }
      ready.add(next);
    }
    return ready;
  }

  private void each(List<Filter> filters, long from, long to, String name, Sink sink) {
    Job.Stage stage = job.stage(name, to - from, "slices");
    int length = runLength(filters);
    for (long first = from; first < to; first += length) {
      Run run = run(filters, first, Math.min(to, first + length));
      for (int k = 0; k < run.slices().length; k++) {
        sink.accept(run.first() + k, run.slices()[k]);
        stage.advance(1);
      }
    }
  }

  private int runLength(List<Filter> filters) {
    int reach = filters.stream().mapToInt(Filter::reach).sum();
    long bytes = 4L * width * height;
    long slices = memory / (2 * bytes) - 2L * reach;
    if (slices < 1) {
      throw new BadParameterException(
          String.format(
              "The filters look at %d slices of %d x %d pixels at a time, which takes %d MB: more"
                  + " than the %d MB there are. Give smaller radii in z, or Java more memory.",
              2 * reach + 1,
              width,
              height,
              (2 * bytes * (2L * reach + 1) >> 20) + 1,
              memory >> 20));
    }
    return (int) Math.min(slices, Math.max(4L * job.threads(), 2L * reach));
  }

  private Run run(List<Filter> filters, long first, long end) {
    int reach = filters.stream().mapToInt(Filter::reach).sum();
    Run run = read(Math.max(0, first - reach), Math.min(depth, end + reach));
    for (Filter filter : filters) {
      reach -= filter.reach();
      run = filtered(filter, run, Math.max(0, first - reach), Math.min(depth, end + reach));
    }
    return run;
  }

  private Run read(long first, long end) {
    return parallel(
        first,
        end,
        (z, target) -> {
          source.read(z, target);
          requireNumbers(z, target);
        });
  }

  /** One that is none would spread as far as the filters reach, or count as black. */
  private void requireNumbers(long z, float[] slice) {
    for (int i = 0; i < slice.length; i++) {
      if (!Float.isFinite(slice[i])) {
        throw new BadInputException(
            String.format(
                Locale.ROOT,
                "The pixel at x=%d, y=%d of slice z=%d (counted from 0) is %s: expected a finite"
                    + " number. Replace such pixels first.",
                i % width,
                i / width,
                z,
                Float.isNaN(slice[i]) ? "not a number (NaN)" : "infinite"));
      }
    }
  }

  private Run filtered(Filter filter, Run before, long first, long end) {
    int reach = filter.reach();
    return parallel(
        first,
        end,
        (z, target) -> {
          float[][] window = new float[2 * reach + 1][];
          for (int k = -reach; k <= reach; k++) {
            window[k + reach] = before.slices()[(int) (mirrored(z + k) - before.first())];
          }
          filter.apply(new SliceWindow(width, height, window), target, job);
        });
  }

  private long mirrored(long z) {
    long period = 2 * depth;
    long folded = Math.floorMod(z, period);
    return folded < depth ? folded : period - 1 - folded;
  }

  private Run parallel(long first, long end, SliceReader slices) {
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (long z = first; z < end; z++) {
      long slice = z;
      tasks.add(
          () -> {
            job.checkCancelled();
            float[] target = new float[width * height];
            slices.read(slice, target);
            return target;
          });
    }
    return new Run(first, job.runAll(tasks).toArray(new float[0][]));
  }
}
