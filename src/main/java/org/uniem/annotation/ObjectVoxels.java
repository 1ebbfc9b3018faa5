package org.uniem.annotation;

import java.util.Arrays;
import java.util.List;
import org.uniem.job.ResourceException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/**
 * The voxels of one object as runs along x within its bounding box, numbered 0, 1, 2, … in
 * ascending z, y, x: memory follows the object, not its bounding box. Immutable and thread-safe.
 */
public final class ObjectVoxels {

  private final long id;
  private final VoxelSize voxelSize;
  private final int[] min;
  private final int[] size;
  private final boolean[] open;
  private final int count;
  // Runs of row r are firstRun[r] … firstRun[r + 1] − 1; rows are y + height · z.
  private final int[] firstRun;
  private final int[] runRow;
  private final int[] runStart;
  private final int[] runVoxel;

  /** A run of voxels along x in the stack. */
  record Run(int x, int y, int z, int length) {}

  /**
   * @param id of the object
   * @param labels the stack it is from
   * @param runs its runs in ascending z, y, x; at least one
   */
  ObjectVoxels(long id, Volume labels, List<Run> runs) {
    this.id = id;
    voxelSize = labels.voxelSize();
    int[] largest = new int[3];
    min = new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    long voxels = 0;
    for (Run run : runs) {
      int[] from = {run.x(), run.y(), run.z()};
      int[] to = {run.x() + run.length() - 1, run.y(), run.z()};
      for (int axis = 0; axis < 3; axis++) {
        min[axis] = Math.min(min[axis], from[axis]);
        largest[axis] = Math.max(largest[axis], to[axis]);
      }
      voxels += run.length();
    }
    if (voxels > Integer.MAX_VALUE - 64) {
      throw new ResourceException(
          "Object "
              + id
              + " has "
              + voxels
              + " voxels, more than 2147483583: use a coarser stack.");
    }
    count = (int) voxels;
    size = new int[3];
    long[] whole = {labels.width(), labels.height(), labels.depth()};
    open = new boolean[6];
    for (int axis = 0; axis < 3; axis++) {
      size[axis] = largest[axis] - min[axis] + 1;
      open[2 * axis] = min[axis] == 0;
      open[2 * axis + 1] = largest[axis] == whole[axis] - 1;
    }
    firstRun = new int[Math.multiplyExact(size[1], size[2]) + 1];
    runRow = new int[runs.size()];
    runStart = new int[runs.size()];
    runVoxel = new int[runs.size() + 1];
    fill(runs);
  }

  private void fill(List<Run> runs) {
    int next = 0;
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      runRow[i] = (run.z() - min[2]) * size[1] + run.y() - min[1];
      runStart[i] = run.x() - min[0];
      runVoxel[i] = next;
      next += run.length();
      firstRun[runRow[i] + 1] = i + 1;
    }
    runVoxel[runs.size()] = next;
    for (int row = 1; row < firstRun.length; row++) {
      firstRun[row] = Math.max(firstRun[row], firstRun[row - 1]);
    }
  }

  /** The id of the object. */
  public long id() {
    return id;
  }

  /** The edge lengths of a voxel. */
  public VoxelSize voxelSize() {
    return voxelSize;
  }

  /** The number of voxels. */
  public int count() {
    return count;
  }

  /** Smallest coordinate of the bounding box along an axis. */
  public int min(int axis) {
    return min[axis];
  }

  /** Size of the bounding box along an axis. */
  public int size(int axis) {
    return size[axis];
  }

  /**
   * Whether the bounding box ends at the border of the stack, beyond which the object may go on.
   *
   * @param axis 0 … 2
   * @param end 0 for the lower end, 1 for the upper one
   */
  public boolean isOpen(int axis, int end) {
    return open[2 * axis + end];
  }

  /** The number of runs. */
  public int runs() {
    return runStart.length;
  }

  /** The first run of a row y + height · z of the bounding box; that of the next row ends it. */
  public int firstRun(int row) {
    return firstRun[row];
  }

  /** The row y + height · z of a run in the bounding box. */
  public int row(int run) {
    return runRow[run];
  }

  /** The first x of a run in the bounding box. */
  public int start(int run) {
    return runStart[run];
  }

  /** The number of voxels of a run. */
  public int length(int run) {
    return runVoxel[run + 1] - runVoxel[run];
  }

  /** The number of the first voxel of a run. */
  public int voxel(int run) {
    return runVoxel[run];
  }

  /** The run that a voxel is in. */
  public int runOf(int voxel) {
    int found = Arrays.binarySearch(runVoxel, voxel);
    return found >= 0 ? found : -found - 2;
  }

  /** The number of a voxel of a row y + height · z, −1 where the object has none there. */
  public int voxelAt(int x, int row) {
    for (int run = firstRun[row]; run < firstRun[row + 1] && runStart[run] <= x; run++) {
      if (x < runStart[run] + length(run)) {
        return runVoxel[run] + x - runStart[run];
      }
    }
    return -1;
  }
}
