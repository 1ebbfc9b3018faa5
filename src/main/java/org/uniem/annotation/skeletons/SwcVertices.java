package org.uniem.annotation.skeletons;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uniem.job.BadInputException;

/** The vertices of an object as they stand in an SWC file, in any order; for one thread. */
final class SwcVertices {

  /** A line of the file; a negative parent is none. */
  private record Vertex(int line, long number, double[] place, float radius, long parent) {}

  private final Path file;
  private final long id;
  private final List<Vertex> vertices = new ArrayList<>();
  private final Map<Long, Integer> indexOfNumber = new HashMap<>();

  SwcVertices(Path file, long id) {
    this.file = file;
    this.id = id;
  }

  boolean isEmpty() {
    return vertices.isEmpty();
  }

  void add(int line, long number, double[] place, float radius, long parent) {
    Integer before = indexOfNumber.putIfAbsent(number, vertices.size());
    if (before != null) {
      throw new BadInputException(
          file
              + ", line "
              + line
              + ": vertex "
              + number
              + " is there twice, first in line "
              + vertices.get(before).line()
              + ": expected different numbers. Give every neuron a file of its own.");
    }
    vertices.add(new Vertex(line, number, place, radius, parent));
  }

  /** The trees, parents before their children and else in the order of the file. */
  Skeleton skeleton() {
    int[] parents = parents();
    int[] order = order(parents);
    int[] position = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      position[order[i]] = i;
    }
    double[] places = new double[3 * order.length];
    float[] radii = new float[order.length];
    int[] sorted = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      Vertex vertex = vertices.get(order[i]);
      System.arraycopy(vertex.place(), 0, places, 3 * i, 3);
      radii[i] = vertex.radius();
      sorted[i] = parents[order[i]] < 0 ? -1 : position[parents[order[i]]];
    }
    return new Skeleton(id, places, radii, sorted);
  }

  private int[] parents() {
    int[] parents = new int[vertices.size()];
    for (int v = 0; v < parents.length; v++) {
      Vertex vertex = vertices.get(v);
      Integer parent =
          vertex.parent() < 0 ? Integer.valueOf(-1) : indexOfNumber.get(vertex.parent());
      if (parent == null) {
        throw new BadInputException(
            file
                + ", line "
                + vertex.line()
                + ": vertex "
                + vertex.number()
                + " has the parent "
                + vertex.parent()
                + ", which there is not: expected the number of a vertex, or -1 for a root. The file"
                + " may be incomplete.");
      }
      parents[v] = parent;
    }
    return parents;
  }

  private int[] order(int[] parents) {
    boolean isSorted = true;
    for (int v = 0; v < parents.length; v++) {
      isSorted &= parents[v] < v;
    }
    int[] order = new int[parents.length];
    if (isSorted) {
      Arrays.setAll(order, v -> v);
      return order;
    }
    List<List<Integer>> children = new ArrayList<>();
    ArrayDeque<Integer> ready = new ArrayDeque<>();
    for (int v = 0; v < parents.length; v++) {
      children.add(new ArrayList<>());
    }
    for (int v = 0; v < parents.length; v++) {
      (parents[v] < 0 ? ready : children.get(parents[v])).add(v);
    }
    boolean[] reached = new boolean[parents.length];
    int count = 0;
    while (!ready.isEmpty()) {
      int next = ready.poll();
      reached[next] = true;
      order[count++] = next;
      ready.addAll(children.get(next));
    }
    requireAll(reached);
    return order;
  }

  private void requireAll(boolean[] reached) {
    for (int v = 0; v < reached.length; v++) {
      if (!reached[v]) {
        throw new BadInputException(
            file
                + ", line "
                + vertices.get(v).line()
                + ": the parents of vertex "
                + vertices.get(v).number()
                + " lead in a circle: expected that they lead to a root, whose parent is -1.");
      }
    }
  }
}
