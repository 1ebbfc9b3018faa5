package org.uniem.floodfilling.joining;

import java.util.Arrays;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;
import org.uniem.floodfilling.subvolumes.SegmentationFolder;
import org.uniem.floodfilling.subvolumes.SubvolumeGrid;
import org.uniem.floodfilling.subvolumes.SubvolumeLabels;
import org.uniem.job.Job;

/**
 * The whole volume, slice by slice, put together from overlapping subvolumes.
 *
 * <p>A voxel shows the object of the subvolume whose faces are farther away. Where that left it
 * free, it shows the object of the first other subvolume that labelled it: what starts in the next
 * subvolume is often not followed as far across the border as it would have been without one.
 *
 * <p>Holds a slice of the volume and of each subvolume that reaches into it. Not thread-safe.
 */
final class WholeSlices implements AutoCloseable {

  private final SegmentationFolder folder;
  private final SubvolumeGrid grid;
  private final int[] offsets;
  private final int width;
  private final int[] whole;
  private final SortedMap<Integer, SubvolumeLabels> open = new TreeMap<>();

  /**
   * The slices of finished subvolumes.
   *
   * @param offsets what is added to the objects of each subvolume, so that they differ
   */
  WholeSlices(SegmentationFolder folder, int[] offsets) {
    this.folder = folder;
    this.grid = folder.grid();
    this.offsets = offsets;
    this.width = Math.toIntExact(grid.volume()[0]);
    this.whole = new int[Math.toIntExact(grid.volume()[0] * grid.volume()[1])];
  }

  /**
   * Reads a slice.
   *
   * @param z slice of the volume, after the one read last
   * @return object + offset of its subvolume, 0 = none, x fastest; valid until the next call
   */
  int[] read(long z, Job job) {
    reach(z);
    Arrays.fill(whole, 0);
    open.forEach(
        (index, labels) -> {
          Interval core = grid.core(index);
          if (core.min(2) <= z && z <= core.max(2)) {
            copyFree(index, labels, core, z, job);
          }
        });
    open.forEach((index, labels) -> copyFree(index, labels, labels.box(), z, job));
    return whole;
  }

  private void reach(long z) {
    for (Iterator<SubvolumeLabels> it = open.values().iterator(); it.hasNext(); ) {
      SubvolumeLabels labels = it.next();
      if (labels.box().max(2) < z) {
        it.remove();
        labels.close();
      }
    }
    for (int i = 0; i < grid.count(); i++) {
      Interval box = grid.box(i);
      if (box.min(2) <= z && z <= box.max(2) && !open.containsKey(i)) {
        open.put(i, folder.labels(i));
      }
    }
  }

  private void copyFree(int index, SubvolumeLabels from, Interval part, long z, Job job) {
    job.checkCancelled();
    Interval box = from.box();
    Interval slice =
        Intervals.createMinMax(part.min(0), part.min(1), z, part.max(0), part.max(1), z);
    int[] ids = from.slice(z);
    int boxWidth = (int) box.dimension(0);
    for (long y = slice.min(1); y <= slice.max(1); y++) {
      int source = (int) ((y - box.min(1)) * boxWidth + slice.min(0) - box.min(0));
      int target = (int) (y * width + slice.min(0));
      for (int x = 0; x < slice.dimension(0); x++) {
        int id = ids[source + x];
        if (id > 0 && whole[target + x] == 0) {
          whole[target + x] = offsets[index] + id;
        }
      }
    }
  }

  @Override
  public void close() {
    open.values().forEach(SubvolumeLabels::close);
    open.clear();
  }
}
