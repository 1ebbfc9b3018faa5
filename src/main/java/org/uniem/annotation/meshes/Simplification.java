package org.uniem.annotation.meshes;

import java.util.Arrays;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;

/**
 * Makes meshes of fewer triangles by collapsing edges where that moves the surface least: quadric
 * error metrics (Garland and Heckbert 1997, 10.1145/258734.258849).
 *
 * <p>Deviations: an edge is collapsed only where the mesh stays a closed manifold of the same
 * topology (its ends have exactly two common neighbours) and no triangle turns by more than about
 * 80 degrees; of edges of nearly equal error the shorter goes first. About 150 bytes per triangle.
 */
public final class Simplification {

  private static final double LENGTH_WEIGHT = 1e-6;
  private static final double SMALLEST_COSINE = 0.2;
  private static final int COLLAPSES_BETWEEN_CHECKS = 1 << 12;

  private final TriangleMesh mesh;
  private final double[] places;
  private final int[] corners;
  // The corners at a vertex are a list: first of the vertex, then next of the corner.
  private final int[] first;
  private final int[] next;
  private final boolean[] gone;
  private final int[] stamps;
  private final int[] marks;
  private final Quadrics quadrics;
  private final EdgeQueue edges;
  private final double[] place = new double[3];
  private int mark;
  private int triangles;

  private Simplification(TriangleMesh mesh) {
    this.mesh = mesh;
    int vertices = mesh.vertexCount();
    places = new double[3 * vertices];
    for (int i = 0; i < places.length; i++) {
      // From a vertex of the object, as a far origin would cost digits.
      places[i] = (double) mesh.vertices()[i] - mesh.vertices()[i % 3];
    }
    corners = mesh.triangles().clone();
    triangles = mesh.triangleCount();
    first = new int[vertices];
    Arrays.fill(first, -1);
    next = new int[corners.length];
    gone = new boolean[triangles];
    stamps = new int[vertices];
    marks = new int[vertices];
    quadrics = new Quadrics(vertices);
    edges = new EdgeQueue(corners.length / 2);
  }

  /**
   * Simplifies a closed mesh.
   *
   * @param mesh not changed
   * @param share of the triangles to keep, more than 0 up to 1; more are kept where fewer would
   *     change the topology
   * @param maxError a vertex stays within this distance of the planes of the triangles that it
   *     stands for, in the unit of the mesh; 0 = any distance
   * @param job carries the cancel token
   */
  public static TriangleMesh apply(TriangleMesh mesh, double share, double maxError, Job job) {
    if (!(share > 0 && share <= 1)) {
      throw new BadParameterException(
          "share=" + share + " of triangles is out of range: give more than 0 up to 1.");
    }
    if (!(maxError >= 0)) {
      throw new BadParameterException("maxError=" + maxError + " is too small: give 0 or more.");
    }
    if (share == 1 || mesh.triangles().length == 0) {
      return mesh;
    }
    Simplification work = new Simplification(mesh);
    work.prepare();
    work.collapse((int) Math.ceil(share * mesh.triangleCount()), maxError, job);
    return work.result();
  }

  private void prepare() {
    double[] normal = new double[3];
    for (int t = 0; t < gone.length; t++) {
      double length = normal(corners[3 * t], corners[3 * t + 1], corners[3 * t + 2], normal);
      int a = 3 * corners[3 * t];
      for (int corner = 3 * t; corner < 3 * t + 3; corner++) {
        int vertex = corners[corner];
        next[corner] = first[vertex];
        first[vertex] = corner;
        if (length > 0) {
          double x = normal[0] / length;
          double y = normal[1] / length;
          double z = normal[2] / length;
          double distance = -(x * places[a] + y * places[a + 1] + z * places[a + 2]);
          quadrics.addPlane(vertex, x, y, z, distance);
        }
      }
    }
    for (int corner = 0; corner < corners.length; corner++) {
      int u = corners[corner];
      int v = corners[following(corner)];
      if (u < v) {
        enqueue(u, v);
      }
    }
  }

  private static int following(int corner) {
    return corner % 3 == 2 ? corner - 2 : corner + 1;
  }

  private void enqueue(int u, int v) {
    choosePlace(u, v);
    double length = 0;
    for (int axis = 0; axis < 3; axis++) {
      double difference = places[3 * u + axis] - places[3 * v + axis];
      length += difference * difference;
    }
    double cost = quadrics.value(u, v, place) + LENGTH_WEIGHT * length;
    edges.add(cost, u, v, stamps[u] + stamps[v]);
  }

  /** The best place for both ends of an edge. */
  private void choosePlace(int u, int v) {
    if (quadrics.smallest(u, v, place)) {
      return;
    }
    double[] best = new double[3];
    double smallest = Double.POSITIVE_INFINITY;
    for (double share : new double[] {0.5, 0, 1}) {
      for (int axis = 0; axis < 3; axis++) {
        place[axis] = share * places[3 * u + axis] + (1 - share) * places[3 * v + axis];
      }
      double value = quadrics.value(u, v, place);
      if (value < smallest) {
        smallest = value;
        System.arraycopy(place, 0, best, 0, 3);
      }
    }
    System.arraycopy(best, 0, place, 0, 3);
  }

