package org.uniem.volumes.phantom;

/**
 * An organelle: a bent tube, the union of balls along a line. Immutable.
 *
 * @param kind what it is
 * @param number id from 1 for mitochondria, 0 for others
 * @param x centres of the balls, nm
 * @param y centres of the balls, nm
 * @param z centres of the balls, nm
 * @param radius of the balls, nm
 * @param foldX direction across the cristae, a unit vector
 * @param foldY direction across the cristae
 * @param foldZ direction across the cristae
 */
record Body(
    Kind kind,
    int number,
    double[] x,
    double[] y,
    double[] z,
    double[] radius,
    double foldX,
    double foldY,
    double foldZ) {

  enum Kind {
    MITOCHONDRION,
    DENSE_BODY,
    MULTIVESICULAR_BODY
  }

  /** The same with an id. */
  Body withNumber(int newNumber) {
    return new Body(kind, newNumber, x, y, z, radius, foldX, foldY, foldZ);
  }

  /** Distance to the surface, nm, negative inside. */
  double distance(double px, double py, double pz) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      int j = Math.min(i + 1, x.length - 1);
      double ax = x[j] - x[i];
      double ay = y[j] - y[i];
      double az = z[j] - z[i];
      double bx = px - x[i];
      double by = py - y[i];
      double bz = pz - z[i];
      double length = ax * ax + ay * ay + az * az;
      double t = length == 0 ? 0 : (ax * bx + ay * by + az * bz) / length;
      t = Math.max(0, Math.min(1, t));
      double dx = bx - t * ax;
      double dy = by - t * ay;
      double dz = bz - t * az;
      double ball = radius[i] + t * (radius[j] - radius[i]);
      best = Math.min(best, Math.sqrt(dx * dx + dy * dy + dz * dz) - ball);
    }
    return best;
  }

  /** Smallest coordinate along an axis, 0 = x, 1 = y, 2 = z. */
  double min(int axis) {
    double[] centre = axis == 0 ? x : axis == 1 ? y : z;
    double min = Double.POSITIVE_INFINITY;
    for (int i = 0; i < centre.length; i++) {
      min = Math.min(min, centre[i] - radius[i]);
    }
    return min;
  }

  /** Largest coordinate along an axis, 0 = x, 1 = y, 2 = z. */
  double max(int axis) {
    double[] centre = axis == 0 ? x : axis == 1 ? y : z;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < centre.length; i++) {
      max = Math.max(max, centre[i] + radius[i]);
    }
    return max;
  }
}
