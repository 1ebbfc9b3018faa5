package org.uniem.postprocess.agglomeration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalDimensions;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;

class AgglomerationTest {

  private final Job job = new Job(2, ProgressListener.NONE);

  @AfterEach
  void endThreads() {
    job.close();
  }

  private RegionGraph graph(long[] labels, float[] map, int width) {
    return RegionGraphs.ofBoundary(
        LabelSlices.of(ArrayImgs.longs(labels, width, labels.length / width)),
        SliceReader.of(ArrayImgs.floats(map, width, labels.length / width)),
        new FinalDimensions(width, labels.length / width, 1),
        GraphOptions.QUANTILES,
        job);
  }

  /** Regions 10, 20, 30 in a row, each of 2 × 2 voxels; passes 0.25 and 0.75. */
  private RegionGraph row() {
    return graph(
        new long[] {10, 10, 20, 20, 30, 30, 10, 10, 20, 20, 30, 30},
        new float[] {0, .25f, 0, .75f, 0, 0, 0, .25f, 0, .75f, 0, 0},
        6);
  }

  @Test
  void pairsAreJoinedByFallingAffinity() {
    MergeTree tree = Agglomeration.run(row(), EdgeScore.MEAN, 0, job);
    assertEquals(2, tree.merges());
    assertEquals(.75, tree.affinity(0), 1e-9);
    assertEquals(.25, tree.affinity(1), 1e-9);
    SegmentTable half = tree.segments(.5);
    assertEquals(2, half.segments());
    assertEquals(10, half.segmentOf(20));
    assertEquals(30, half.segmentOf(30));
    assertEquals(3, tree.segments(.8).segments());
    assertEquals(1, tree.segments(.25).segments());
    assertEquals("first,second,affinity", tree.toCsv().lines().findFirst().orElseThrow());
    assertEquals(3, tree.toCsv().lines().count());
  }

  @Test
  void meanAfterAMergeIsThatOfAllContacts() {
    // 1 2 above 3 3 3: 3 meets 1 at 0.25 twice and 2 at 0.75 once; 1 meets 2 at 0.
    RegionGraph graph =
        graph(new long[] {1, 1, 2, 3, 3, 3}, new float[] {0, 0, 0, .25f, .25f, .75f}, 3);
    MergeTree tree = Agglomeration.run(graph, EdgeScore.MEAN, 0, job);
    assertEquals(1, tree.affinity(0), 1e-9);
    assertEquals(1 - (.25 + .25 + .75) / 3, tree.affinity(1), 1e-9);
  }

  @Test
  void segmentsKeepTheSmallestIdAndBackgroundStays() {
    SegmentTable table = Agglomeration.run(row(), EdgeScore.MEAN, .5, job).segments(.5);
    long[] out = new long[4];
    table
        .relabel((z, target) -> System.arraycopy(new long[] {0, 20, 10, 30}, 0, target, 0, 4))
        .read(0, out);
    assertArrayEquals(new long[] {0, 10, 10, 30}, out);
    assertEquals(30, table.largest());
    String message = assertThrows(BadInputException.class, () -> table.segmentOf(11)).getMessage();
    assertTrue(message.startsWith("There was no region 11"), message);
  }

  private record Sample(int first, int second, double value) {}

  /** After every merge all means anew, as the definition says. */
  private static List<Double> oracle(int nodes, List<Sample> samples, List<Set<Integer>> segments) {
    int[] segment = new int[nodes];
    Arrays.setAll(segment, i -> i);
    List<Double> affinities = new ArrayList<>();
    while (true) {
      double best = -1;
      int[] pair = null;
      for (int a = 0; a < nodes; a++) {
        for (int b = a + 1; b < nodes; b++) {
          int one = a;
          int other = b;
          double mean =
              samples.stream()
                  .filter(
                      s ->
                          segment[s.first] == one && segment[s.second] == other
                              || segment[s.first] == other && segment[s.second] == one)
                  .mapToDouble(s -> 1 - s.value)
                  .average()
                  .orElse(-1);
          if (mean > best + 1e-12) {
            best = mean;
            pair = new int[] {a, b};
          }
        }
      }
      if (pair == null) {
        return affinities;
      }
      affinities.add(best);
      for (int i = 0; i < nodes; i++) {
        if (segment[i] == pair[1]) {
          segment[i] = pair[0];
        }
      }
      Set<Integer> joined = new HashSet<>();
      for (int i = 0; i < nodes; i++) {
        if (segment[i] == pair[0]) {
          joined.add(i);
        }
      }
      segments.add(joined);
    }
  }

