package org.uniem.annotation.meshes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks that a mesh is a closed surface without borders, branches and pinches. */
final class Manifold {

  private Manifold() {}

  /** Fails unless it is; returns the Euler characteristic. */
  static int check(TriangleMesh mesh) {
    int[] t = mesh.triangles();
    // For each vertex the neighbour that follows each neighbour around it.
    Map<Integer, Map<Integer, Integer>> fans = new HashMap<>();
    for (int i = 0; i < t.length; i += 3) {
      for (int k = 0; k < 3; k++) {
        int vertex = t[i + k];
        int from = t[i + (k + 1) % 3];
        int to = t[i + (k + 2) % 3];
        assertTrue(vertex != from && vertex != to, "a triangle with two equal corners");
        Integer earlier = fans.computeIfAbsent(vertex, v -> new HashMap<>()).put(from, to);
        assertNull(earlier, "edge " + vertex + "-" + from + " is passed twice in one direction");
      }
    }
    assertEquals(mesh.vertexCount(), fans.size(), "vertices of triangles");
    fans.forEach(
        (vertex, next) -> {
          int start = next.keySet().iterator().next();
          Set<Integer> seen = new HashSet<>();
          for (Integer v = start; seen.add(v); ) {
            v = next.get(v);
            assertTrue(v != null, "a border at vertex " + vertex);
          }
          assertEquals(next.size(), seen.size(), "vertex " + vertex + " pinches the surface");
        });
    return mesh.vertexCount() - t.length / 2 + t.length / 3;
  }
}
