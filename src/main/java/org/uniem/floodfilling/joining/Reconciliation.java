package org.uniem.floodfilling.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.subvolumes.SegmentationFolder;
import org.uniem.floodfilling.subvolumes.SubvolumeGrid;
import org.uniem.floodfilling.subvolumes.SubvolumeLabels;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.metrics.ContingencyTable;
import org.uniem.postprocess.indices.DisjointSets;
import org.uniem.postprocess.labelling.LabelSliceSink;

/**
 * Joins overlapping subvolumes into one segmentation.
 *
 * <p>Objects of neighbouring subvolumes that share most of their voxels in the overlap are one
 * object, and all that are linked so, directly or through others, are (union–find). The field of
 * view may end short of a face by almost one of its moves: so far from the faces within the overlap
 * nothing is compared, but at least the middle third of the overlap is. Each voxel takes the object
 * of the subvolume whose faces are farther away, that is, overlaps are cut in the middle; one that
 * is free there takes the object of another subvolume that has it. Labels are 1, 2, … in the order
 * of subvolumes and objects in them; they do not depend on the number of threads. Memory is two
 * slices of the volume, a slice of each subvolume that it crosses, and 16 bytes per object. The
 * published programs leave this step to the user.
 *
 * <p>Immutable and thread-safe.
 */
public final class Reconciliation {

  private final SegmentationFolder folder;
  private final int[] offsets;
  private final int[] labels;
  private final long[] voxels;
  private final long joined;

  private Reconciliation(
      SegmentationFolder folder, int[] offsets, int[] labels, long[] voxels, long joined) {
    this.folder = folder;
    this.offsets = offsets;
    this.labels = labels;
    this.voxels = voxels;
    this.joined = joined;
  }

  /**
   * Finds which objects of the subvolumes are one.
   *
   * @param folder all subvolumes must be finished
   * @throws org.uniem.job.BadInputException if one is not finished or damaged
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static Reconciliation of(
      SegmentationFolder folder, ReconciliationOptions options, Job job) {
    SubvolumeGrid grid = folder.grid();
    int[] offsets = offsets(folder);
    DisjointSets sets = new DisjointSets(offsets[grid.count()] + 1);
    long[] voxels = new long[sets.count()];
    Job.Stage progress = job.stage("Comparing subvolumes", grid.count(), "subvolumes");
    List<Callable<List<int[]>>> tasks = new ArrayList<>();
    for (int i = 0; i < grid.count(); i++) {
      int index = i;
      tasks.add(
          () -> {
            List<int[]> links = new ArrayList<>();
            for (int axis = 0; axis < 3; axis++) {
              int towards = axis;
              if (grid.next(index, axis) >= 0) {
                links.addAll(links(folder, index, towards, offsets, options, job));
              }
            }
            progress.advance(1);
            return links;
          });
    }
    tasks.add(() -> count(folder, offsets, voxels, job));
    job.runAll(tasks).forEach(links -> links.forEach(link -> sets.unite(link[0], link[1])));
    return numbered(folder, offsets, sets, voxels, options.minObjectVoxels());
  }

  /** The number before the first object of each subvolume, and of all. */
  private static int[] offsets(SegmentationFolder folder) {
    int count = folder.grid().count();
    int[] offsets = new int[count + 1];
    for (int i = 0; i < count; i++) {
      long next = (long) offsets[i] + folder.finished(i).largestId();
      if (next >= Integer.MAX_VALUE - 8) {
        throw new ResourceException(
            "The subvolumes hold more than "
                + next
                + " objects: expected fewer than 2147483639. Raise the smallest size of objects.");
      }
      offsets[i + 1] = (int) next;
    }
    return offsets;
  }

  /** Counts the voxels of the objects of all subvolumes in the whole; links none. */
  private static List<int[]> count(
      SegmentationFolder folder, int[] offsets, long[] voxels, Job job) {
    try (WholeSlices slices = new WholeSlices(folder, offsets)) {
      for (long z = 0; z < folder.grid().volume()[2]; z++) {
        for (int object : slices.read(z, job)) {
          voxels[object]++;
        }
      }
    }
    voxels[0] = 0;
    return List.of();
  }

  private interface RowTask {
    void visit(long z, int[] slice, int start, int length);
  }

  private static void visit(Interval part, SubvolumeLabels labels, Job job, RowTask task) {
    Interval box = labels.box();
    int width = (int) box.dimension(0);
    for (long z = part.min(2); z <= part.max(2); z++) {
      job.checkCancelled();
      int[] slice = labels.slice(z);
      for (long y = part.min(1); y <= part.max(1); y++) {
        int start = (int) (y - box.min(1)) * width + (int) (part.min(0) - box.min(0));
        task.visit(z, slice, start, (int) part.dimension(0));
      }
    }
  }

