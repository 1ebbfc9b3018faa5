package org.uniem.postprocess.agglomeration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import net.imglib2.FinalDimensions;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;

class MulticutSegmentationTest {

  private final Job job = new Job(1, ProgressListener.NONE);

  @AfterEach
  void endThreads() {
    job.close();
  }

  /** Every division of n nodes once, as numbers that first occur in ascending order. */
  private static void visitDivisions(int[] clusters, int node, int used, Consumer<int[]> visitor) {
    if (node == clusters.length) {
      visitor.accept(clusters);
      return;
    }
    for (int cluster = 0; cluster <= used; cluster++) {
      clusters[node] = cluster;
      visitDivisions(clusters, node + 1, Math.max(used, cluster + 1), visitor);
    }
  }

  private static double leastCost(MulticutProblem problem) {
    double[] least = {Double.POSITIVE_INFINITY};
    visitDivisions(
        new int[problem.nodes()], 0, 0, d -> least[0] = Math.min(least[0], problem.cost(d)));
    return least[0];
  }

  private static MulticutProblem random(Random random, int nodes, double density) {
    List<int[]> pairs = new ArrayList<>();
    for (int a = 0; a < nodes; a++) {
      for (int b = a + 1; b < nodes; b++) {
        if (random.nextDouble() < density) {
          pairs.add(new int[] {a, b});
        }
      }
    }
    return new MulticutProblem(
        nodes,
        pairs.stream().mapToInt(p -> p[0]).toArray(),
        pairs.stream().mapToInt(p -> p[1]).toArray(),
        pairs.stream().mapToDouble(p -> random.nextGaussian()).toArray());
  }

  @Test
  void divisionsOfSevenAreAllVisited() {
    int[] count = new int[1];
    visitDivisions(new int[7], 0, 0, d -> count[0]++);
    assertEquals(877, count[0]);
  }

  @Test
  void refinedIsNeverWorseThanGreedyAndNearlyAlwaysTheBestOfAllDivisions() {
    long seed = new Random().nextLong();
    System.out.println("MulticutSegmentationTest seed " + seed);
    Random random = new Random(seed);
    int rounds = 300;
    int best = 0;
    for (int round = 0; round < rounds; round++) {
      MulticutProblem problem =
          random(random, 2 + random.nextInt(6), .3 + .7 * random.nextDouble());
      double greedy = problem.cost(MulticutSegmentation.contractGreedily(problem, job));
      double refined =
          problem.cost(
              KernighanLin.refine(
                  problem, MulticutSegmentation.contractGreedily(problem, job), job));
      double least = leastCost(problem);
      assertTrue(least <= refined + 1e-9, "round " + round);
      assertTrue(refined <= greedy, "round " + round);
      if (refined < least + 1e-9) {
        best++;
      }
    }
    // About 98 % on average: some need three clusters to change at once.
    assertTrue(best >= .9 * rounds, best + " of " + rounds);
  }

  @Test
  void costsOfManyNodesFallFromAnyStart() {
    Random random = new Random(5);
    MulticutProblem problem = random(random, 200, .05);
    int[] apart = new int[200];
    Arrays.setAll(apart, i -> i);
    double greedy = problem.cost(MulticutSegmentation.contractGreedily(problem, job));
    for (int[] start :
        List.of(apart, new int[200], MulticutSegmentation.contractGreedily(problem, job))) {
      double refined = problem.cost(KernighanLin.refine(problem, start, job));
      assertTrue(refined <= problem.cost(start));
      // Alone, from a poor start, it comes near what greedy contraction gives.
      assertTrue(refined < .8 * greedy, refined + " after " + greedy);
    }
  }

  @Test
  void costIsTheSumOverCutEdges() {
    MulticutProblem problem =
        new MulticutProblem(3, new int[] {0, 1, 0}, new int[] {1, 2, 2}, new double[] {1, -2, .25});
    assertEquals(0, problem.cost(new int[] {4, 4, 4}));
    assertEquals(-1.75, problem.cost(new int[] {4, 4, 7}));
    assertEquals(-.75, problem.cost(new int[] {0, 1, 2}));
  }

