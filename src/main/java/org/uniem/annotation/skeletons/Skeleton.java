package org.uniem.annotation.skeletons;

import java.util.Arrays;

/**
 * Trees along the middle of one object; the arrays are referenced, not copied.
 *
 * @param id of the object
 * @param places x, y, z of each vertex in the unit of the voxel size, from the corner of the first
 *     voxel
 * @param radii distance of each vertex to the surface of the object
 * @param parents number of the vertex before each, less than its own; −1 for the root of a tree
 */
public record Skeleton(long id, double[] places, float[] radii, int[] parents) {

  /** The number of vertices. */
  public int size() {
    return parents.length;
  }

  /** The number of trees. */
  public int trees() {
    return (int) Arrays.stream(parents).filter(parent -> parent < 0).count();
  }

  /** The length of all edges. */
  public double length() {
    double length = 0;
    for (int v = 0; v < parents.length; v++) {
      length += edge(v);
    }
    return length;
  }

  /** The number of vertices with three and more edges. */
  public int branchPoints() {
    return (int) Arrays.stream(degrees()).filter(degree -> degree > 2).count();
  }

  /** The number of vertices with one edge. */
  public int endPoints() {
    return (int) Arrays.stream(degrees()).filter(degree -> degree == 1).count();
  }

  /** The smallest radius, NaN where there is no vertex. */
  public double minRadius() {
    double min = Double.POSITIVE_INFINITY;
    for (float radius : radii) {
      min = Math.min(min, radius);
    }
    return radii.length == 0 ? Double.NaN : min;
  }

  /** The largest radius, NaN where there is no vertex. */
  public double maxRadius() {
    double max = 0;
    for (float radius : radii) {
      max = Math.max(max, radius);
    }
    return radii.length == 0 ? Double.NaN : max;
  }

  /** The mean radius along the length; that of the vertices where there is no length. */
  public double meanRadius() {
    double sum = 0;
    double all = 0;
    for (int v = 0; v < parents.length; v++) {
      double edge = edge(v);
      sum += parents[v] < 0 ? 0 : edge * (radii[v] + radii[parents[v]]) / 2;
      all += edge;
    }
    if (all > 0) {
      return sum / all;
    }
    for (float radius : radii) {
      sum += radius;
    }
    return sum / radii.length;
  }

  /** The same with each vertex but ends and branch points moved towards its neighbours. */
  Skeleton smooth(int times) {
    int[] degrees = degrees();
    int[] children = new int[parents.length];
    for (int v = 0; v < parents.length; v++) {
      if (parents[v] >= 0) {
        children[parents[v]] = v;
      }
    }
    double[] now = places;
    for (int i = 0; i < times; i++) {
      double[] next = now.clone();
      for (int v = 0; v < parents.length; v++) {
        if (degrees[v] == 2 && parents[v] >= 0) {
          for (int axis = 0; axis < 3; axis++) {
            double around = now[3 * parents[v] + axis] + now[3 * children[v] + axis];
            next[3 * v + axis] = (now[3 * v + axis] + around / 2) / 2;
          }
        }
      }
      now = next;
    }
    return new Skeleton(id, now, radii, parents);
  }

  private int[] degrees() {
    int[] degrees = new int[parents.length];
    for (int v = 0; v < parents.length; v++) {
      if (parents[v] >= 0) {
        degrees[v]++;
        degrees[parents[v]]++;
      }
    }
    return degrees;
  }

  private double edge(int vertex) {
    if (parents[vertex] < 0) {
      return 0;
    }
    double square = 0;
    for (int axis = 0; axis < 3; axis++) {
      double difference = places[3 * vertex + axis] - places[3 * parents[vertex] + axis];
      square += difference * difference;
    }
    return Math.sqrt(square);
  }
}
