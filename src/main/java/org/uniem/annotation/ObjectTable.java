package org.uniem.annotation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.uniem.job.BadInputException;
import org.uniem.job.Decimals;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.VoxelSize;

/**
 * Size, centroid, bounding box, extent along the main axes and brightness of every object, gathered
 * slice by slice.
 *
 * <p>Memory is about 160 bytes per object. Not thread-safe; parts of a stack may be gathered in
 * tables of their own and added.
 */
public final class ObjectTable {

  private static final int X = 0;
  private static final int Y = 1;
  private static final int Z = 2;

  private final VoxelSize voxelSize;
  private final long width;
  private final LongIndex rows = new LongIndex();
  private long[] voxels = new long[16];
  private final double[][] sums = new double[3][16];
  // Of xx, yy, zz, xy, xz, yz.
  private final double[][] products = new double[6][16];
  private final int[][] min = new int[3][16];
  private final int[][] max = new int[3][16];
  private final double[][] brightness = new double[2][16];

  /**
   * @param width of a slice in pixels
   * @param voxelSize turns voxels to lengths
   */
  public ObjectTable(long width, VoxelSize voxelSize) {
    this.width = width;
    this.voxelSize = voxelSize;
  }

  /**
   * Counts the voxels of one slice.
   *
   * @param z slice, from 0
   * @param labels ids, x fastest, 0 = background
   * @throws BadInputException if an id is negative
   */
  public void add(long z, long[] labels) {
    add(z, labels, null);
  }

  /**
   * Counts the voxels of one slice with their brightness.
   *
   * @param z slice, from 0
   * @param labels ids, x fastest, 0 = background
   * @param values of an image, as many; or null
   * @throws BadInputException if an id is negative
   */
  public void add(long z, long[] labels, float[] values) {
    int start = 0;
    while (start < labels.length) {
      int rowEnd = (int) Math.min(labels.length, (start / width + 1) * width);
      int end = start + 1;
      while (end < rowEnd && labels[end] == labels[start]) {
        end++;
      }
      if (labels[start] != 0) {
        int row = addRun(labels[start], start, end - start, (int) z);
        for (int i = start; i < end && values != null; i++) {
          brightness[0][row] += values[i];
          brightness[1][row] += (double) values[i] * values[i];
        }
      }
      start = end;
    }
  }

  private int addRun(long label, int start, int length, int z) {
    if (label < 0) {
      throw new BadInputException(
          "Object id " + label + " in slice z=" + z + " (counted from 0) cannot be tabulated.");
    }
    int row = row(label);
    double n = length;
    double x = start % width;
    double y = start / width;
    double sumX = n * (x + (n - 1) / 2);
    voxels[row] += length;
    sums[X][row] += sumX;
    sums[Y][row] += n * y;
    sums[Z][row] += n * z;
    products[0][row] += n * x * x + x * n * (n - 1) + (n - 1) * n * (2 * n - 1) / 6;
    products[1][row] += n * y * y;
    products[2][row] += n * z * z;
    products[3][row] += sumX * y;
    products[4][row] += sumX * z;
    products[5][row] += n * y * z;
    extend(X, row, (int) x, (int) x + length - 1);
    extend(Y, row, (int) y, (int) y);
    extend(Z, row, z, z);
    return row;
  }

  private void extend(int axis, int row, int from, int to) {
    min[axis][row] = Math.min(min[axis][row], from);
    max[axis][row] = Math.max(max[axis][row], to);
  }

  private int row(long id) {
    int row = rows.add(id);
    if (row >= voxels.length) {
      int size = 2 * voxels.length;
      voxels = Arrays.copyOf(voxels, size);
      for (double[][] columns : new double[][][] {sums, products, brightness}) {
        for (int i = 0; i < columns.length; i++) {
          columns[i] = Arrays.copyOf(columns[i], size);
        }
      }
      for (int axis = 0; axis < 3; axis++) {
        min[axis] = Arrays.copyOf(min[axis], size);
        max[axis] = Arrays.copyOf(max[axis], size);
      }
    }
    if (voxels[row] == 0) {
      for (int axis = 0; axis < 3; axis++) {
        min[axis][row] = Integer.MAX_VALUE;
        max[axis][row] = 0;
      }
    }
    return row;
  }

  /**
   * Adds the voxels of another part of the same stack.
   *
   * @param part not changed
   */
  public void addAll(ObjectTable part) {
    for (int from = 0; from < part.rows.size(); from++) {
      int to = row(part.rows.key(from));
      voxels[to] += part.voxels[from];
      addColumns(part.sums, from, sums, to);
      addColumns(part.products, from, products, to);
      addColumns(part.brightness, from, brightness, to);
      for (int axis = 0; axis < 3; axis++) {
        extend(axis, to, part.min[axis][from], part.max[axis][from]);
      }
    }
  }

  private static void addColumns(double[][] source, int from, double[][] target, int to) {
    for (int i = 0; i < source.length; i++) {
      target[i][to] += source[i][from];
    }
  }

  /** The number of objects. */
  public long count() {
    return rows.size();
  }

  /** The ids of the objects, ascending. */
  public long[] ids() {
    long[] ids = rows.keys();
    Arrays.sort(ids);
    return ids;
  }