  @Test
  void repulsionIsStrongerThanAWeakChain() {
    // 0–1–2 attract weakly, 0 and 2 repel: one of the two links is cut, the weaker.
    MulticutProblem problem =
        new MulticutProblem(3, new int[] {0, 1, 0}, new int[] {1, 2, 2}, new double[] {1, .5, -2});
    int[] clusters = MulticutSegmentation.contractGreedily(problem, job);
    assertEquals(clusters[0], clusters[1]);
    assertTrue(clusters[2] != clusters[0]);
  }

  @Test
  void refinementUndoesAGreedyMistake() {
    // Greedy joins 1 and 2, then 3: 0 must stay alone. With 1 it would have cost less.
    MulticutProblem problem =
        new MulticutProblem(
            4,
            new int[] {1, 0, 2, 0, 1, 0},
            new int[] {2, 1, 3, 2, 3, 3},
            new double[] {4.6, 4, 4.5, -1, -1, -10});
    int[] greedy = MulticutSegmentation.contractGreedily(problem, job);
    int[] refined = KernighanLin.refine(problem, greedy, job);
    assertEquals(leastCost(problem), problem.cost(refined), 1e-9);
    assertTrue(problem.cost(refined) < problem.cost(greedy));
    assertEquals(refined[0], refined[1]);
    assertEquals(refined[2], refined[3]);
  }

  private RegionGraph row(float left, float right) {
    return RegionGraphs.ofBoundary(
        LabelSlices.of(ArrayImgs.longs(new long[] {7, 8, 9, 7, 8, 9}, 3, 2)),
        SliceReader.of(ArrayImgs.floats(new float[] {left, 0, right, left, 0, right}, 3, 2)),
        new FinalDimensions(3, 2, 1),
        GraphOptions.MEANS,
        job);
  }

  @Test
  void costsAreLogOddsTimesContacts() {
    RegionGraph graph = row(.25f, 1);
    MulticutProblem plain = MulticutProblem.of(graph, new MulticutOptions(.5, false, true));
    assertEquals(Math.log(3), plain.cost(0), 1e-6);
    assertEquals(Math.log(.001 / .999), plain.cost(1), 1e-6);
    MulticutProblem biased = MulticutProblem.of(graph, new MulticutOptions(.8, true, true));
    assertEquals(2 * (Math.log(3) - Math.log(4)), biased.cost(0), 1e-6);
  }

  @Test
  void biasDecidesBetweenJoiningAndCutting() {
    RegionGraph graph = row(.25f, .75f);
    SegmentTable half = MulticutSegmentation.segments(graph, MulticutOptions.DEFAULT, job);
    assertEquals(7, half.segmentOf(8));
    assertEquals(9, half.segmentOf(9));
    assertEquals(
        3,
        MulticutSegmentation.segments(graph, new MulticutOptions(.9, true, true), job).segments());
    assertEquals(
        1,
        MulticutSegmentation.segments(graph, new MulticutOptions(.1, true, false), job).segments());
  }

  @Test
  void betaOutOfRangeIsRefused() {
    for (double beta : new double[] {0, 1, -1, Double.NaN}) {
      String message =
          assertThrows(BadParameterException.class, () -> new MulticutOptions(beta, true, true))
              .getMessage();
      assertTrue(message.contains("between 0 and 1"), message);
    }
  }

  @Test
  void cancelEndsBothSolvers() {
    MulticutProblem problem = random(new Random(1), 20, .5);
    int[] start = MulticutSegmentation.contractGreedily(problem, job);
    job.cancel();
    assertThrows(
        CancellationException.class, () -> MulticutSegmentation.contractGreedily(problem, job));
    assertThrows(CancellationException.class, () -> KernighanLin.refine(problem, start, job));
  }
}
