package org.uniem.annotation.meshes;

import org.uniem.job.BadInputException;

/**
 * The surface of one object; the arrays are referenced, not copied.
 *
 * @param id of the object
 * @param vertices x, y, z of each vertex in the unit of the voxel size, from the corner of the
 *     first voxel
 * @param triangles three vertex numbers each, counter-clockwise seen from outside
 */
public record TriangleMesh(long id, float[] vertices, int[] triangles) {

  /**
   * Checks the arrays' lengths.
   *
   * @throws BadInputException if one is no multiple of three
   */
  public TriangleMesh {
    if (vertices.length % 3 != 0 || triangles.length % 3 != 0) {
      throw new BadInputException(
          "The mesh of object "
              + id
              + " has "
              + vertices.length
              + " coordinates and "
              + triangles.length
              + " corners of triangles: expected multiples of 3.");
    }
  }

  /** The number of vertices. */
  public int vertexCount() {
    return vertices.length / 3;
  }

  /** The number of triangles. */
  public int triangleCount() {
    return triangles.length / 3;
  }

  /** The area of all triangles, in the square of the unit. */
  public double area() {
    double area = 0;
    double[] normal = new double[3];
    for (int t = 0; t < triangles.length; t += 3) {
      area += normal(triangles[t], triangles[t + 1], triangles[t + 2], normal) / 2;
    }
    return area;
  }

  /** The volume inside, in the cube of the unit; right for closed meshes only. */
  public double volume() {
    if (triangles.length == 0) {
      return 0;
    }
    double volume = 0;
    double[] normal = new double[3];
    int origin = 3 * triangles[0];
    for (int t = 0; t < triangles.length; t += 3) {
      normal(triangles[t], triangles[t + 1], triangles[t + 2], normal);
      int a = 3 * triangles[t];
      // Seen from a vertex of the object, as a far origin would cost digits.
      for (int axis = 0; axis < 3; axis++) {
        volume += normal[axis] * ((double) vertices[a + axis] - vertices[origin + axis]);
      }
    }
    return volume / 6;
  }

  /** The normal of a triangle, as long as twice its area, which is returned. */
  double normal(int a, int b, int c, double[] normal) {
    double ux = (double) vertices[3 * b] - vertices[3 * a];
    double uy = (double) vertices[3 * b + 1] - vertices[3 * a + 1];
    double uz = (double) vertices[3 * b + 2] - vertices[3 * a + 2];
    double vx = (double) vertices[3 * c] - vertices[3 * a];
    double vy = (double) vertices[3 * c + 1] - vertices[3 * a + 1];
    double vz = (double) vertices[3 * c + 2] - vertices[3 * a + 2];
    normal[0] = uy * vz - uz * vy;
    normal[1] = uz * vx - ux * vz;
    normal[2] = ux * vy - uy * vx;
    return Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
  }
}
