package org.uniem.postprocess.agglomeration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalDimensions;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;

class RegionGraphTest {

  private final Job job = new Job(2, ProgressListener.NONE);

  @AfterEach
  void endThreads() {
    job.close();
  }

  private static LabelSlices labels(long[] values, int width, int height) {
    return LabelSlices.of(ArrayImgs.longs(values, width, height, values.length / width / height));
  }

  private static SliceReader map(float[] values, int width, int height) {
    return SliceReader.of(ArrayImgs.floats(values, width, height, values.length / width / height));
  }

  private RegionGraph ofBoundary(long[] labels, float[] map, int width, int height) {
    return RegionGraphs.ofBoundary(
        labels(labels, width, height),
        map(map, width, height),
        new FinalDimensions(width, height, labels.length / width / height),
        GraphOptions.QUANTILES,
        job);
  }

  @Test
  void contactsAndPassesAreThoseCountedByHand() {
    RegionGraph graph =
        ofBoundary(
            new long[] {1, 1, 2, 3, 3, 2}, new float[] {.125f, .25f, .75f, .5f, .5f, .625f}, 3, 2);
    assertEquals(3, graph.nodes());
    assertEquals(3, graph.edges());
    assertEquals(2, graph.voxels(graph.node(3)));
    assertEdge(graph, 0, 1, 2, 1, .75, .75f, .75f);
    assertEdge(graph, 1, 1, 3, 2, .5, .5f, .5f);
    assertEdge(graph, 2, 2, 3, 1, .625, .625f, .625f);
  }

  private static void assertEdge(
      RegionGraph graph,
      int edge,
      long first,
      long second,
      long contacts,
      double mean,
      float smallest,
      float largest) {
    assertEquals(first, graph.id(graph.first(edge)));
    assertEquals(second, graph.id(graph.second(edge)));
    assertEquals(contacts, graph.contacts(edge));
    assertEquals(mean, graph.mean(edge), 1e-9);
    assertEquals(smallest, graph.smallest(edge));
    assertEquals(largest, graph.largest(edge));
  }

  @Test
  void backgroundIsNoRegionAndSeparates() {
    RegionGraph graph =
        ofBoundary(new long[] {1, 0, 2, 5, 5, 2}, new float[] {0, 1, 0, 0, 0, 1}, 3, 2);
    assertEquals(3, graph.nodes());
    assertEquals(2, graph.edges());
    assertEdge(graph, 0, 1, 5, 1, 0, 0, 0);
    assertEdge(graph, 1, 2, 5, 1, 1, 1, 1);
  }

  @Test
  void regionsMeetAcrossSlices() {
    RegionGraph graph = ofBoundary(new long[] {1, 1, 2, 1}, new float[] {.25f, 0, .5f, 0}, 2, 1);
    assertEquals(1, graph.edges());
    // (1 over 2) and (2 beside 1 in the upper slice)
    assertEdge(graph, 0, 1, 2, 2, .5, .5f, .5f);
  }

  @Test
  void withinSlicesNothingMeetsAcrossThem() {
    LabelSlices labels = labels(new long[] {1, 2, 2, 1}, 2, 1);
    SliceReader map = map(new float[] {.25f, .25f, .75f, .75f}, 2, 1);
    FinalDimensions size = new FinalDimensions(2, 1, 2);
    GraphOptions alone = GraphOptions.MEANS.eachSliceAlone();
    RegionGraph passes = RegionGraphs.ofBoundary(labels, map, size, alone, job);
    // once in each slice
    assertEdge(passes, 0, 1, 2, 2, .5, .25f, .75f);
    RegionGraph pairs =
        RegionGraphs.ofAffinities(
            labels, List.of(map, map), Offset.parse("1,0,0 0,0,1"), size, alone, job);
    assertEdge(pairs, 0, 1, 2, 2, .5, .25f, .75f);
    assertEquals(2, pairs.samples(0));
  }

  @Test
  void affinitiesOfLongOffsetsAddSamplesButNoEdges() {
    // 1 1 2 3: the affinity of offset 2 reaches from 1 to 3, which do not touch.
    LabelSlices labels = labels(new long[] {1, 1, 2, 3}, 4, 1);
    RegionGraph graph =
        RegionGraphs.ofAffinities(
            labels,
            List.of(
                map(new float[] {1, .25f, .5f, 1}, 4, 1), map(new float[] {.75f, .5f, 1, 1}, 4, 1)),
            Offset.parse("1,0 2,0"),
            new FinalDimensions(4, 1, 1),
            GraphOptions.MEANS,
            job);
    assertEquals(2, graph.edges());
    // 1-2: neighbours 1 − 0.25, at a distance of two 1 − 0.75
    assertEdge(graph, 0, 1, 2, 1, .5, .25f, .75f);
    assertEquals(2, graph.samples(0));
    assertEdge(graph, 1, 2, 3, 1, .5, .5f, .5f);
    assertEquals(1, graph.samples(1));
  }

