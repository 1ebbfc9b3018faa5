package org.uniem.postprocess.agglomeration;

import org.uniem.job.Job;
import org.uniem.postprocess.indices.IntList;

/**
 * The step of Kernighan–Lin: the best change between two clusters, one of which may be empty.
 *
 * <p>Nodes are moved to the other side one by one, always the one that gains most or loses least,
 * each once; of this sequence the beginning with the highest sum of gains is kept. Instead, the two
 * are joined where that gains more. Not thread-safe.
 */
final class TwoClusters {

  private static final int MOVES_PER_CHECK = 1 << 14;

  private final MulticutProblem problem;
  private final int[] clusterOf;
  private final Job job;
  private final double leastGain;
  // Index of a node in its two clusters; valid for the present ones.
  private final int[] indexOf;
  private int a;
  private int b;
  private int[] nodes;

  /**
   * @param clusterOf of each node; changed by {@link #best}
   * @param leastGain changes that gain no more are not made
   */
  TwoClusters(MulticutProblem problem, int[] clusterOf, double leastGain, Job job) {
    this.problem = problem;
    this.clusterOf = clusterOf;
    this.leastGain = leastGain;
    this.job = job;
    indexOf = new int[problem.nodes()];
  }

  /**
   * Makes the best change between clusters a and b; joined ones are all in a.
   *
   * @return by how much the cost fell, 0 where nothing was changed
   */
  double best(int first, IntList inFirst, int second, IntList inSecond) {
    a = first;
    b = second;
    nodes = new int[inFirst.size() + inSecond.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = i < inFirst.size() ? inFirst.get(i) : inSecond.get(i - inFirst.size());
      indexOf[nodes[i]] = i;
    }
    Queue queue = gains();
    double joinGain = inSecond.size() > 0 ? queue.between() / 2 : 0;
    int[] sequence = new int[nodes.length];
    Beginning best = moveAll(queue.nodes(), sequence);
    // The moves were made for trial: those that do not pay are taken back.
    boolean join = joinGain > best.gain() && joinGain > leastGain;
    boolean move = !join && best.gain() > leastGain;
    for (int i = sequence.length - 1; i >= (move ? best.length() : 0); i--) {
      clusterOf[sequence[i]] = otherSide(sequence[i]);
    }
    if (join) {
      for (int node : nodes) {
        clusterOf[node] = a;
      }
      return joinGain;
    }
    return move ? best.gain() : 0;
  }

  /**
   * All nodes by what moving one gains.
   *
   * @param nodes their indexes
   * @param between twice the costs of the edges between the two clusters
   */
  private record Queue(IndexQueue nodes, double between) {}

  /**
   * The first moves of a sequence.
   *
   * @param length how many
   * @param gain of all together
   */
  private record Beginning(int length, double gain) {}

  private Queue gains() {
    IndexQueue queue = new IndexQueue(nodes.length);
    double between = 0;
    for (int i = 0; i < nodes.length; i++) {
      double toOther = 0;
      double toOwn = 0;
      int own = clusterOf[nodes[i]];
      int other = otherSide(nodes[i]);
      for (int p = problem.start(nodes[i]); p < problem.start(nodes[i] + 1); p++) {
        int edge = problem.incident(p);
        int cluster = clusterOf[problem.otherEnd(edge, nodes[i])];
        if (cluster == other) {
          toOther += problem.cost(edge);
        } else if (cluster == own) {
          toOwn += problem.cost(edge);
        }
      }
      between += toOther;
      queue.set(i, toOther - toOwn);
    }
    return new Queue(queue, between);
  }

  private int otherSide(int node) {
    return clusterOf[node] == a ? b : a;
  }

  /** Moves every node once; returns the best beginning. */
  private Beginning moveAll(IndexQueue queue, int[] sequence) {
    double sum = 0;
    Beginning best = new Beginning(0, 0);
    for (int count = 0; count < nodes.length; count++) {
      if (count % MOVES_PER_CHECK == 0) {
        job.checkCancelled();
      }
      int index = queue.peek();
      sum += queue.priority(index);
      queue.remove(index);
      int node = nodes[index];
      sequence[count] = node;
      updateNeighbours(node, queue);
      clusterOf[node] = otherSide(node);
      if (sum > best.gain()) {
        best = new Beginning(count + 1, sum);
      }
    }
    return best;
  }

  private void updateNeighbours(int node, IndexQueue queue) {
    int from = clusterOf[node];
    for (int p = problem.start(node); p < problem.start(node + 1); p++) {
      int edge = problem.incident(p);
      int neighbour = problem.otherEnd(edge, node);
      int cluster = clusterOf[neighbour];
      if (cluster == a || cluster == b) {
        int index = indexOf[neighbour];
        double gain = queue.priority(index);
        if (!Double.isNaN(gain)) {
          queue.set(index, gain + (cluster == from ? 2 : -2) * problem.cost(edge));
        }
      }
    }
  }
}
