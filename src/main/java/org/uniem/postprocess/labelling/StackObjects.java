package org.uniem.postprocess.labelling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import net.imglib2.Dimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;

/**
 * The objects found in a stack of any size: their number and sizes, and their labels slice by
 * slice.
 *
 * <p>The stack is read twice. {@link #find} thresholds it and joins what touches; {@link #write}
 * reads it again and hands out finished label slices. Memory holds a few slices per thread, the
 * runs of two slices for each of at most four slabs per thread, and 13 bytes per provisional label
 * (for solid objects a few labels each), whatever the number of slices. Ids are 1, 2, … in scan
 * order (x fastest, then y, then z) of each object's first voxel, among the objects that the
 * filters keep; they do not depend on the number of threads.
 *
 * <p>Runs along x are joined as in two-pass labelling with union–find: He, Chao, Suzuki 2008, A
 * run-based two-scan labeling algorithm, doi:10.1109/TIP.2008.919369; here the second pass finds
 * the runs anew instead of storing them, and slices below are joined in the same way as rows. Slabs
 * of slices are labelled at a time and their seams joined afterwards.
 *
 * <p>Immutable and thread-safe.
 */
public final class StackObjects {

  private final RunScan scan;
  private final long[] slabs;
  private final ProvisionalLabels.FoundObjects found;
  private final int[] labelsUpToSlice;

  private StackObjects(
      RunScan scan, long[] slabs, ProvisionalLabels.FoundObjects found, int[] labelsUpToSlice) {
    this.scan = scan;
    this.slabs = slabs;
    this.found = found;
    this.labelsUpToSlice = labelsUpToSlice;
  }

  /**
   * Finds the connected foreground objects of a stack.
   *
   * @param image gives the probability slices; kept for {@link #write}
   * @param size width, height and depth of the stack
   * @param options threshold, connectivity and size filter
   * @throws BadInputException if a value is NaN (says where) or a slice exceeds 2³¹−9 pixels
   * @throws org.uniem.job.ResourceException if the image is so noisy that 2³¹ pieces appear
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static StackObjects find(
      SliceReader image, Dimensions size, LabellingOptions options, Job job) {
    return find(
        sliceSize -> new ProbabilityRuns(image, options.threshold(), options.filled(), sliceSize),
        size,
        options,
        false,
        job);
  }

  /**
   * Finds the connected pieces of the labels of a stack: voxels belong together that have the same
   * label and are connected.
   *
   * @param labels gives the label slices, 0 = background; kept for {@link #write}
   * @param size width, height and depth of the stack
   * @param options connectivity, filters and holes
   * @throws BadInputException if a slice exceeds 2³¹−9 pixels
   * @throws org.uniem.job.ResourceException if there are 2³¹ pieces
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static StackObjects findPieces(
      LabelSlices labels, Dimensions size, LabellingOptions options, Job job) {
    return find(
        sliceSize -> new LabelRuns(labels, options.filled(), sliceSize), size, options, false, job);
  }

  /**
   * Finds the labels of a stack: voxels belong together that have the same label, connected or not.
   *
   * @param labels gives the label slices, 0 = background; kept for {@link #write}
   * @param size width, height and depth of the stack
   * @param options filters and holes; the connectivity says what a hole is and which borders count
   * @throws BadInputException if a slice exceeds 2³¹−9 pixels
   * @throws org.uniem.job.ResourceException if there are 2³¹ labels
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static StackObjects findWhole(
      LabelSlices labels, Dimensions size, LabellingOptions options, Job job) {
    return find(
        sliceSize -> new LabelRuns(labels, options.filled(), sliceSize), size, options, true, job);
  }

  /**
   * As {@link #findPieces(LabelSlices, Dimensions, LabellingOptions, Job)}, of an image.
   *
   * @param image labels, axes x, y or x, y, z
   */
  static <K extends IntegerType<K>> StackObjects findPieces(
      RandomAccessibleInterval<K> image, LabellingOptions options, Job job) {
    LabelSlices slices = LabelSlices.of(image);
    IntFunction<RunReader> copying = size -> new LabelRuns(slices, options.filled(), size);
    return find(
        ArrayRuns.of(image, options.filled()).orElse(copying),
        ConnectedComponents.xyz(image),
        options,
        false,
        job);
  }

