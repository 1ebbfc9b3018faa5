package org.uniem.postprocess.labelling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import net.imglib2.Dimensions;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * Walks over a stack as runs. To find objects, slabs of slices are read and labelled at a time,
 * each on its own, and joined afterwards. To give the slices their labels again, either slabs at a
 * time in any order, or slice by slice in ascending order; then only reading is parallel, the
 * linking of runs, which is cheap, is not. A slab always gets the same labels.
 */
final class RunScan {

  /** Slices are given to threads in portions of at least so many voxels, some milliseconds. */
  private static final int VOXELS_PER_TASK = 1 << 20;

  private static final int SLABS_PER_THREAD = 4;

  /** With larger slices there are fewer slabs, as two slices of each are kept until the end. */
  private static final int LARGE_SLICE = 1 << 24;

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
  private int slicesPerTask() {
    return Math.max(1, VOXELS_PER_TASK / Math.max(1, width * height));
  }

  /**
   * Divides the stack.
   *
   * @param threads that will work at a time
   * @return the first slice of each slab, ascending from 0, and the number of all slices
   */
  long[] slabs(int threads) {
    int perThread = width * height > LARGE_SLICE ? 1 : SLABS_PER_THREAD;
    int slabs = (int) Math.max(1, Math.min(depth, (long) threads * perThread));
    long[] begins = new long[slabs + 1];
    for (int i = 0; i <= slabs; i++) {
      begins[i] = i * depth / slabs;
    }
    return begins;
  }

  /** Takes the labelled runs of a slice; those of different slabs come at the same time. */
  @FunctionalInterface
  interface SliceSink {

    /**
     * @param z the slice
     * @param runs its runs, valid during the call
     * @param labels a provisional label per run; not to be changed
     */
    void accept(long z, SliceRuns runs, int[] labels);
  }

  /**
   * Finds and labels the runs of a slab.
   *
   * @param labels receives what touches
   */
  LabelledSlab label(long from, long to, ProvisionalLabels labels, SliceSink sink, Job job) {
    SliceRuns first = new SliceRuns(width, height);
    SliceRuns last = first;
    int[][] ends = new int[2][];
    RunLinker linker = new RunLinker(options, from, depth, whole, labels);
    RunReader reader = readers.apply(width * height);
    SliceRuns[] others = new SliceRuns[2];
    for (long z = from; z < to; z++) {
      job.checkCancelled();
      SliceRuns runs = first;
      if (z > from) {
        int turn = (int) (z & 1);
        others[turn] = others[turn] == null ? new SliceRuns(width, height) : others[turn];
        runs = others[turn];
      }
      reader.read(z, runs, job);
      ends[1] = linker.link(runs, job);
      ends[0] = z == from ? ends[1] : ends[0];
      sink.accept(z, runs, ends[1]);
      last = runs;
    }
    first.trim();
    last.trim();
    return new LabelledSlab(labels, linker, first, ends[0], last, ends[1]);
  }

  /** Visits the slices of a slab again; labels are numbered on from a number. */
  void visit(long from, long to, RunLinker.Labels labels, SliceSink sink, Job job) {
    RunLinker linker = new RunLinker(options, from, depth, whole, labels);
    RunReader reader = readers.apply(width * height);
    SliceRuns runs = new SliceRuns(width, height);
    SliceRuns below = new SliceRuns(width, height);
    for (long z = from; z < to; z++) {
      job.checkCancelled();
      reader.read(z, runs, job);
      sink.accept(z, runs, linker.link(runs, job));
      SliceRuns spare = below;
      below = runs;
      runs = spare;
    }
  }

  /**
   * Visits all slices in ascending order.
   *
   * @param stage name of the stage for people
   * @param slabs as they were divided when labels were made
   * @param labels numbers labels
   * @param sink called for each slice from the calling thread
   */
  void visitInOrder(String stage, long[] slabs, RunLinker.Labels labels, SliceSink sink, Job job) {
    RunLinker linker = null;
    int slab = 0;
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
      for (int i = 0; i < slices; i++) {
        if (z + i == slabs[slab]) {
          linker = new RunLinker(options, slabs[slab], depth, whole, labels);
          slab++;
        }
        sink.accept(z + i, runs.get(i), linker.link(runs.get(i), job));
      }
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
