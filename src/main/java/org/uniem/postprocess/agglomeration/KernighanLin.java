package org.uniem.postprocess.agglomeration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.uniem.job.Job;
import org.uniem.postprocess.indices.IntList;

/**
 * Kernighan–Lin with joins for the multicut (Keuper et al. 2015, 10.1109/ICCV.2015.204): improves a
 * division by moving nodes between two touching clusters, by joining clusters and by splitting
 * them.
 *
 * <p>Every step lowers the cost, so the result is never worse than the start. Rounds go over all
 * pairs of touching clusters of which one changed in the round before, then over all clusters that
 * changed, trying to split them, until nothing changes. Deterministic; one thread.
 */
final class KernighanLin {

  /** Part of the largest cost; smaller gains are rounding errors and might come back for ever. */
  private static final double LEAST_GAIN = 1e-9;

  private final MulticutProblem problem;
  private final Job job;
  private final Job.Stage rounds;
  private final int[] clusterOf;
  private final List<IntList> members = new ArrayList<>();
  private final TwoClusters pair;
  private boolean[] changed;
  private boolean[] changing;

  private KernighanLin(MulticutProblem problem, int[] start, Job job) {
    this.problem = problem;
    this.job = job;
    rounds = job.stage("Refining objects", -1, "rounds");
    clusterOf = numbered(start);
    for (int node = 0; node < problem.nodes(); node++) {
      while (members.size() <= clusterOf[node]) {
        members.add(new IntList(4));
      }
      members.get(clusterOf[node]).add(node);
    }
    double largest =
        IntStream.range(0, problem.edges())
            .mapToDouble(edge -> Math.abs(problem.cost(edge)))
            .max()
            .orElse(0);
    pair = new TwoClusters(problem, clusterOf, LEAST_GAIN * largest, job);
  }

  /**
   * Improves a division.
   *
   * @param start a cluster per node, any numbers
   * @return a cluster 0 … nodes−1 per node, of at most the cost of the start
   */
  static int[] refine(MulticutProblem problem, int[] start, Job job) {
    int[] refined = numbered(new KernighanLin(problem, start, job).run());
    // Sums of many gains may round the other way.
    return problem.cost(refined) <= problem.cost(start) ? refined : numbered(start);
  }

  private static int[] numbered(int[] clusters) {
    int[] distinct = Arrays.stream(clusters).sorted().distinct().toArray();
    return Arrays.stream(clusters).map(c -> Arrays.binarySearch(distinct, c)).toArray();
  }

  private int[] run() {
    changed = new boolean[members.size()];
    Arrays.fill(changed, true);
    boolean any = true;
    while (any) {
      changing = new boolean[members.size()];
      moveBetweenTouching();
      splitChanged();
      any = IntStream.range(0, changing.length).anyMatch(i -> changing[i]);
      changed = changing;
      rounds.advance(1);
    }
    return clusterOf;
  }

  private void moveBetweenTouching() {
    long[] touching =
        IntStream.range(0, problem.edges())
            .filter(e -> clusterOf[problem.first(e)] != clusterOf[problem.second(e)])
            .mapToLong(e -> pairOf(clusterOf[problem.first(e)], clusterOf[problem.second(e)]))
            .sorted()
            .distinct()
            .toArray();
    for (long key : touching) {
      int a = (int) (key >>> 32);
      int b = (int) key;
      boolean worth = changed[a] || changed[b] || changing[a] || changing[b];
      if (worth && members.get(a).size() > 0 && members.get(b).size() > 0) {
        improve(a, b);
      }
    }
  }

  private static long pairOf(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  private void splitChanged() {
    int present = members.size();
    for (int a = 0; a < present; a++) {
      boolean worth = (changed[a] || changing[a]) && members.get(a).size() > 1;
      while (worth) {
        int b = emptyCluster();
        worth = improve(a, b) && members.get(a).size() > 1;
      }
    }
  }

  private int emptyCluster() {
    int last = members.size() - 1;
    if (last >= 0 && members.get(last).size() == 0) {
      return last;
    }
    members.add(new IntList(4));
    changed = Arrays.copyOf(changed, members.size());
    changing = Arrays.copyOf(changing, members.size());
    return members.size() - 1;
  }

  /** Moves nodes between two clusters, or joins them, where that lowers the cost. */
  private boolean improve(int a, int b) {
    job.checkCancelled();
    if (pair.best(a, members.get(a), b, members.get(b)) == 0) {
      return false;
    }
    IntList newA = new IntList(4);
    IntList newB = new IntList(4);
    for (int side = 0; side < 2; side++) {
      IntList old = members.get(side == 0 ? a : b);
      for (int i = 0; i < old.size(); i++) {
        (clusterOf[old.get(i)] == a ? newA : newB).add(old.get(i));
      }
    }
    members.set(a, newA);
    members.set(b, newB);
    changing[a] = true;
    changing[b] = true;
    return true;
  }
}
