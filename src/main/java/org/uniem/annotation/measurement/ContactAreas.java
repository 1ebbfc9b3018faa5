package org.uniem.annotation.measurement;

import java.util.TreeMap;
import org.uniem.annotation.meshes.Surface;
import org.uniem.annotation.meshes.TriangleMesh;

/** The parts of a surface by the object on its other side. */
final class ContactAreas {

  private ContactAreas() {}

  /**
   * Divides the area: each corner of a triangle stands for a third of it.
   *
   * @param surface tells what is on the other side of each vertex
   * @param mesh the same triangles, smoothed
   * @return areas by the id of the other object, 0 for background, in the square of the unit
   */
  static TreeMap<Long, Double> of(Surface surface, TriangleMesh mesh) {
    TreeMap<Long, Double> areas = new TreeMap<>();
    float[] p = mesh.vertices();
    int[] t = mesh.triangles();
    double[] u = new double[3];
    double[] v = new double[3];
    for (int i = 0; i < t.length; i += 3) {
      for (int axis = 0; axis < 3; axis++) {
        u[axis] = (double) p[3 * t[i + 1] + axis] - p[3 * t[i] + axis];
        v[axis] = (double) p[3 * t[i + 2] + axis] - p[3 * t[i] + axis];
      }
      double x = u[1] * v[2] - u[2] * v[1];
      double y = u[2] * v[0] - u[0] * v[2];
      double z = u[0] * v[1] - u[1] * v[0];
      double third = Math.sqrt(x * x + y * y + z * z) / 6;
      for (int corner = i; corner < i + 3; corner++) {
        areas.merge(surface.outside()[t[corner]], third, Double::sum);
      }
    }
    return areas;
  }
}