  @Test
  void equalsRecomputingAllMeansAfterEveryMerge() {
    long seed = new Random().nextLong();
    System.out.println("AgglomerationTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      int nodes = 2 + random.nextInt(9);
      List<Sample> samples = new ArrayList<>();
      EdgeTable table = new EdgeTable(0);
      for (int node = 0; node < nodes; node++) {
        table.features().addContacts(table.edge(node + 1, node + 1), 1);
      }
      for (int i = 0; i < 3 * nodes; i++) {
        int a = random.nextInt(nodes);
        int b = random.nextInt(nodes);
        if (a != b) {
          float value = random.nextFloat();
          samples.add(new Sample(a, b, value));
          int edge = table.edge(a + 1, b + 1);
          table.features().addContacts(edge, 1);
          table.features().addSample(edge, value);
        }
      }
      MergeTree tree = Agglomeration.run(RegionGraph.of(table), EdgeScore.MEAN, 0, job);
      List<Set<Integer>> joined = new ArrayList<>();
      List<Double> expected = oracle(nodes, samples, joined);
      assertEquals(expected.size(), tree.merges());
      for (int merge = 0; merge < tree.merges(); merge++) {
        assertEquals(expected.get(merge), tree.affinity(merge), 1e-8, "merge " + merge);
        SegmentTable segments = tree.segments(tree.affinity(merge));
        long id = segments.segmentOf(tree.first(merge));
        Set<Integer> found = new HashSet<>();
        for (int node = 0; node < nodes; node++) {
          if (segments.segmentOf(node + 1) == id) {
            found.add(node);
          }
        }
        assertEquals(joined.get(merge), found);
      }
    }
  }

  @Test
  void medianOverlooksAFewBrightContacts() {
    // 1 above 2 with five contacts, one of them bright; 3 beside with one of 0.4.
    long[] labels = {1, 1, 1, 1, 1, 3, 2, 2, 2, 2, 2, 2};
    float[] map = {.1f, .1f, .1f, .1f, 1, .4f, 0, 0, 0, 0, 0, 0};
    RegionGraph graph = graph(labels, map, 6);
    double byMean = Agglomeration.run(graph, EdgeScore.MEAN, 0, job).affinity(0);
    double byMedian = Agglomeration.run(graph, EdgeScore.ofQuantile(.5), 0, job).affinity(0);
    assertEquals(1 - .28, byMean, 1e-6);
    assertEquals(1 - .1, byMedian, .01);
  }

  @Test
  void thresholdsOutOfRangeAreRefused() {
    RegionGraph graph = row();
    for (double threshold : new double[] {-.1, 1.1, Double.NaN}) {
      String message =
          assertThrows(
                  BadParameterException.class,
                  () -> Agglomeration.run(graph, EdgeScore.MEAN, threshold, job))
              .getMessage();
      assertTrue(message.endsWith("is no affinity: give 0 to 1, for example 0.5."), message);
    }
    MergeTree tree = Agglomeration.run(graph, EdgeScore.MEAN, .5, job);
    String message =
        assertThrows(BadParameterException.class, () -> tree.segments(.25)).getMessage();
    assertTrue(message.contains("the agglomeration ended at 0.5"), message);
  }

  @Test
  void cancelEndsTheAgglomeration() {
    RegionGraph graph = row();
    job.cancel();
    assertThrows(
        CancellationException.class, () -> Agglomeration.run(graph, EdgeScore.MEAN, 0, job));
  }
}