  /** Everything by the definition, voxel by voxel. */
  private static TreeMap<String, String> oracle(
      long[] labels, float[][] maps, List<Offset> offsets, boolean boundary, int[] size) {
    record Samples(List<Float> values, int[] contacts) {}
    TreeMap<String, Samples> found = new TreeMap<>();
    List<Offset> all = new ArrayList<>(Offset.parse("1,0,0 0,1,0 0,0,1"));
    for (int k = 0; k < 3 + offsets.size(); k++) {
      Offset offset = k < 3 ? all.get(k) : offsets.get(k - 3);
      for (int v = 0; v < labels.length; v++) {
        int x = v % size[0] + offset.x();
        int y = v / size[0] % size[1] + offset.y();
        int z = v / size[0] / size[1] + offset.z();
        if (x < 0 || y < 0 || z < 0 || x >= size[0] || y >= size[1] || z >= size[2]) {
          continue;
        }
        int w = (z * size[1] + y) * size[0] + x;
        if (labels[v] == labels[w] || labels[v] == 0 || labels[w] == 0) {
          continue;
        }
        String key = Math.min(labels[v], labels[w]) + "-" + Math.max(labels[v], labels[w]);
        Samples samples =
            found.computeIfAbsent(key, s -> new Samples(new ArrayList<>(), new int[1]));
        if (k < 3) {
          samples.contacts[0]++;
          if (boundary) {
            samples.values.add(Math.max(maps[0][v], maps[0][w]));
          }
        } else {
          samples.values.add(1 - maps[k - 3][v]);
        }
      }
    }
    TreeMap<String, String> table = new TreeMap<>();
    found.forEach(
        (key, samples) -> {
          if (samples.contacts[0] > 0 && !samples.values.isEmpty()) {
            double mean =
                samples.values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
            table.put(
                key,
                describe(
                    samples.contacts[0],
                    samples.values.size(),
                    mean,
                    samples.values.stream().min(Float::compare).orElseThrow(),
                    samples.values.stream().max(Float::compare).orElseThrow()));
          }
        });
    return table;
  }

  private static String describe(long contacts, long samples, double mean, float min, float max) {
    return String.format("%d %d %.7f %.6f %.6f", contacts, samples, mean, min, max);
  }

  private static TreeMap<String, String> describe(RegionGraph graph) {
    TreeMap<String, String> table = new TreeMap<>();
    for (int edge = 0; edge < graph.edges(); edge++) {
      table.put(
          graph.id(graph.first(edge)) + "-" + graph.id(graph.second(edge)),
          describe(
              graph.contacts(edge),
              graph.samples(edge),
              graph.mean(edge),
              graph.smallest(edge),
              graph.largest(edge)));
    }
    return table;
  }

  @Test
  void equalsTheDefinitionForAnyThreadsAndSlabs() {
    long seed = new Random().nextLong();
    System.out.println("RegionGraphTest seed " + seed);
    Random random = new Random(seed);
    List<Offset> offsets = Offset.parse("1,0,0 0,-1,0 0,0,1 -3,2,0 1,1,-2 0,0,2");
    for (int round = 0; round < 30; round++) {
      int[] size = {1 + random.nextInt(7), 1 + random.nextInt(7), 2 + random.nextInt(6)};
      int n = size[0] * size[1] * size[2];
      // Ids of 64 bits; few values, so that some touch.
      long[] labels =
          random.longs(n).map(r -> (r >>> 62) == 0 ? 0 : (r >>> 60) << 33 | 7).toArray();
      labels[0] = 5;
      labels[n - 1] = 6;
      labels[size[0] * size[1]] = 9;
      float[][] maps = new float[offsets.size()][n];
      for (float[] map : maps) {
        for (int i = 0; i < n; i++) {
          map[i] = random.nextFloat();
        }
      }
      List<SliceReader> readers = new ArrayList<>();
      for (float[] map : maps) {
        readers.add(map(map, size[0], size[1]));
      }
      FinalDimensions dimensions = new FinalDimensions(size[0], size[1], size[2]);
      for (int threads : new int[] {1, 3}) {
        try (Job running = new Job(threads, ProgressListener.NONE)) {
          GraphOptions options = new GraphOptions(8, 1 + random.nextInt(3), false);
          LabelSlices slices = labels(labels, size[0], size[1]);
          assertEquals(
              oracle(labels, maps, List.of(), true, size),
              describe(
                  RegionGraphs.ofBoundary(slices, readers.get(0), dimensions, options, running)));
          assertEquals(
              oracle(labels, maps, offsets, false, size),
              describe(
                  RegionGraphs.ofAffinities(
                      slices, readers, offsets, dimensions, options, running)));
        }
      }
    }
  }

