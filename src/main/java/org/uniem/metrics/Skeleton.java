package org.uniem.metrics;

import org.uniem.job.BadInputException;

/**
 * The line drawing of one neuron, for {@link SkeletonScores}: nodes and the edges between them.
 *
 * <p>Holds the given arrays, which must not be changed.
 *
 * @param name tells where it came from, for messages
 * @param x of each node, in the unit of the voxel size
 * @param y of each node
 * @param z of each node
 * @param from one node of each edge, numbered from 0
 * @param to the other node of each edge
 */
public record Skeleton(String name, double[] x, double[] y, double[] z, int[] from, int[] to) {

  /**
   * Checks the arrays.
   *
   * @throws BadInputException if their lengths differ or an edge has no such node
   */
  public Skeleton {
    if (x.length != y.length || x.length != z.length || from.length != to.length) {
      throw new BadInputException(
          name + " is no skeleton: its coordinates or edges are incomplete.");
    }
    for (int edge = 0; edge < from.length; edge++) {
      if (Math.min(from[edge], to[edge]) < 0 || Math.max(from[edge], to[edge]) >= x.length) {
        throw new BadInputException(
            name
                + " is no skeleton: edge "
                + edge
                + " joins nodes "
                + from[edge]
                + " and "
                + to[edge]
                + ", but there are "
                + x.length
                + " nodes.");
      }
    }
  }

  /** Number of nodes. */
  public int nodes() {
    return x.length;
  }

  /** Length of an edge. */
  double length(int edge) {
    int a = from[edge];
    int b = to[edge];
    return Math.sqrt(square(x[a] - x[b]) + square(y[a] - y[b]) + square(z[a] - z[b]));
  }

  private static double square(double value) {
    return value * value;
  }
}
