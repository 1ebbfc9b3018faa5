package org.uniem.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.ByteType;
import org.uniem.annotation.meshes.ObjectSurfaces;
import org.uniem.annotation.meshes.Smoothing;
import org.uniem.annotation.meshes.Surface;
import org.uniem.job.Job;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * Areas of shapes of known area by several estimators, as a table: mean error and the largest in
 * percent, over shapes placed and turned at random (seed 1).
 *
 * <p>Beside ours: voxel faces; marching cubes; the same smoothed by 15 iterations of Humphrey; and
 * the Crofton formula in 13 directions (Ohser and Mücklich 2000, weights of Legland et al. 2007,
 * 10.5566/ias.v26.p83-92), for cubes as voxels only.
 */
public final class SurfaceEstimates {

  private static final double[] CROFTON = {0.0457778912, 0.0369806279, 0.0351956398};

  private final Job job = Job.silent();
  private final Random random = new Random(1);

  private SurfaceEstimates() {}

  /** A solid around the origin, x, y, z in the unit of the voxel size. */
  private interface Solid {
    boolean has(double x, double y, double z);
  }

  /** Prints the table; no arguments. */
  public static void main(String[] arguments) {
    new SurfaceEstimates().run();
  }

  private void run() {
    System.out.println(
        "| shape, in voxels | voxel faces | marching cubes | smoothed | Crofton | ours |\n"
            + "|---|---|---|---|---|---|");
    VoxelSize cube = new VoxelSize(1, 1, 1, "um");
    for (double r : new double[] {1.5, 2, 2.5, 3, 5, 10, 30}) {
      row(
          "ball of radius " + text(r),
          cube,
          r,
          ball(r),
          4 * Math.PI * r * r,
          r < 20 ? 20 : 2,
          true);
    }
    for (int n : new int[] {1, 2, 3, 5, 20}) {
      row("cube of " + n, cube, n, box(n, n, n), 6.0 * n * n, 1, false);
      if (n > 1) {
        row("cube of " + n + ", turned", cube, n, box(n, n, n), 6.0 * n * n, 20, true);
      }
    }
    for (int n : new int[] {1, 2, 3}) {
      row(
          "tube of " + n + " x " + n + " x 50",
          cube,
          26,
          box(n, n, 50),
          2.0 * n * n + 200 * n,
          1,
          false);
    }
    row("plate of 1 x 30 x 30", cube, 16, box(1, 30, 30), 1920, 1, false);
    row("plate of 2 x 30 x 30, turned", cube, 22, box(2, 30, 30), 2040, 20, true);
    for (double r : new double[] {1, 1.5, 2, 3, 5}) {
      row(
          "rod of radius " + text(r) + ", turned",
          cube,
          22,
          rod(r),
          2 * Math.PI * r * (40 + r),
          20,
          true);
    }
    row("ellipsoid of 20, 5, 5, turned", cube, 21, ellipsoid(20, 5), spheroid(20, 5), 10, true);
    for (double q : new double[] {2, 3, 5, 7.5}) {
      VoxelSize thick = new VoxelSize(1, 1, q, "um");
      double r = 20 * Math.sqrt(q);
      row(
          "1 x 1 x " + text(q) + ": ball of radius " + text(3 * q),
          thick,
          3 * q,
          ball(3 * q),
          36 * Math.PI * q * q,
          10,
          true);
      row(
          "1 x 1 x " + text(q) + ": ball of radius " + Math.round(r),
          thick,
          r,
          ball(r),
          4 * Math.PI * r * r,
          2,
          true);
    }
    job.close();
  }

  private static String text(double number) {
    return number == Math.rint(number) ? "" + (int) number : "" + number;
  }

  private static Solid ball(double r) {
    return (x, y, z) -> x * x + y * y + z * z <= r * r;
  }

  private static Solid box(double a, double b, double c) {
    return (x, y, z) -> Math.abs(x) < a / 2 && Math.abs(y) < b / 2 && Math.abs(z) < c / 2;
  }

  private static Solid rod(double r) {
    return (x, y, z) -> Math.abs(z) <= 20 && Math.hypot(x, y) <= r;
  }

  private static Solid ellipsoid(double a, double b) {
    return (x, y, z) -> x * x / (a * a) + (y * y + z * z) / (b * b) <= 1;
  }

  /** The area of a long ellipsoid. */
  private static double spheroid(double a, double b) {
    double e = Math.sqrt(1 - b * b / (a * a));
    return 2 * Math.PI * b * b * (1 + a / b / e * Math.asin(e));
  }

