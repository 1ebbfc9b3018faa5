package org.uniem.postprocess.labelling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import net.imglib2.FinalDimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.VolumeSizes;

/**
 * Renumbers labels 1, 2, … in ascending order of their values; 0 stays 0.
 *
 * <p>Takes a few slices per thread and some 50 bytes per label.
 */
public final class SequentialLabels {

  private SequentialLabels() {}

  /**
   * Renumbers an image.
   *
   * @param labels axes x, y or x, y, z; may start anywhere; ids are compared as signed 64-bit
   *     numbers; read twice
   * @param output receives the new ids; same size, may start elsewhere; may be the same image. Left
   *     incomplete on failure or cancel.
   * @param job progress, cancel and threads
   * @return the old ids in ascending order: new id i was the element i − 1
   * @throws BadInputException if the sizes differ
   * @throws BadParameterException if the output type cannot hold the largest new id; nothing is
   *     written
   */
  public static <K extends IntegerType<K>, L extends IntegerType<L>> long[] renumber(
      RandomAccessibleInterval<K> labels, RandomAccessibleInterval<L> output, Job job) {
    LabelSlices slices = LabelSlices.of(labels);
    VolumeSizes.requireSame("labels", labels, "output", output);
    FinalDimensions size = ConnectedComponents.xyz(labels);
    long[] ids = distinct(slices, size, job);
    ConnectedComponents.requireFits(ids.length, output.getType());
    Job.Stage progress = job.stage("Writing labels", size.dimension(2), "slices");
    boolean packed = ConnectedComponents.sharesBytes(output.getType());
    List<Callable<Void>> tasks = new ArrayList<>();
    for (long[] range : ranges(size, packed ? 1 : 4 * job.threads())) {
      tasks.add(
          () -> {
            RunPainter painter = RunPainter.on(output);
            SliceRuns runs = runsFor(size);
            RunReader reader = readerFor(slices, size);
            for (long z = range[0]; z < range[1]; z++) {
              reader.read(z, runs, job);
              painter.paint(runs, newIds(runs, ids), z, job);
              progress.advance(1);
            }
            return null;
          });
    }
    job.runAll(tasks);
    return ids;
  }

  private static int[] newIds(SliceRuns runs, long[] ids) {
    int[] result = new int[runs.count()];
    for (int run = 0; run < result.length; run++) {
      result[run] = Arrays.binarySearch(ids, runs.value(run)) + 1;
    }
    return result;
  }

  /**
   * The ids that occur in a stack, without 0.
   *
   * @param slices gives the ids
   * @param size width, height and depth
   * @param job progress, cancel and threads
   * @return in ascending order, as signed numbers
   * @throws BadInputException if a slice exceeds 2³¹−9 pixels
   */
  public static long[] distinct(LabelSlices slices, FinalDimensions size, Job job) {
    Job.Stage progress = job.stage("Finding labels", size.dimension(2), "slices");
    List<Callable<Set<Long>>> tasks = new ArrayList<>();
    for (long[] range : ranges(size, 4 * job.threads())) {
      tasks.add(
          () -> {
            Set<Long> found = new HashSet<>();
            SliceRuns runs = runsFor(size);
            RunReader reader = readerFor(slices, size);
            for (long z = range[0]; z < range[1]; z++) {
              reader.read(z, runs, job);
              for (int run = 0; run < runs.count(); run++) {
                if (run == 0 || runs.value(run) != runs.value(run - 1)) {
                  found.add(runs.value(run));
                }
              }
              progress.advance(1);
            }
            return found;
          });
    }
    Set<Long> all = new HashSet<>();
    job.runAll(tasks).forEach(all::addAll);
    return all.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private static SliceRuns runsFor(FinalDimensions size) {
    return new SliceRuns((int) size.dimension(0), (int) size.dimension(1));
  }

  private static RunReader readerFor(LabelSlices slices, FinalDimensions size) {
    return new LabelRuns(slices, false, (int) (size.dimension(0) * size.dimension(1)));
  }

  private static List<long[]> ranges(FinalDimensions size, int parts) {
    RunScan.requireIndexable(size);
    long depth = size.dimension(2);
    long portion = Math.max(1, (depth + parts - 1) / parts);
    List<long[]> ranges = new ArrayList<>();
    for (long begin = 0; begin < depth; begin += portion) {
      ranges.add(new long[] {begin, Math.min(begin + portion, depth)});
    }
    return ranges;
  }
}