  private void collapse(int target, double maxError, Job job) {
    double limit = maxError == 0 ? Double.POSITIVE_INFINITY : maxError * maxError;
    for (int i = 0; triangles > target && !edges.isEmpty() && edges.cost() <= limit; i++) {
      if (i % COLLAPSES_BETWEEN_CHECKS == 0) {
        job.checkCancelled();
      }
      int u = edges.from();
      int v = edges.to();
      boolean valid = stamps[u] >= 0 && stamps[v] >= 0 && edges.stamp() == stamps[u] + stamps[v];
      edges.remove();
      if (valid && keepsTopology(u, v)) {
        choosePlace(u, v);
        if (keepsSides(u, v) && keepsSides(v, u)) {
          merge(u, v);
        }
      }
    }
  }

  /** Whether the ends have two common neighbours, and more than a tetrahedron is left. */
  private boolean keepsTopology(int u, int v) {
    mark++;
    int around = 0;
    for (int corner = first[u]; corner >= 0; corner = next[corner]) {
      if (!gone[corner / 3]) {
        marks[corners[following(corner)]] = mark;
        around++;
      }
    }
    int common = 0;
    for (int corner = first[v]; corner >= 0; corner = next[corner]) {
      if (!gone[corner / 3]) {
        common += marks[corners[following(corner)]] == mark ? 1 : 0;
        around++;
      }
    }
    return common == 2 && around >= 7;
  }

  /** Whether no triangle at a vertex, but not at the other, turns over if the vertex moves. */
  private boolean keepsSides(int vertex, int other) {
    double[] before = new double[3];
    double[] after = new double[3];
    double[] old = Arrays.copyOfRange(places, 3 * vertex, 3 * vertex + 3);
    for (int corner = first[vertex]; corner >= 0; corner = next[corner]) {
      int b = corners[following(corner)];
      int c = corners[following(following(corner))];
      if (gone[corner / 3] || b == other || c == other) {
        continue;
      }
      double lengthBefore = normal(vertex, b, c, before);
      System.arraycopy(place, 0, places, 3 * vertex, 3);
      double lengthAfter = normal(vertex, b, c, after);
      System.arraycopy(old, 0, places, 3 * vertex, 3);
      double product = before[0] * after[0] + before[1] * after[1] + before[2] * after[2];
      // A triangle without area may become anything, but none may become one.
      if (lengthAfter == 0 || product < SMALLEST_COSINE * lengthBefore * lengthAfter) {
        return false;
      }
    }
    return true;
  }

  /** Moves v to the chosen place and gives it the triangles of u. */
  private void merge(int u, int v) {
    System.arraycopy(place, 0, places, 3 * v, 3);
    quadrics.add(u, v);
    for (int corner = first[u]; corner >= 0; ) {
      int following = next[corner];
      int t = corner / 3;
      if (!gone[t]) {
        if (corners[3 * t] == v || corners[3 * t + 1] == v || corners[3 * t + 2] == v) {
          gone[t] = true;
          triangles--;
        } else {
          corners[corner] = v;
          next[corner] = first[v];
          first[v] = corner;
        }
      }
      corner = following;
    }
    stamps[u] = -1;
    stamps[v]++;
    dropGone(v);
    for (int corner = first[v]; corner >= 0; corner = next[corner]) {
      enqueue(v, corners[following(corner)]);
    }
  }

  private void dropGone(int vertex) {
    int last = -1;
    for (int corner = first[vertex]; corner >= 0; corner = next[corner]) {
      if (!gone[corner / 3]) {
        if (last < 0) {
          first[vertex] = corner;
        } else {
          next[last] = corner;
        }
        last = corner;
      }
    }
    next[last] = -1;
  }

  private double normal(int a, int b, int c, double[] normal) {
    double ux = places[3 * b] - places[3 * a];
    double uy = places[3 * b + 1] - places[3 * a + 1];
    double uz = places[3 * b + 2] - places[3 * a + 2];
    double vx = places[3 * c] - places[3 * a];
    double vy = places[3 * c + 1] - places[3 * a + 1];
    double vz = places[3 * c + 2] - places[3 * a + 2];
    normal[0] = uy * vz - uz * vy;
    normal[1] = uz * vx - ux * vz;
    normal[2] = ux * vy - uy * vx;
    return Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
  }

  private TriangleMesh result() {
    int[] numbers = new int[first.length];
    float[] kept = new float[places.length];
    int vertices = 0;
    for (int v = 0; v < first.length; v++) {
      if (stamps[v] >= 0) {
        for (int axis = 0; axis < 3; axis++) {
          kept[3 * vertices + axis] = (float) (places[3 * v + axis] + mesh.vertices()[axis]);
        }
        numbers[v] = vertices++;
      }
    }
    int[] left = new int[3 * triangles];
    int size = 0;
    for (int t = 0; t < gone.length; t++) {
      for (int corner = 3 * t; corner < 3 * t + 3 && !gone[t]; corner++) {
        left[size++] = numbers[corners[corner]];
      }
    }
    return new TriangleMesh(mesh.id(), Arrays.copyOf(kept, 3 * vertices), left);
  }
}
