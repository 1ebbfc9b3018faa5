package org.uniem.postprocess.agglomeration;

import org.uniem.job.Job;

/**
 * Divides regions into objects by the multicut of their graph.
 *
 * <p>The division of least cost is found by no fast method; greedy contraction and Kernighan–Lin
 * come close. Number and size of the objects need not be known.
 */
public final class MulticutSegmentation {

  private static final int EDGES_PER_CHECK = 1 << 12;

  private MulticutSegmentation() {}

  /**
   * The objects of a region graph.
   *
   * @param graph not changed
   * @param options costs and solver
   * @param job progress and cancel
   */
  public static SegmentTable segments(RegionGraph graph, MulticutOptions options, Job job) {
    MulticutProblem problem = MulticutProblem.of(graph, options);
    int[] clusters = contractGreedily(problem, job);
    if (options.refined()) {
      clusters = KernighanLin.refine(problem, clusters, job);
    }
    return new SegmentTable(graph.ids().toArray(), clusters);
  }

  /**
   * Greedy additive edge contraction: joins the two clusters of the highest cost between them until
   * none is positive (Keuper et al. 2015, 10.1109/ICCV.2015.204).
   *
   * @return a cluster 0 … nodes−1 per node; deterministic
   */
  public static int[] contractGreedily(MulticutProblem problem, Job job) {
    double[] costs = new double[problem.edges()];
    IndexQueue queue = new IndexQueue(problem.edges());
    ContractionGraph contraction =
        new ContractionGraph(
            problem.nodes(),
            problem.firstNodes(),
            problem.secondNodes(),
            (kept, dropped) -> {
              costs[kept] += costs[dropped];
              queue.remove(dropped);
              queue.set(kept, costs[kept]);
            });
    for (int edge = 0; edge < costs.length; edge++) {
      costs[edge] = problem.cost(edge);
      queue.set(edge, costs[edge]);
    }
    Job.Stage progress = job.stage("Joining regions", problem.nodes(), "regions");
    long merges = 0;
    for (int edge = queue.peek(); edge != IndexQueue.NONE; edge = queue.peek()) {
      if (costs[edge] <= 0) {
        break;
      }
      queue.remove(edge);
      contraction.contract(edge);
      if (++merges % EDGES_PER_CHECK == 0) {
        progress.advance(EDGES_PER_CHECK);
      }
    }
    job.checkCancelled();
    int[] clusters = new int[problem.nodes()];
    for (int node = 0; node < clusters.length; node++) {
      clusters[node] = contraction.root(node);
    }
    return clusters;
  }
}
