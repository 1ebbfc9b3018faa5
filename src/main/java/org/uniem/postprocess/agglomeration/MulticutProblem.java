package org.uniem.postprocess.agglomeration;

import java.util.Arrays;
import org.uniem.job.BadParameterException;

/**
 * A graph whose edges have costs of being cut: positive where the nodes had better be joined.
 *
 * <p>Wanted is the division of the nodes into clusters of the smallest {@link #cost}: the sum of
 * the costs of all edges between clusters. Immutable and thread-safe.
 */
public final class MulticutProblem {

  private static final double LEAST_PROBABILITY = 0.001;

  private final int nodes;
  private final int[] first;
  private final int[] second;
  private final double[] costs;
  private final int[] start;
  private final int[] incident;

  /**
   * @param nodes number of nodes, numbered from 0
   * @param first one end per edge
   * @param second the other end, another node; no pair occurs twice
   * @param costs of cutting the edge, finite
   */
  public MulticutProblem(int nodes, int[] first, int[] second, double[] costs) {
    if (first.length != second.length || first.length != costs.length) {
      throw new BadParameterException(
          "A multicut needs as many ends as costs: found "
              + first.length
              + ", "
              + second.length
              + " and "
              + costs.length
              + ".");
    }
    this.nodes = nodes;
    this.first = first.clone();
    this.second = second.clone();
    this.costs = costs.clone();
    start = new int[nodes + 1];
    for (int edge = 0; edge < first.length; edge++) {
      start[first[edge] + 1]++;
      start[second[edge] + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      start[node + 1] += start[node];
    }
    incident = new int[2 * first.length];
    int[] filled = Arrays.copyOf(start, nodes);
    for (int edge = 0; edge < first.length; edge++) {
      incident[filled[first[edge]]++] = edge;
      incident[filled[second[edge]]++] = edge;
    }
  }

  /**
   * The costs of a region graph: log((1 − p) / p) + log((1 − β) / β), with p the mean boundary
   * probability, kept 0.001 away from 0 and 1, times the number of shared faces if wanted.
   */
  public static MulticutProblem of(RegionGraph graph, MulticutOptions options) {
    double prior = Math.log((1 - options.beta()) / options.beta());
    double[] costs = new double[graph.edges()];
    for (int edge = 0; edge < costs.length; edge++) {
      double p = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, graph.mean(edge)));
      double weight = options.weightByContact() ? graph.contacts(edge) : 1;
      costs[edge] = weight * (Math.log((1 - p) / p) + prior);
    }
    return new MulticutProblem(graph.nodes(), graph.firstNodes(), graph.secondNodes(), costs);
  }

  /** Number of nodes. */
  public int nodes() {
    return nodes;
  }

  /** Number of edges. */
  public int edges() {
    return first.length;
  }

  /** The cost of cutting an edge. */
  public double cost(int edge) {
    return costs[edge];
  }

  /**
   * The cost of a division.
   *
   * @param clusterOfNode any number per node, equal within a cluster
   */
  public double cost(int[] clusterOfNode) {
    double sum = 0;
    for (int edge = 0; edge < first.length; edge++) {
      if (clusterOfNode[first[edge]] != clusterOfNode[second[edge]]) {
        sum += costs[edge];
      }
    }
    return sum;
  }

  int first(int edge) {
    return first[edge];
  }

  int second(int edge) {
    return second[edge];
  }

  int[] firstNodes() {
    return first.clone();
  }

  int[] secondNodes() {
    return second.clone();
  }

  /** The places of a node's edges in {@link #incident}: from here to that of the next node. */
  int start(int node) {
    return start[node];
  }

  int incident(int place) {
    return incident[place];
  }

  int otherEnd(int edge, int node) {
    return first[edge] ^ second[edge] ^ node;
  }
}
