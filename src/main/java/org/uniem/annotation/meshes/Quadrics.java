package org.uniem.annotation.meshes;

/**
 * For each vertex the sum of squared distances to the planes of some triangles, as a function of
 * the place: xᵀAx + 2bᵀx + c, stored as xx, xy, xz, yy, yz, zz of A, then b, then c. Not
 * thread-safe.
 */
final class Quadrics {

  private static final int LENGTH = 10;

  private final double[] numbers;

  Quadrics(int vertices) {
    numbers = new double[Math.multiplyExact(LENGTH, vertices)];
  }

  /**
   * Adds the plane through a point to that of a vertex.
   *
   * @param x unit normal of the plane, likewise y and z
   * @param distance of the origin, against the normal
   */
  void addPlane(int vertex, double x, double y, double z, double distance) {
    double[] plane = {x, y, z, distance};
    int at = LENGTH * vertex;
    numbers[at] += x * x;
    numbers[at + 1] += x * y;
    numbers[at + 2] += x * z;
    numbers[at + 3] += y * y;
    numbers[at + 4] += y * z;
    numbers[at + 5] += z * z;
    for (int axis = 0; axis < 3; axis++) {
      numbers[at + 6 + axis] += plane[axis] * distance;
    }
    numbers[at + 9] += distance * distance;
  }

  /** Adds the quadric of one vertex to that of another. */
  void add(int source, int target) {
    for (int i = 0; i < LENGTH; i++) {
      numbers[LENGTH * target + i] += numbers[LENGTH * source + i];
    }
  }

  /** The value of the quadrics of two vertices together at a place, 0 or more. */
  double value(int u, int v, double[] place) {
    double[] q = sum(u, v);
    double x = place[0];
    double y = place[1];
    double z = place[2];
    double value =
        x * (q[0] * x + 2 * (q[1] * y + q[2] * z + q[6]))
            + y * (q[3] * y + 2 * (q[4] * z + q[7]))
            + z * (q[5] * z + 2 * q[8])
            + q[9];
    return Math.max(0, value);
  }

  /**
   * Finds the place where the quadrics of two vertices together are smallest.
   *
   * @return false where it is not determined well, as on planes and along straight edges
   */
  boolean smallest(int u, int v, double[] place) {
    double[] q = sum(u, v);
    double xx = q[3] * q[5] - q[4] * q[4];
    double xy = q[2] * q[4] - q[1] * q[5];
    double xz = q[1] * q[4] - q[2] * q[3];
    double yy = q[0] * q[5] - q[2] * q[2];
    double yz = q[1] * q[2] - q[0] * q[4];
    double zz = q[0] * q[3] - q[1] * q[1];
    double determinant = q[0] * xx + q[1] * xy + q[2] * xz;
    double scale = q[0] + q[3] + q[5];
    if (determinant < 1e-4 * scale * scale * scale) {
      return false;
    }
    place[0] = -(xx * q[6] + xy * q[7] + xz * q[8]) / determinant;
    place[1] = -(xy * q[6] + yy * q[7] + yz * q[8]) / determinant;
    place[2] = -(xz * q[6] + yz * q[7] + zz * q[8]) / determinant;
    return true;
  }

  private double[] sum(int u, int v) {
    double[] sum = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      sum[i] = numbers[LENGTH * u + i] + numbers[LENGTH * v + i];
    }
    return sum;
  }
}
