package org.uniem.annotation.meshes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The triangles of marching cubes for each of the 256 ways in which the eight corners of a cube can
 * be inside or outside.
 *
 * <p>Corner {@code c} is at x = bit 0, y = bit 1, z = bit 2 of c. Instead of a printed table
 * (Lorensen and Cline 1987, 10.1145/37402.37422), which has holes, the surfaces are derived from
 * one rule: on every face of the cube a line cuts off each run of neighbouring inside corners. So
 * inside corners opposite on a face stay apart, and both cubes at a face draw the same lines:
 * surfaces are closed. No triangle has an edge inside a face other than these lines; so no edge is
 * met by more than two triangles, and surfaces are manifolds.
 */
final class CubeTable {

  /** Number of edges of a cube; also the number that stands for a vertex of the polygon's own. */
  static final int EDGES = 12;

  /** The lower corner of each edge, and the axis along which it runs. */
  private static final int[] CORNER = new int[EDGES];

  private static final int[] AXIS = new int[EDGES];

  private static final int[] FACES_OF = new int[EDGES];

  /** Corners of each face, counter-clockwise seen from outside the cube. */
  private static final int[][] FACES = {
    {0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6},
  };

  private static final byte[][] TRIANGLES = new byte[256][];

  static {
    int edge = 0;
    for (int axis = 0; axis < 3; axis++) {
      for (int corner = 0; corner < 8; corner++) {
        if ((corner >> axis & 1) == 0) {
          CORNER[edge] = corner;
          AXIS[edge] = axis;
          edge++;
        }
      }
    }
    for (int face = 0; face < FACES.length; face++) {
      for (int i = 0; i < 4; i++) {
        FACES_OF[edgeBetween(FACES[face][i], FACES[face][(i + 1) % 4])] |= 1 << face;
      }
    }
    for (int inside = 0; inside < 256; inside++) {
      TRIANGLES[inside] = triangles(inside);
    }
  }

  private CubeTable() {}

  /** The lower corner of an edge. */
  static int corner(int edge) {
    return CORNER[edge];
  }

  /** The axis an edge runs along. */
  static int axis(int edge) {
    return AXIS[edge];
  }

  /**
   * Triangles as edges on whose middle their corners are, three each, counter-clockwise seen from
   * outside the object.
   *
   * @param inside bit c is set where corner c is inside
   * @return not to be changed
   */
  static byte[] of(int inside) {
    return TRIANGLES[inside];
  }

  private static int edgeBetween(int a, int b) {
    for (int edge = 0; edge < EDGES; edge++) {
      if (CORNER[edge] == Math.min(a, b) && (a ^ b) == 1 << AXIS[edge]) {
        return edge;
      }
    }
    throw new IllegalArgumentException(a + " and " + b + " are no neighbours.");
  }

  private static byte[] triangles(int inside) {
    int[] next = lines(inside);
    List<Byte> triangles = new ArrayList<>();
    for (int first = 0; first < EDGES; first++) {
      List<Integer> polygon = new ArrayList<>();
      for (int edge = first; next[edge] >= 0; ) {
        polygon.add(edge);
        int following = next[edge];
        next[edge] = -1;
        edge = following;
      }
      if (!polygon.isEmpty() && !cut(polygon, triangles)) {
        throw new IllegalStateException("Polygon " + polygon + " cannot be cut into triangles.");
      }
    }
    byte[] result = new byte[triangles.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = triangles.get(i);
    }
    return result;
  }

  /** For each edge that the surface crosses the edge to which a line leads on from it. */
  private static int[] lines(int inside) {
    int[] next = new int[EDGES];
    Arrays.fill(next, -1);
    for (int[] face : FACES) {
      for (int i = 0; i < 4; i++) {
        if (!isIn(inside, face[i]) && isIn(inside, face[(i + 1) % 4])) {
          int last = i + 1;
          while (isIn(inside, face[(last + 1) % 4])) {
            last++;
          }
          int enters = edgeBetween(face[i], face[(i + 1) % 4]);
          int leaves = edgeBetween(face[last % 4], face[(last + 1) % 4]);
          next[enters] = leaves;
        }
      }
    }
    return next;
  }

  private static boolean isIn(int inside, int corner) {
    return (inside >> corner & 1) != 0;
  }

  /** Cuts off one corner after the other; returns whether that works without lines in faces. */
  private static boolean cut(List<Integer> polygon, List<Byte> triangles) {
    int n = polygon.size();
    if (n == 3) {
      polygon.forEach(edge -> triangles.add(edge.byteValue()));
      return true;
    }
    for (int i = 0; i < n; i++) {
      int before = polygon.get((i + n - 1) % n);
      int after = polygon.get((i + 1) % n);
      if ((FACES_OF[before] & FACES_OF[after]) != 0) {
        continue;
      }
      int mark = triangles.size();
      List<Integer> rest = new ArrayList<>(polygon);
      triangles.add((byte) before);
      triangles.add(rest.remove(i).byteValue());
      triangles.add((byte) after);
      if (cut(rest, triangles)) {
        return true;
      }
      triangles.subList(mark, triangles.size()).clear();
    }
    return false;
  }
}
