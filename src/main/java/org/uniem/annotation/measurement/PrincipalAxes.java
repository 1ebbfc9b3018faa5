package org.uniem.annotation.measurement;

import java.util.Arrays;

/**
 * The ellipsoid with the same moments as an object.
 *
 * @param semiAxes its half lengths, the longest first, in the unit of the voxel size
 * @param direction x, y, z of the longest, of length 1; its largest component is positive
 */
public record PrincipalAxes(double[] semiAxes, double[] direction) {

  private static final int SWEEPS = 50;

  /**
   * Finds it by rotations (Jacobi).
   *
   * @param covariance of places in the object: xx, yy, zz, xy, xz, yz
   */
  public static PrincipalAxes of(double[] covariance) {
    double[][] a = {
      {covariance[0], covariance[3], covariance[4]},
      {covariance[3], covariance[1], covariance[5]},
      {covariance[4], covariance[5], covariance[2]},
    };
    double[][] vectors = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < 2; p++) {
        for (int q = p + 1; q < 3; q++) {
          rotate(a, vectors, p, q);
        }
      }
    }
    int longest = 0;
    double[] axes = new double[3];
    for (int i = 0; i < 3; i++) {
      longest = a[i][i] > a[longest][longest] ? i : longest;
      // A solid ellipsoid has a fifth of its semi-axis squared as variance.
      axes[i] = -Math.sqrt(5 * Math.max(0, a[i][i]));
    }
    Arrays.sort(axes);
    double[] direction = new double[3];
    int largest = 0;
    for (int i = 0; i < 3; i++) {
      axes[i] = -axes[i];
      direction[i] = vectors[i][longest];
      largest = Math.abs(direction[i]) > Math.abs(direction[largest]) ? i : largest;
    }
    if (direction[largest] < 0) {
      for (int i = 0; i < 3; i++) {
        direction[i] = -direction[i];
      }
    }
    return new PrincipalAxes(axes, direction);
  }

  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    for (int i = 0; i < 3; i++) {
      double first = a[i][p];
      double second = a[i][q];
      a[i][p] = c * first - s * second;
      a[i][q] = s * first + c * second;
      first = vectors[i][p];
      second = vectors[i][q];
      vectors[i][p] = c * first - s * second;
      vectors[i][q] = s * first + c * second;
    }
    for (int i = 0; i < 3; i++) {
      double first = a[p][i];
      double second = a[q][i];
      a[p][i] = c * first - s * second;
      a[q][i] = s * first + c * second;
    }
  }
}