  /**
   * Number of voxels of an object, 0 where there is none of this id.
   *
   * @param id 1 or more
   */
  public long voxels(long id) {
    int row = rows.get(id);
    return row < 0 ? 0 : voxels[row];
  }

  /** The largest id, 0 where there is no object. */
  public long largestId() {
    return Arrays.stream(rows.keys()).max().orElse(0);
  }

  /** Volume of an object in the cube of the unit. */
  public double volume(long id) {
    return voxels(id) * voxelSize.x() * voxelSize.y() * voxelSize.z();
  }

  /**
   * Centroid x, y, z of an object in calibrated units, as in {@link #toCsv}.
   *
   * @param id of an object in the table
   */
  public double[] centroid(long id) {
    int row = known(id);
    return new double[] {
      centre(X, row) * voxelSize.x(), centre(Y, row) * voxelSize.y(), centre(Z, row) * voxelSize.z()
    };
  }

  /**
   * Smallest x, y, z of an object in voxels.
   *
   * @param id of an object in the table
   */
  public long[] min(long id) {
    int row = known(id);
    return new long[] {min[X][row], min[Y][row], min[Z][row]};
  }

  /**
   * Largest x, y, z of an object in voxels.
   *
   * @param id of an object in the table
   */
  public long[] max(long id) {
    int row = known(id);
    return new long[] {max[X][row], max[Y][row], max[Z][row]};
  }

  /**
   * Covariance of the places in an object in the square of the unit: xx, yy, zz, xy, xz, yz. Voxels
   * are boxes, not points, so that of a single voxel is a twelfth of its edges squared.
   *
   * @param id of an object in the table
   */
  public double[] covariance(long id) {
    int row = known(id);
    double[] size = {voxelSize.x(), voxelSize.y(), voxelSize.z()};
    int[][] axes = {{X, X}, {Y, Y}, {Z, Z}, {X, Y}, {X, Z}, {Y, Z}};
    double[] covariance = new double[6];
    for (int i = 0; i < 6; i++) {
      int a = axes[i][0];
      int b = axes[i][1];
      double n = voxels[row];
      double value = products[i][row] / n - sums[a][row] / n * (sums[b][row] / n);
      covariance[i] = (value + (a == b ? 1 / 12.0 : 0)) * size[a] * size[b];
    }
    return covariance;
  }

  /** Mean brightness of an object; 0 where slices were added without values. */
  public double mean(long id) {
    int row = known(id);
    return brightness[0][row] / voxels[row];
  }

  /** Standard deviation of the brightness in an object. */
  public double standardDeviation(long id) {
    int row = known(id);
    double mean = brightness[0][row] / voxels[row];
    return Math.sqrt(Math.max(0, brightness[1][row] / voxels[row] - mean * mean));
  }

  /**
   * The table as comma-separated values with a header line: id, number of voxels, volume (in µm³
   * too where the unit is another one of length), centroid (from the corner of the first voxel, so
   * the middle of voxel i is at (i + ½) · size, as in ImageJ), and first and last voxel of the
   * bounding box, counted from 0. Units are in the header; numbers have a decimal point whatever
   * the language.
   */
  public String toCsv() {
    StringBuilder csv = new StringBuilder(csvHeader()).append('\n');
    for (long id : ids()) {
      csv.append(csvRow(id)).append('\n');
    }
    return csv.toString();
  }

  /** The header line of {@link #toCsv}. */
  public String csvHeader() {
    String volume = "id,voxels,volume_%1$s3" + (micrometres().isPresent() ? ",volume_um3" : "");
    String places = ",x_%1$s,y_%1$s,z_%1$s,min_x,min_y,min_z,max_x,max_y,max_z";
    return String.format(Locale.ROOT, volume + places, voxelSize.plainUnit());
  }

  /** The voxel size in the unit in which volumes are published, where that is another one. */
  private Optional<VoxelSize> micrometres() {
    return voxelSize.lengthUnit().equals(Optional.of(LengthUnit.MICROMETER))
        ? Optional.empty()
        : voxelSize.in("um");
  }

  /**
   * The line of {@link #toCsv} for an object.
   *
   * @param id of an object in the table
   */
  public String csvRow(long id) {
    int row = known(id);
    double[] centroid = centroid(id);
    StringJoiner cells = new StringJoiner(",");
    cells.add(Long.toString(id)).add(Long.toString(voxels[row])).add(Decimals.of(volume(id)));
    micrometres()
        .ifPresent(size -> cells.add(Decimals.of(voxels[row] * size.x() * size.y() * size.z())));
    for (double place : centroid) {
      cells.add(Decimals.of(place));
    }
    for (int[][] corner : List.of(min, max)) {
      for (int axis = 0; axis < 3; axis++) {
        cells.add(Integer.toString(corner[axis][row]));
      }
    }
    return cells.toString();
  }

  private int known(long id) {
    int row = rows.get(id);
    if (row < 0) {
      throw new BadInputException("There is no object " + id + " in the table.");
    }
    return row;
  }

  private double centre(int axis, int row) {
    return sums[axis][row] / voxels[row] + 0.5;
  }
}
