package org.uniem.annotation.measurement;

import java.util.Arrays;
import org.uniem.annotation.ObjectVoxels;

/**
 * The largest and the smallest distance between two parallel planes that hold an object, its voxels
 * taken as boxes.
 *
 * <p>Not exact: both are searched in 1024 directions evenly over the half sphere; the largest is
 * the longest distance between the points that touch such planes, the smallest is refined around
 * the twelve best ones. The largest is seldom too small, and by less than 0.1 %; the smallest is
 * less than 1 % too large.
 *
 * @param max in the unit of the voxel size
 * @param min likewise
 */
public record FeretDiameters(double max, double min) {

  private static final int DIRECTIONS = 1024;
  private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
  private static final double FINEST_STEP = 1e-4;

  /** Directions that are refined; directions within 8 degrees of one are not. */
  private static final int STARTS = 12;

  private static final double NEAR = Math.cos(Math.toRadians(8));

  /** Measures an object. */
  public static FeretDiameters of(ObjectVoxels object) {
    double[] points = corners(object);
    double longest = 0;
    double[][] directions = directions();
    double[] extents = new double[directions.length];
    for (int i = 0; i < directions.length; i++) {
      int[] ends = ends(points, directions[i]);
      longest = Math.max(longest, distance(points, ends[0], ends[1]));
      extents[i] = extent(points, ends, directions[i]);
    }
    return new FeretDiameters(longest, smallest(points, directions, extents));
  }

  /** Evenly over the half sphere, and the axes, along which objects often lie. */
  private static double[][] directions() {
    double[][] directions = new double[DIRECTIONS + 3][3];
    for (int i = 0; i < DIRECTIONS; i++) {
      double z = (i + 0.5) / DIRECTIONS;
      double r = Math.sqrt(1 - z * z);
      double around = i * GOLDEN_ANGLE;
      directions[i] = new double[] {r * Math.cos(around), r * Math.sin(around), z};
    }
    for (int axis = 0; axis < 3; axis++) {
      directions[DIRECTIONS + axis][axis] = 1;
    }
    return directions;
  }

  /** Refines the best directions that are not near to better ones. */
  private static double smallest(double[] points, double[][] directions, double[] extents) {
    double smallest = Double.POSITIVE_INFINITY;
    boolean[] done = new boolean[extents.length];
    for (int start = 0; start < STARTS; start++) {
      int best = -1;
      for (int i = 0; i < extents.length; i++) {
        best = !done[i] && (best < 0 || extents[i] < extents[best]) ? i : best;
      }
      if (best < 0) {
        break;
      }
      smallest = Math.min(smallest, refine(points, directions[best], extents[best]));
      for (int i = 0; i < extents.length; i++) {
        double cosine = 0;
        for (int axis = 0; axis < 3; axis++) {
          cosine += directions[best][axis] * directions[i][axis];
        }
        done[i] |= Math.abs(cosine) > NEAR;
      }
    }
    return smallest;
  }

  private static double refine(double[] points, double[] from, double extent) {
    double[] best = from;
    double width = extent;
    for (double step = 0.05; step > FINEST_STEP; ) {
      boolean better = false;
      for (int i = 0; i < 6 && !better; i++) {
        double[] n = best.clone();
        n[i / 2] += i % 2 == 0 ? step : -step;
        double length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        for (int axis = 0; axis < 3; axis++) {
          n[axis] /= length;
        }
        double candidate = extent(points, ends(points, n), n);
        if (candidate < width) {
          width = candidate;
          best = n;
          better = true;
        }
      }
      step = better ? step : step / 2;
    }
    return width;
  }

  private static int[] ends(double[] p, double[] n) {
    int[] ends = new int[2];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < p.length; i += 3) {
      double along = p[i] * n[0] + p[i + 1] * n[1] + p[i + 2] * n[2];
      if (along < low) {
        low = along;
        ends[0] = i;
      }
      if (along > high) {
        high = along;
        ends[1] = i;
      }
    }
    return ends;
  }

  private static double extent(double[] p, int[] ends, double[] n) {
    double extent = 0;
    for (int axis = 0; axis < 3; axis++) {
      extent += (p[ends[1] + axis] - p[ends[0] + axis]) * n[axis];
    }
    return extent;
  }

  private static double distance(double[] p, int a, int b) {
    double square = 0;
    for (int axis = 0; axis < 3; axis++) {
      square += (p[a + axis] - p[b + axis]) * (p[a + axis] - p[b + axis]);
    }
    return Math.sqrt(square);
  }

  /** The corners of voxels that can be furthest out: those of the convex hull of each slice. */
  private static double[] corners(ObjectVoxels object) {
    double[] points = new double[96];
    int size = 0;
    int height = object.size(1);
    for (int z = 0; z < object.size(2); z++) {
      SliceHull hull = new SliceHull(2 * height + 2);
      for (int y = 0; y < height; y++) {
        int row = z * height + y;
        int first = object.firstRun(row);
        int last = object.firstRun(row + 1) - 1;
        if (first <= last) {
          hull.add(y, object.start(first), object.start(last) + object.length(last));
        }
      }
      for (long corner : hull.corners()) {
        if (size + 6 > points.length) {
          points = Arrays.copyOf(points, 2 * points.length);
        }
        for (int face = 0; face < 2; face++) {
          points[size++] = (int) corner * object.voxelSize().x();
          points[size++] = (int) (corner >> 32) * object.voxelSize().y();
          points[size++] = (z + face) * object.voxelSize().z();
        }
      }
    }
    return Arrays.copyOf(points, size);
  }

  /** Collects rows of one slice in ascending order and keeps the hull of their corners. */
  private static final class SliceHull {

    private final long[] left;
    private final long[] right;
    private int lefts;
    private int rights;

    SliceHull(int corners) {
      left = new long[corners];
      right = new long[corners];
    }

    void add(int y, int from, int to) {
      for (int edge = y; edge <= y + 1; edge++) {
        lefts = push(left, lefts, from, edge, 1);
        rights = push(right, rights, to, edge, -1);
      }
    }

    /** Takes away corners that the new one makes no corners. */
    private static int push(long[] chain, int size, int x, int y, int side) {
      int n = size;
      if (n > 0 && (int) (chain[n - 1] >> 32) == y) {
        if (side * (x - (int) chain[n - 1]) >= 0) {
          return n;
        }
        n--;
      }
      while (n > 1) {
        long ax = (int) chain[n - 2];
        long ay = (int) (chain[n - 2] >> 32);
        long bx = (int) chain[n - 1] - ax;
        long by = (int) (chain[n - 1] >> 32) - ay;
        if (side * (bx * (y - ay) - by * (x - ax)) < 0) {
          break;
        }
        n--;
      }
      chain[n] = (long) y << 32 | x & 0xFFFFFFFFL;
      return n + 1;
    }

    long[] corners() {
      long[] all = Arrays.copyOf(left, lefts + rights);
      System.arraycopy(right, 0, all, lefts, rights);
      return all;
    }
  }
}
