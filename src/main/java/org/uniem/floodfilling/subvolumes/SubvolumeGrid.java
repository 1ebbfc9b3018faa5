package org.uniem.floodfilling.subvolumes;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.BadParameterException;

/**
 * Divides a volume into overlapping boxes of one size; the last along an axis ends with the volume
 * and overlaps more. Boxes are numbered from 0, along x first, then y, then z.
 *
 * <p>Immutable and thread-safe.
 */
public final class SubvolumeGrid {

  private final long[] volume;
  private final Extent size;
  private final Extent overlap;
  private final List<long[]> starts = new ArrayList<>();

  /**
   * Divides a volume.
   *
   * @param volume width, height and depth
   * @param size of a box; an axis on which the volume is smaller has one box of its size
   * @param overlap of neighbouring boxes, less than their size
   * @throws BadParameterException if it is not less
   */
  public SubvolumeGrid(long[] volume, Extent size, Extent overlap) {
    this.volume = volume.clone();
    this.size =
        new Extent(
            (int) Math.min(size.x(), volume[0]),
            (int) Math.min(size.y(), volume[1]),
            (int) Math.min(size.z(), volume[2]));
    this.overlap = overlap;
    for (int axis = 0; axis < 3; axis++) {
      starts.add(starts(axis));
    }
  }

  private long[] starts(int axis) {
    long length = length(size, axis);
    long step = length - length(overlap, axis);
    if (length == volume[axis]) {
      return new long[1];
    }
    if (step < 1) {
      throw new BadParameterException(
          "Subvolumes of "
              + size
              + " voxels cannot overlap by "
              + overlap
              + ": give an overlap that is smaller on every axis, x,y,z.");
    }
    List<Long> found = new ArrayList<>();
    for (long at = 0; at + length < volume[axis]; at += step) {
      found.add(at);
    }
    found.add(volume[axis] - length);
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  private static int length(Extent extent, int axis) {
    return axis == 0 ? extent.x() : axis == 1 ? extent.y() : extent.z();
  }

  /** Number of boxes. */
  public int count() {
    return Math.multiplyExact(
        Math.multiplyExact(starts.get(0).length, starts.get(1).length), starts.get(2).length);
  }

  /** Number of boxes along an axis, 0 … 2. */
  public int count(int axis) {
    return starts.get(axis).length;
  }

  /** Width, height and depth of the volume. */
  public long[] volume() {
    return volume.clone();
  }

  /** Size of a box. */
  public Extent size() {
    return size;
  }

  /** By how much neighbouring boxes overlap at least. */
  public Extent overlap() {
    return overlap;
  }

  /** Which box it is along an axis, from 0. */
  public int place(int index, int axis) {
    int before = axis == 0 ? 1 : axis == 1 ? count(0) : count(0) * count(1);
    return index / before % count(axis);
  }

  /** The number of a box. */
  public int index(int x, int y, int z) {
    return (z * count(1) + y) * count(0) + x;
  }

  /** The voxels of a box. */
  public Interval box(int index) {
    long[] min = new long[3];
    long[] max = new long[3];
    for (int axis = 0; axis < 3; axis++) {
      min[axis] = starts.get(axis)[place(index, axis)];
      max[axis] = min[axis] + length(size, axis) - 1;
    }
    return new FinalInterval(min, max);
  }

  /**
   * The voxels that a box gives to the whole: up to the middle of its overlaps, so that the cores
   * of all boxes cover the volume once.
   */
  public Interval core(int index) {
    long[] min = new long[3];
    long[] max = new long[3];
    for (int axis = 0; axis < 3; axis++) {
      int place = place(index, axis);
      min[axis] = coreStart(axis, place);
      max[axis] = place + 1 == count(axis) ? volume[axis] - 1 : coreStart(axis, place + 1) - 1;
    }
    return new FinalInterval(min, max);
  }

  private long coreStart(int axis, int place) {
    if (place == 0) {
      return 0;
    }
    long[] at = starts.get(axis);
    long endBefore = at[place - 1] + length(size, axis);
    return (at[place] + endBefore) / 2;
  }

  /** The neighbour of a box towards larger coordinates, -1 where it is the last. */
  public int next(int index, int axis) {
    int[] at = {place(index, 0), place(index, 1), place(index, 2)};
    at[axis]++;
    return at[axis] == count(axis) ? -1 : index(at[0], at[1], at[2]);
  }
}