  private void row(
      String name,
      VoxelSize size,
      double reach,
      Solid solid,
      double area,
      int rounds,
      boolean turn) {
    Map<String, List<Double>> errors = new LinkedHashMap<>();
    for (int i = 0; i < rounds; i++) {
      Img<ByteType> labels = draw(size, reach, solid, turn);
      try (ObjectSurfaces surfaces =
          ObjectSurfaces.findWithNeighbours(Volumes.of(labels, size, "labels"), job)) {
        Surface surface = surfaces.surface(1, job);
        double ball = Math.cbrt(36 * Math.PI) * Math.pow(surface.voxelVolume(), 2 / 3.0);
        double faces = 0;
        for (byte direction : surface.directions()) {
          faces += direction >> 1 == 2 ? 1 : size.z();
        }
        put(errors, "faces", faces / area);
        put(errors, "cubes", surface.mesh().area() / area);
        put(errors, "smoothed", Smoothing.HUMPHREY.apply(surface.mesh(), 15, job).area() / area);
        put(errors, "crofton", size.z() == 1 ? crofton(labels) / area : Double.NaN);
        put(errors, "ours", Math.max(ball, Arrays.stream(surface.areas(job)).sum()) / area);
      }
    }
    StringBuilder row = new StringBuilder("| " + name + " |");
    errors.forEach((estimator, of) -> row.append(' ').append(cell(of)).append(" |"));
    System.out.println(row);
  }

  private static void put(Map<String, List<Double>> errors, String estimator, double ratio) {
    errors.computeIfAbsent(estimator, e -> new ArrayList<>()).add(100 * (ratio - 1));
  }

  private static String cell(List<Double> errors) {
    double mean = errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double largest = errors.stream().mapToDouble(Math::abs).max().orElseThrow();
    if (Double.isNaN(mean)) {
      return "";
    }
    String text = String.format(Locale.ROOT, "%.1f", mean).replace("-0.0", "0.0");
    return errors.size() == 1 ? text : text + String.format(Locale.ROOT, " (%.1f)", largest);
  }

  /** Draws a solid, where it is turned at a random place between voxels too. */
  private Img<ByteType> draw(VoxelSize size, double reach, Solid solid, boolean turn) {
    double[] edges = {size.x(), size.y(), size.z()};
    double[][] axes = turn ? axes() : new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    long[] dimensions = new long[3];
    double[] middle = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      dimensions[axis] = (long) Math.ceil(2 * reach / edges[axis]) + 4;
      double shift = turn ? random.nextDouble() : offset(solid, axis, reach);
      middle[axis] = (dimensions[axis] / 2 + shift) * edges[axis];
    }
    Img<ByteType> labels = ArrayImgs.bytes(dimensions);
    var cursor = labels.localizingCursor();
    while (cursor.hasNext()) {
      cursor.fwd();
      double[] p = new double[3];
      for (int axis = 0; axis < 3; axis++) {
        double way = (cursor.getIntPosition(axis) + 0.5) * edges[axis] - middle[axis];
        for (int i = 0; i < 3; i++) {
          p[i] += axes[i][axis] * way;
        }
      }
      cursor.get().setInteger(solid.has(p[0], p[1], p[2]) ? 1 : 0);
    }
    return labels;
  }

  /** Half a voxel where a solid has an odd number of voxels along an axis, so that none is cut. */
  private static double offset(Solid solid, int axis, double reach) {
    double[] place = new double[3];
    int count = 0;
    for (int i = 0; i < 4 * reach; i++) {
      place[axis] = i / 4.0 + 0.125;
      count += solid.has(place[0], place[1], place[2]) ? 1 : 0;
    }
    // Quarters of a voxel on one side of the middle.
    return count / 2 % 2 == 1 ? 0.5 : 0;
  }

  /** Three random directions at right angles. */
  private double[][] axes() {
    double[][] axes = new double[3][3];
    for (int i = 0; i < 3; i++) {
      double length = 0;
      while (length < 1e-3) {
        for (int axis = 0; axis < 3; axis++) {
          axes[i][axis] = random.nextGaussian();
        }
        for (int j = 0; j < i; j++) {
          double along = dot(axes[i], axes[j]);
          for (int axis = 0; axis < 3; axis++) {
            axes[i][axis] -= along * axes[j][axis];
          }
        }
        length = Math.sqrt(dot(axes[i], axes[i]));
      }
      for (int axis = 0; axis < 3; axis++) {
        axes[i][axis] /= length;
      }
    }
    return axes;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /** Four times the mean, over directions, of how often lines enter the object per area. */
  private static double crofton(Img<ByteType> labels) {
    double sum = 0;
    RandomAccess<ByteType> access = labels.randomAccess();
    for (int dz = -1; dz <= 1; dz++) {
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int length = dx * dx + dy * dy + dz * dz;
          if (length > 0) {
            sum += CROFTON[length - 1] * enters(labels, access, dx, dy, dz) / Math.sqrt(length);
          }
        }
      }
    }
    return 4 * sum;
  }

  private static long enters(
      Img<ByteType> labels, RandomAccess<ByteType> access, int dx, int dy, int dz) {
    long count = 0;
    var cursor = labels.localizingCursor();
    while (cursor.hasNext()) {
      cursor.fwd();
      if (cursor.get().get() != 0) {
        access.setPosition(cursor);
        access.move(dx, 0);
        access.move(dy, 1);
        access.move(dz, 2);
        count += access.get().get() == 0 ? 1 : 0;
      }
    }
    return count;
  }
}