  private static List<int[]> links(
      SegmentationFolder folder,
      int first,
      int axis,
      int[] offsets,
      ReconciliationOptions options,
      Job job) {
    int second = folder.grid().next(first, axis);
    ContingencyTable table = compare(folder, first, second, comparable(folder, first, axis), job);
    Map<Long, Long> inFirst = new HashMap<>();
    Map<Long, Long> inSecond = new HashMap<>();
    table.forEach(
        (a, b, shared) -> {
          inFirst.merge(a, shared, Long::sum);
          inSecond.merge(b, shared, Long::sum);
        });
    List<int[]> links = new ArrayList<>();
    table.forEach(
        (a, b, shared) -> {
          if (a > 0 && b > 0 && options.joins(shared, inFirst.get(a), inSecond.get(b))) {
            links.add(new int[] {offsets[first] + (int) a, offsets[second] + (int) b});
          }
        });
    return links;
  }

  /** The part of an overlap where the networks of both subvolumes had a clear view. */
  private static Interval comparable(SegmentationFolder folder, int first, int axis) {
    SubvolumeGrid grid = folder.grid();
    Interval shared = Intervals.intersect(grid.box(first), grid.box(grid.next(first, axis)));
    Extent deltas = folder.made().deltas();
    int[] moves = {deltas.x(), deltas.y(), deltas.z()};
    long[] border = new long[3];
    border[axis] = -Math.min(moves[axis], shared.dimension(axis) / 3);
    return Intervals.expand(shared, border);
  }

  private static ContingencyTable compare(
      SegmentationFolder folder, int first, int second, Interval shared, Job job) {
    ContingencyTable table = new ContingencyTable();
    int width = (int) shared.dimension(0);
    int[] others = new int[(int) (width * shared.dimension(1))];
    try (SubvolumeLabels a = folder.labels(first);
        SubvolumeLabels b = folder.labels(second)) {
      int[] row = new int[1];
      for (long z = shared.min(2); z <= shared.max(2); z++) {
        Interval slice =
            Intervals.createMinMax(
                shared.min(0), shared.min(1), z, shared.max(0), shared.max(1), z);
        row[0] = 0;
        visit(
            slice,
            b,
            job,
            (at, labels, start, length) ->
                System.arraycopy(labels, start, others, row[0]++ * width, length));
        row[0] = 0;
        visit(
            slice,
            a,
            job,
            (at, labels, start, length) ->
                count(labels, start, others, row[0]++ * width, length, table));
      }
    }
    return table;
  }

  private static void count(int[] a, int startA, int[] b, int startB, int n, ContingencyTable t) {
    int from = 0;
    for (int i = 1; i <= n; i++) {
      if (i == n || a[startA + i] != a[startA + from] || b[startB + i] != b[startB + from]) {
        t.add(a[startA + from], b[startB + from], i - from);
        from = i;
      }
    }
  }

  private static Reconciliation numbered(
      SegmentationFolder folder, int[] offsets, DisjointSets sets, long[] voxels, long minVoxels) {
    long[] sums = new long[voxels.length];
    long joined = 0;
    for (int object = 1; object < voxels.length; object++) {
      sums[sets.root(object)] += voxels[object];
      joined += sets.root(object) == object ? 0 : 1;
    }
    int[] labels = new int[voxels.length];
    int count = 0;
    for (int object = 1; object < voxels.length; object++) {
      int root = sets.root(object);
      if (root == object && sums[object] > 0 && sums[object] >= minVoxels) {
        sums[count] = sums[object];
        labels[object] = ++count;
      } else if (root != object) {
        labels[object] = labels[root];
      }
    }
    return new Reconciliation(folder, offsets, labels, Arrays.copyOf(sums, count), joined);
  }

  /** Number of objects, which is also the largest label. */
  public long count() {
    return voxels.length;
  }

  /** Number of objects of subvolumes that were joined to an earlier one. */
  public long joined() {
    return joined;
  }

  /**
   * Number of voxels of an object.
   *
   * @param label 1 … {@link #count()}
   */
  public long voxels(long label) {
    return voxels[Math.toIntExact(label - 1)];
  }

  /** The label of an object of a subvolume, 0 where it is not in the whole. */
  public long label(int subvolume, int id) {
    return labels[offsets[subvolume] + id];
  }

  /**
   * Writes the whole.
   *
   * @param sink receives the slices in ascending order from the calling thread
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public void write(LabelSliceSink sink, Job job) {
    long[] volume = folder.grid().volume();
    long[] slice = new long[Math.toIntExact(volume[0] * volume[1])];
    Job.Stage progress = job.stage("Writing labels", volume[2], "slices");
    try (WholeSlices slices = new WholeSlices(folder, offsets)) {
      for (long z = 0; z < volume[2]; z++) {
        int[] objects = slices.read(z, job);
        for (int i = 0; i < slice.length; i++) {
          slice[i] = labels[objects[i]];
        }
        sink.accept(z, slice);
        progress.advance(1);
      }
    }
  }
}