  @Test
  void meansAreTheSameToTheLastBitForAnyThreads() {
    Random random = new Random(3);
    long[] labels = random.longs(30 * 30 * 20, 1, 4).toArray();
    float[] map = new float[labels.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = random.nextFloat();
    }
    List<Double> means = new ArrayList<>();
    for (int threads = 1; threads <= 4; threads++) {
      try (Job running = new Job(threads, ProgressListener.NONE)) {
        RegionGraph graph =
            RegionGraphs.ofBoundary(
                labels(labels, 30, 30),
                map(map, 30, 30),
                new FinalDimensions(30, 30, 20),
                new GraphOptions(4, 2, false),
                running);
        means.add(graph.mean(0));
        means.add(graph.quantile(2, .5));
      }
    }
    assertEquals(2, means.stream().distinct().count(), means.toString());
  }

  @Test
  void quantilesAreInterpolatedWithinABin() {
    float[] map = {.1f, .2f, .3f, .4f};
    // Four columns of one pair each: 1 above 2, passes .1 .2 .3 .4
    RegionGraph graph =
        ofBoundary(
            new long[] {1, 1, 1, 1, 2, 2, 2, 2},
            new float[] {.1f, .2f, .3f, .4f, 0, 0, 0, 0},
            4,
            2);
    assertEquals(.2, graph.quantile(0, .5), 1.0 / 256);
    assertEquals(map[3], graph.quantile(0, 1), 1.0 / 256);
    assertEquals(map[0], graph.quantile(0, 0), 1.0 / 256);
  }

  @Test
  void quantilesNeedHistograms() {
    RegionGraph graph =
        RegionGraphs.ofBoundary(
            labels(new long[] {1, 2}, 2, 1),
            map(new float[] {0, 0}, 2, 1),
            new FinalDimensions(2, 1, 1),
            GraphOptions.MEANS,
            job);
    String message =
        assertThrows(IllegalStateException.class, () -> graph.quantile(0, .5)).getMessage();
    assertTrue(message.contains("GraphOptions.QUANTILES"), message);
  }

  @Test
  void labelsWithoutRegionsOrContactsAreRefused() {
    float[] map = new float[3];
    String empty =
        assertThrows(BadInputException.class, () -> ofBoundary(new long[3], map, 3, 1))
            .getMessage();
    assertEquals(
        "The labels are all 0: expected regions 1, 2, …. Give an over-segmentation, for example the"
            + " result of the watershed.",
        empty);
    String apart =
        assertThrows(BadInputException.class, () -> ofBoundary(new long[] {1, 0, 2}, map, 3, 1))
            .getMessage();
    assertTrue(apart.startsWith("No two of the 2 regions touch"), apart);
  }

  @Test
  void offsetsAndMapsMustBeAsMany() {
    String message =
        assertThrows(
                BadParameterException.class,
                () ->
                    RegionGraphs.ofAffinities(
                        labels(new long[] {1, 2}, 2, 1),
                        List.of(map(new float[2], 2, 1)),
                        Offset.parse("1,0 0,1"),
                        new FinalDimensions(2, 1, 1),
                        GraphOptions.MEANS,
                        job))
            .getMessage();
    assertEquals(
        "1 affinity maps and 2 offsets were given: expected as many of each, and at least one.",
        message);
  }

  @Test
  void cancelEndsTheScan() {
    job.cancel();
    assertThrows(
        CancellationException.class, () -> ofBoundary(new long[] {1, 2}, new float[2], 2, 1));
  }

  @Test
  void failureOfAReaderIsTheFailure() {
    LabelSlices broken =
        (z, target) -> {
          throw new BadInputException("slice " + z);
        };
    assertThrows(
        BadInputException.class,
        () ->
            RegionGraphs.ofBoundary(
                broken,
                map(new float[4], 1, 1),
                new FinalDimensions(1, 1, 4),
                new GraphOptions(0, 1, false),
                job));
  }
}
