package org.uniem.annotation.meshes;

/** Which vertices of a closed mesh are joined by an edge. Immutable and thread-safe. */
final class Neighbours {

  private final int[] first;
  private final int[] vertices;

  /**
   * @param mesh closed: each edge belongs to two triangles that pass it in opposite directions
   */
  Neighbours(TriangleMesh mesh) {
    int[] triangles = mesh.triangles();
    first = new int[mesh.vertexCount() + 1];
    for (int vertex : triangles) {
      first[vertex + 1]++;
    }
    for (int v = 0; v < mesh.vertexCount(); v++) {
      first[v + 1] += first[v];
    }
    int[] next = first.clone();
    vertices = new int[triangles.length];
    // Every edge leaves each of its ends in exactly one triangle.
    for (int t = 0; t < triangles.length; t += 3) {
      vertices[next[triangles[t]]++] = triangles[t + 1];
      vertices[next[triangles[t + 1]]++] = triangles[t + 2];
      vertices[next[triangles[t + 2]]++] = triangles[t];
    }
  }

  /** Sets the target to the mean place of the neighbours of each vertex. */
  void average(float[] places, float[] target) {
    for (int v = 0; v + 1 < first.length; v++) {
      double x = 0;
      double y = 0;
      double z = 0;
      for (int i = first[v]; i < first[v + 1]; i++) {
        int neighbour = 3 * vertices[i];
        x += places[neighbour];
        y += places[neighbour + 1];
        z += places[neighbour + 2];
      }
      int count = Math.max(1, first[v + 1] - first[v]);
      target[3 * v] = (float) (x / count);
      target[3 * v + 1] = (float) (y / count);
      target[3 * v + 2] = (float) (z / count);
    }
  }
}
