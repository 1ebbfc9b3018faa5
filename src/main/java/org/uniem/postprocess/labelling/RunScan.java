package org.uniem.postprocess.labelling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import net.imglib2.Dimensions;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * Walks over a stack in batches of slices: reading them as runs goes in parallel, linking the runs,
 * which is cheap, goes slice by slice. So provisional labels do not depend on the number of
 * threads, and the labels of an object need no joining at block borders.
 */
final class RunScan {

  /** Slices are given to threads in portions of at least so many voxels, some milliseconds. */
  private static final int VOXELS_PER_TASK = 1 << 20;

  /** Takes the labelled runs of a batch of slices. */
  @FunctionalInterface
  interface BatchSink {

    /**
     * @param z the first slice
     * @param runs the runs of the slices from there
     * @param labels a provisional label per run, one array per slice
     */
    void accept(long z, List<SliceRuns> runs, List<int[]> labels);
  }

  private final IntFunction<RunReader> readers;
  private final boolean whole;
  private final int width;
  private final int height;
  private final long depth;
  private final LabellingOptions options;

  /**
   * @param readers makes a reader for slices of so many voxels
   * @param whole whether all voxels of one value are one object, touching or not
   */
  RunScan(
      IntFunction<RunReader> readers, Dimensions size, LabellingOptions options, boolean whole) {
    this.readers = readers;
    this.whole = whole;
    this.options = options;
    if (size.numDimensions() != 3) {
      throw new IllegalArgumentException("Expected x, y, z, found " + size.numDimensions());
    }
    this.depth = size.dimension(2);
    requireIndexable(size);
    this.width = (int) size.dimension(0);
    this.height = (int) size.dimension(1);
  }

  /** Checks that a slice fits an array. */
  static void requireIndexable(Dimensions size) {
    long sliceSize = size.dimension(0) * size.dimension(1);
    if (Math.max(size.dimension(0), size.dimension(1)) > Integer.MAX_VALUE
        || sliceSize > Integer.MAX_VALUE - 8) {
      throw new BadInputException(
          "Slices of "
              + size.dimension(0)
              + " x "
              + size.dimension(1)
              + " pixels are too large: at most 2147483639 pixels can be labelled. Cut or shrink"
              + " the images.");
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  long depth() {
    return depth;
  }

  /** Number of slices that one task handles. */
  int slicesPerTask() {
    return Math.max(1, VOXELS_PER_TASK / Math.max(1, width * height));
  }

  /**
   * Visits all slices.
   *
   * @param stage name of the stage for people
   * @param labels receives what touches
   * @param sink called for each batch from the calling thread
   */
  void visit(String stage, RunLinker.Labels labels, BatchSink sink, Job job) {
    RunLinker linker = new RunLinker(options, depth, whole, labels);
    Job.Stage progress = job.stage(stage, depth, "slices");
    int batch = (int) Math.min(depth, (long) slicesPerTask() * job.threads());
    RunReader[] buffers = new RunReader[job.threads()];
    List<SliceRuns> runs = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      runs.add(new SliceRuns(width, height));
    }
    SliceRuns spare = new SliceRuns(width, height);
    for (long z = 0; z < depth; z += batch) {
      int slices = (int) Math.min(batch, depth - z);
      extract(z, runs.subList(0, slices), buffers, job);
      List<int[]> runLabels = new ArrayList<>(slices);
      for (SliceRuns slice : runs.subList(0, slices)) {
        runLabels.add(linker.link(slice, job));
      }
      sink.accept(z, runs.subList(0, slices), runLabels);
      // The linker still looks at the last slice while the next batch is read.
      spare = runs.set(slices - 1, spare);
      progress.advance(slices);
    }
  }

  private void extract(long z, List<SliceRuns> runs, RunReader[] buffers, Job job) {
    List<Callable<Void>> tasks = new ArrayList<>();
    int portion = slicesPerTask();
    for (int begin = 0; begin < runs.size(); begin += portion) {
      int from = begin;
      int task = tasks.size();
      tasks.add(
          () -> {
            if (buffers[task] == null) {
              buffers[task] = readers.apply(width * height);
            }
            for (int i = from; i < Math.min(from + portion, runs.size()); i++) {
              job.checkCancelled();
              buffers[task].read(z + i, runs.get(i), job);
            }
            return null;
          });
    }
    job.runAll(tasks);
  }
}
