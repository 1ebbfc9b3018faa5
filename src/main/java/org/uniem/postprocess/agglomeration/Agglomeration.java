package org.uniem.postprocess.agglomeration;

import org.uniem.job.BadParameterException;
import org.uniem.job.Job;

/**
 * Joins the regions of an over-segmentation in the order of their affinity, which is measured anew
 * after every merge from the samples of all contacts that the merge brought together.
 *
 * <p>As in waterz (Funke et al. 2019, 10.1109/TPAMI.2018.2835450). The result is exactly that of
 * always joining the pair of the highest present affinity; waterz may use outdated ones. Pairs of
 * equal affinity come in the order of the graph's edges.
 */
public final class Agglomeration {

  private static final int EDGES_PER_CHECK = 1 << 12;

  private Agglomeration() {}

  /**
   * Joins regions until no pair has the affinity wanted.
   *
   * @param graph not changed
   * @param score what the affinity is
   * @param lowest the last affinity at which pairs are joined, 0 … 1; the tree then serves every
   *     threshold from there up
   * @param job progress and cancel
   * @return all merges in their order
   * @throws BadParameterException if the affinity is out of range
   */
  public static MergeTree run(RegionGraph graph, EdgeScore score, double lowest, Job job) {
    if (!(lowest >= 0 && lowest <= 1)) {
      throw new BadParameterException(
          "threshold=" + lowest + " is no affinity: give 0 to 1, for example 0.5.");
    }
    EdgeFeatures features = graph.featuresToChange();
    IndexQueue queue = new IndexQueue(graph.edges());
    ContractionGraph contraction =
        new ContractionGraph(
            graph.nodes(),
            graph.firstNodes(),
            graph.secondNodes(),
            (kept, dropped) -> {
              features.absorb(kept, features, dropped);
              queue.remove(dropped);
              queue.set(kept, score.affinity(features, kept));
            });
    for (int edge = 0; edge < graph.edges(); edge++) {
      queue.set(edge, score.affinity(features, edge));
    }
    Job.Stage progress = job.stage("Joining regions", graph.nodes(), "regions");
    MergeTree.Builder tree = new MergeTree.Builder(graph.ids().toArray());
    long merges = 0;
    for (int edge = queue.peek(); edge != IndexQueue.NONE; edge = queue.peek()) {
      double affinity = queue.priority(edge);
      if (affinity < lowest) {
        break;
      }
      tree.add(contraction.first(edge), contraction.second(edge), affinity);
      queue.remove(edge);
      contraction.contract(edge);
      if (++merges % EDGES_PER_CHECK == 0) {
        progress.advance(EDGES_PER_CHECK);
      }
    }
    job.checkCancelled();
    return tree.build(lowest);
  }
}