  private static StackObjects find(
      IntFunction<RunReader> readers,
      Dimensions size,
      LabellingOptions options,
      boolean whole,
      Job job) {
    RunScan scan = new RunScan(readers, size, options, whole);
    int[] labelsUpToSlice = new int[Math.toIntExact(scan.depth())];
    long[] slabs = scan.slabs(job.threads());
    Job.Stage progress = job.stage("Finding objects", scan.depth(), "slices");
    List<Callable<LabelledSlab>> tasks = new ArrayList<>();
    for (int i = 0; i + 1 < slabs.length; i++) {
      long from = slabs[i];
      long to = slabs[i + 1];
      tasks.add(
          () -> {
            ProvisionalLabels labels = new ProvisionalLabels();
            return scan.label(
                from,
                to,
                labels,
                (z, runs, runLabels) -> {
                  labelsUpToSlice[(int) z] = labels.count();
                  progress.advance(1);
                },
                job);
          });
    }
    List<LabelledSlab> labelled = job.runAll(tasks);
    int before = 0;
    for (int i = 0; i + 1 < slabs.length; i++) {
      int own = labelled.get(i).labels().count();
      for (int z = (int) slabs[i]; z < slabs[i + 1]; z++) {
        labelsUpToSlice[z] += before;
      }
      before += own;
    }
    ProvisionalLabels labels = LabelledSlab.join(labelled);
    return new StackObjects(scan, slabs, labels.number(options), labelsUpToSlice);
  }

  /** Number of objects kept, which is also the largest id. */
  public long count() {
    return found.voxels().length;
  }

  /** Number of objects that size or border removed. */
  public long removed() {
    return found.removed();
  }

  /** Number of voxels of all objects kept. */
  public long foregroundVoxels() {
    return found.foregroundVoxels();
  }

  /**
   * Number of voxels of an object.
   *
   * @param id 1 … {@link #count()}
   */
  public long voxels(long id) {
    return found.voxels()[Math.toIntExact(id - 1)];
  }

  /**
   * Reads the stack again and hands out the label slices.
   *
   * @param sink receives the slices in ascending order from the calling thread
   * @throws BadInputException if the stack is no longer the one the objects were found in
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public void write(LabelSliceSink sink, Job job) {
    long[] labels = new long[scan.width() * scan.height()];
    scan.visitInOrder(
        "Writing labels",
        slabs,
        new Recount(0),
        (z, runs, runLabels) -> {
          job.checkCancelled();
          Arrays.fill(labels, 0);
          paint(runs, finalIds((int) z, runLabels), labels);
          sink.accept(z, labels);
        },
        job);
  }

  /**
   * Reads the stack again and writes the labels into an image.
   *
   * @param labels receives them, its size is that of the stack
   * @param parallel whether several slices may be written at a time
   */
  <L extends IntegerType<L>> void write(
      RandomAccessibleInterval<L> labels, boolean parallel, Job job) {
    Job.Stage progress = job.stage("Writing labels", scan.depth(), "slices");
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i + 1 < slabs.length; i++) {
      long from = slabs[i];
      long to = slabs[i + 1];
      tasks.add(
          () -> {
            RunPainter painter = RunPainter.on(labels);
            int before = from == 0 ? 0 : labelsUpToSlice[(int) from - 1];
            scan.visit(
                from,
                to,
                new Recount(before),
                (z, runs, runLabels) -> {
                  painter.paint(runs, finalIds((int) z, runLabels), z, job);
                  progress.advance(1);
                },
                job);
            return null;
          });
    }
    if (parallel) {
      job.runAll(tasks);
    } else {
      tasks.forEach(task -> job.runAll(List.of(task)));
    }
  }

  private int[] finalIds(int slice, int[] labels) {
    int upTo = slice == 0 ? 0 : labelsUpToSlice[slice - 1];
    for (int label : labels) {
      upTo = Math.max(upTo, label + 1);
    }
    if (upTo != labelsUpToSlice[slice]) {
      throw new BadInputException(
          "Slice z="
              + slice
              + " (counted from 0) changed while it was labelled: its pieces are not those of the"
              + " first reading. Let nothing write to the images and label them again.");
    }
    // A copy: the linker still needs the provisional labels for the slice above.
    int[] ids = new int[labels.length];
    for (int run = 0; run < labels.length; run++) {
      ids[run] = found.idOfProvisional()[labels[run]];
    }
    return ids;
  }

  private void paint(SliceRuns runs, int[] ids, long[] labels) {
    for (int y = 0; y < scan.height(); y++) {
      int row = y * scan.width();
      for (int run = runs.rowStart(y); run < runs.rowStart(y + 1); run++) {
        if (ids[run] != 0) {
          Arrays.fill(labels, row + runs.first(run), row + runs.last(run) + 1, ids[run]);
        }
      }
    }
  }

  /** Numbers provisional labels as the first pass did, without joining them again. */
  private static final class Recount implements RunLinker.Labels {

    private int count;

    Recount(int first) {
      count = first;
    }

    @Override
    public int add(boolean gap) {
      return count++;
    }

    @Override
    public void unite(int a, int b) {
      // Known from the first pass.
    }

    @Override
    public void addVoxels(int label, long number) {
      // Known from the first pass.
    }

    @Override
    public void reachBorder(int label) {
      // Known from the first pass.
    }

    @Override
    public void meet(int gap, int object) {
      // Known from the first pass.
    }
  }
}
