package org.uniem.annotation;

import java.util.Arrays;
import java.util.Locale;
import org.uniem.job.BadInputException;
import org.uniem.volumes.VoxelSize;

/**
 * Size, centroid and bounding box of every object, gathered slice by slice.
 *
 * <p>Ids are 1, 2, … without large gaps: memory is 80 bytes per id up to the largest. Not
 * thread-safe.
 */
public final class ObjectTable {

  private static final int LARGEST_ID = Integer.MAX_VALUE - 16;

  private final VoxelSize voxelSize;
  private final long width;
  private long[] voxels = new long[16];
  private double[][] sums = new double[3][16];
  private int[][] min = new int[3][16];
  private int[][] max = new int[3][16];

  /**
   * @param width of a slice in pixels
   * @param voxelSize turns voxels to lengths
   */
  public ObjectTable(long width, VoxelSize voxelSize) {
    this.width = width;
    this.voxelSize = voxelSize;
    for (int[] smallest : min) {
      Arrays.fill(smallest, Integer.MAX_VALUE);
    }
  }

  /**
   * Counts the voxels of one slice.
   *
   * @param z slice, from 0
   * @param labels ids, x fastest, 0 = background
   * @throws BadInputException if an id is negative or 2³¹ or more
   */
  public void add(long z, long[] labels) {
    int start = 0;
    while (start < labels.length) {
      int rowEnd = (int) Math.min(labels.length, (start / width + 1) * width);
      int end = start + 1;
      while (end < rowEnd && labels[end] == labels[start]) {
        end++;
      }
      if (labels[start] != 0) {
        addRun(labels[start], start, end - start, (int) z);
      }
      start = end;
    }
  }

  private void addRun(long label, int start, int length, int z) {
    if (label < 0 || label > LARGEST_ID) {
      throw new BadInputException(
          "Object id " + label + " in slice z=" + z + " (counted from 0) cannot be tabulated.");
    }
    int id = (int) label;
    ensure(id);
    int x = (int) (start % width);
    int y = (int) (start / width);
    voxels[id] += length;
    sums[0][id] += length * (x + (length - 1) / 2.0);
    sums[1][id] += (double) length * y;
    sums[2][id] += (double) length * z;
    extend(0, id, x, x + length - 1);
    extend(1, id, y, y);
    extend(2, id, z, z);
  }

  private void extend(int axis, int id, int from, int to) {
    min[axis][id] = Math.min(min[axis][id], from);
    max[axis][id] = Math.max(max[axis][id], to);
  }

  private void ensure(int id) {
    int old = voxels.length;
    if (id < old) {
      return;
    }
    int size = (int) Math.min(LARGEST_ID + 1L, Math.max(id + 1L, 2L * old));
    voxels = Arrays.copyOf(voxels, size);
    for (int axis = 0; axis < 3; axis++) {
      sums[axis] = Arrays.copyOf(sums[axis], size);
      min[axis] = Arrays.copyOf(min[axis], size);
      max[axis] = Arrays.copyOf(max[axis], size);
      Arrays.fill(min[axis], old, size, Integer.MAX_VALUE);
    }
  }

  /** The number of objects. */
  public long count() {
    return Arrays.stream(voxels).filter(n -> n > 0).count();
  }

  /**
   * Number of voxels of an object, 0 where there is none of this id.
   *
   * @param id 1 or more
   */
  public long voxels(long id) {
    return id < voxels.length ? voxels[(int) id] : 0;
  }

  /** The largest id, 0 where there is no object. */
  public long largestId() {
    for (int id = voxels.length - 1; id > 0; id--) {
      if (voxels[id] > 0) {
        return id;
      }
    }
    return 0;
  }

  /**
   * Centroid x, y, z of an object in calibrated units, as in {@link #toCsv}.
   *
   * @param id of an object in the table
   */
  public double[] centroid(long id) {
    return new double[] {
      centre(0, (int) id) * voxelSize.x(),
      centre(1, (int) id) * voxelSize.y(),
      centre(2, (int) id) * voxelSize.z()
    };
  }

  /**
   * Smallest x, y, z of an object in voxels.
   *
   * @param id of an object in the table
   */
  public long[] min(long id) {
    return new long[] {min[0][(int) id], min[1][(int) id], min[2][(int) id]};
  }

  /**
   * Largest x, y, z of an object in voxels.
   *
   * @param id of an object in the table
   */
  public long[] max(long id) {
    return new long[] {max[0][(int) id], max[1][(int) id], max[2][(int) id]};
  }

  /**
   * The table as comma-separated values with a header line: id, number of voxels, volume, centroid
   * (from the corner of the first voxel, so the middle of voxel i is at (i + ½) · size, as in
   * ImageJ), and first and last voxel of the bounding box, counted from 0. Units are in the header;
   * numbers have a decimal point whatever the language.
   */
  public String toCsv() {
    String unit = voxelSize.unit();
    StringBuilder csv =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "id,voxels,volume_%1$s3,x_%1$s,y_%1$s,z_%1$s,"
                    + "min_x,min_y,min_z,max_x,max_y,max_z\n",
                unit));
    double voxelVolume = voxelSize.x() * voxelSize.y() * voxelSize.z();
    for (int id = 1; id < voxels.length; id++) {
      if (voxels[id] > 0) {
        csv.append(
            String.format(
                Locale.ROOT,
                "%d,%d,%.6g,%.3f,%.3f,%.3f,%d,%d,%d,%d,%d,%d\n",
                id,
                voxels[id],
                voxels[id] * voxelVolume,
                centre(0, id) * voxelSize.x(),
                centre(1, id) * voxelSize.y(),
                centre(2, id) * voxelSize.z(),
                min[0][id],
                min[1][id],
                min[2][id],
                max[0][id],
                max[1][id],
                max[2][id]));
      }
    }
    return csv.toString();
  }

  private double centre(int axis, int id) {
    return sums[axis][id] / voxels[id] + 0.5;
  }
}
