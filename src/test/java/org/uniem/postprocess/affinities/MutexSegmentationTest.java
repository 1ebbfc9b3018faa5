package org.uniem.postprocess.affinities;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalDimensions;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.job.ResourceException;
import org.uniem.volumes.SliceReader;

class MutexSegmentationTest {

  private final Job job = new Job(2, ProgressListener.NONE);

  @AfterEach
  void endThreads() {
    job.close();
  }

  private static SliceReader map(float[] values, int width, int height) {
    return SliceReader.of(ArrayImgs.floats(values, width, height, values.length / width / height));
  }

  private static long[] labels(MutexLabels result, int pixels, int depth) {
    long[] all = new long[pixels * depth];
    long[] slice = new long[pixels];
    for (int z = 0; z < depth; z++) {
      result.slices().read(z, slice);
      System.arraycopy(slice, 0, all, z * pixels, pixels);
    }
    return all;
  }

  /** A row of voxels with affinities to the next and to the one after it. */
  private long[] row(float[] next, float[] afterNext, MutexOptions options) {
    int n = next.length;
    MutexLabels result =
        MutexSegmentation.segment(
            List.of(map(next, n, 1), map(afterNext, n, 1)),
            Offset.parse("1,0 2,0"),
            new FinalDimensions(n, 1, 1),
            options,
            job);
    return labels(result, n, 1);
  }

  @Test
  void strongRepulsionOutdoesWeakerAttraction() {
    float[] next = {.9f, .6f, .9f, 0};
    assertArrayEquals(
        new long[] {1, 1, 2, 2}, row(next, new float[] {.1f, .5f, 0, 0}, MutexOptions.ALL));
    assertArrayEquals(
        new long[] {1, 1, 1, 1}, row(next, new float[] {.5f, .5f, 0, 0}, MutexOptions.ALL));
  }

  @Test
  void repulsionComesFirstAmongEquals() {
    // As in 8-bit maps, where the network was sure of all.
    float[] next = {1, 1, 1, 0};
    float[] afterNext = {1, 0, 1, 1};
    assertArrayEquals(new long[] {1, 1, 1, 2}, row(next, afterNext, MutexOptions.ALL));
  }

  @Test
  void whatIsApartStaysApartThroughMerges() {
    // 0 and 2 are kept apart first; then 2–3–4 join; 1 joins 0; the link 1–2 comes too late.
    float[] next = {.7f, .6f, .8f, .8f, 0};
    float[] afterNext = {.05f, 1, 1, 0, 0};
    assertArrayEquals(new long[] {1, 1, 2, 2, 2}, row(next, afterNext, MutexOptions.ALL));
  }

  @Test
  void smallObjectsAreLeftOutAndTheOthersNumberedAnew() {
    MutexOptions options = new MutexOptions(1, 1, 1, false, 0, 2);
    // 0 alone, 1 and 2 together
    assertArrayEquals(
        new long[] {0, 1, 1}, row(new float[] {.1f, .9f, 0}, new float[] {0, 0, 0}, options));
  }

  @Test
  void stridesLeaveOutRepulsion() {
    // The only repulsion that matters begins at x = 1.
    float[] next = {.6f, .6f, .6f, 0};
    float[] afterNext = {1, 0, 1, 1};
    assertArrayEquals(new long[] {1, 1, 1, 2}, row(next, afterNext, MutexOptions.ALL));
    assertArrayEquals(
        new long[] {1, 1, 1, 1}, row(next, afterNext, new MutexOptions(2, 1, 1, false, 0, 0)));
  }

  @Test
  void maskedVoxelsAreBackgroundAndLinkNothing() {
    float[] next = {1, 1, 1, 1, 0};
    MutexLabels result =
        MutexSegmentation.segment(
            List.of(map(next, 5, 1), map(new float[] {1, 1, 1, 0, 0}, 5, 1)),
            Offset.parse("1,0 3,0"),
            new FinalDimensions(5, 1, 1),
            MutexOptions.ALL,
            map(new float[] {1, 1, 0, 7, 1}, 5, 1),
            job);
    assertArrayEquals(new long[] {1, 1, 0, 2, 2}, labels(result, 5, 1));
    assertEquals(2, result.count());
  }

  @Test
  void emptyMaskIsRefused() {
    String message =
        assertThrows(
                BadInputException.class,
                () ->
                    MutexSegmentation.segment(
                        List.of(map(new float[3], 3, 1), map(new float[3], 3, 1)),
                        Offset.parse("1,0 2,0"),
                        new FinalDimensions(3, 1, 1),
                        MutexOptions.ALL,
                        map(new float[3], 3, 1),
                        job))
            .getMessage();
    assertTrue(message.startsWith("The mask is 0 everywhere"), message);
  }

  /** The definition, with constraints as a list of pairs of voxels. */
  private static long[] oracle(
      float[][] maps, List<Offset> offsets, int[] size, int[] stride, boolean[] mask) {
    record Edge(int v, int w, int strength, boolean attracts) {}
    List<Edge> edges = new ArrayList<>();
    int n = maps[0].length;
    int slice = size[0] * size[1];
    for (int z = 0; z < size[2]; z++) {
      for (int k = 0; k < offsets.size(); k++) {
        Offset o = offsets.get(k);
        for (int v = z * slice; v < (z + 1) * slice; v++) {
          int[] at = {v % size[0], v / size[0] % size[1], z};
          int x = at[0] + o.x();
          int y = at[1] + o.y();
          int up = z + o.z();
          boolean inside =
              x >= 0 && y >= 0 && up >= 0 && x < size[0] && y < size[1] && up < size[2];
          boolean on =
              o.isNeighbour()
                  || at[0] % stride[0] == 0 && at[1] % stride[1] == 0 && at[2] % stride[2] == 0;
          if (inside && on && mask[v] && mask[(up * size[1] + y) * size[0] + x]) {
            int level = Math.round(maps[k][v] * 65535);
            edges.add(
                new Edge(
                    v,
                    (up * size[1] + y) * size[0] + x,
                    o.isNeighbour() ? level : 65535 - level,
                    o.isNeighbour()));
          }
        }
      }
    }
    edges.sort(
        Comparator.comparingInt((Edge e) -> -e.strength).thenComparing(e -> e.attracts ? 1 : 0));
    int[] object = new int[n];
    Arrays.setAll(object, i -> i);
    List<int[]> apart = new ArrayList<>();
    for (Edge edge : edges) {
      int a = object[edge.v];
      int b = object[edge.w];
      if (a == b) {
        continue;
      }
      if (!edge.attracts) {
        apart.add(new int[] {edge.v, edge.w});
      } else if (apart.stream()
          .noneMatch(
              p ->
                  object[p[0]] == a && object[p[1]] == b
                      || object[p[0]] == b && object[p[1]] == a)) {
        for (int i = 0; i < n; i++) {
          if (object[i] == b) {
            object[i] = a;
          }
        }
      }
    }
    Map<Integer, Long> ids = new HashMap<>();
    long[] labels = new long[n];
    for (int i = 0; i < n; i++) {
      if (mask[i]) {
        labels[i] = ids.computeIfAbsent(object[i], o -> ids.size() + 1L);
      }
    }
    return labels;
  }

  @Test
  void equalsTheDefinitionForAnyThreads() {
    long seed = new Random().nextLong();
    System.out.println("MutexSegmentationTest seed " + seed);
    Random random = new Random(seed);
    List<Offset> offsets = Offset.parse("-1,0,0 0,1,0 0,0,-1 2,0,0 -1,2,0 0,-3,0 1,1,1 0,0,2");
    for (int round = 0; round < 40; round++) {
      int[] size = {1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(5)};
      int[] stride = {1 + random.nextInt(2), 1 + random.nextInt(2), 1 + random.nextInt(2)};
      int n = size[0] * size[1] * size[2];
      int levels = round % 2 == 0 ? 5 : 1 << 20;
      float[][] maps = new float[offsets.size()][n];
      boolean[] mask = new boolean[n];
      float[] maskMap = new float[n];
      for (int i = 0; i < n; i++) {
        mask[i] = i == 0 || random.nextInt(6) > 0;
        maskMap[i] = mask[i] ? 255 : 0;
        for (float[] map : maps) {
          map[i] = random.nextInt(levels) / (levels - 1f);
        }
      }
      List<SliceReader> readers =
          Arrays.stream(maps).map(map -> map(map, size[0], size[1])).toList();
      long[] expected = oracle(maps, offsets, size, stride, mask);
      for (int threads : new int[] {1, 3}) {
        try (Job running = new Job(threads, ProgressListener.NONE)) {
          MutexLabels result =
              MutexSegmentation.segment(
                  readers,
                  offsets,
                  new FinalDimensions(size[0], size[1], size[2]),
                  new MutexOptions(stride[0], stride[1], stride[2], false, 0, 0),
                  map(maskMap, size[0], size[1]),
                  running);
          assertArrayEquals(expected, labels(result, size[0] * size[1], size[2]), "" + round);
        }
      }
    }
  }

  @Test
  void randomEdgesComeFromTheSeedAlone() {
    Random random = new Random(11);
    List<SliceReader> maps = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      float[] map = new float[400];
      for (int i = 0; i < map.length; i++) {
        map[i] = random.nextFloat();
      }
      maps.add(map(map, 20, 5));
    }
    List<long[]> results = new ArrayList<>();
    for (long seed : new long[] {1, 1, 2}) {
      try (Job running = new Job(results.size() + 1, ProgressListener.NONE)) {
        MutexLabels labels =
            MutexSegmentation.segment(
                maps,
                Offset.parse("1,0,0 0,1,0 3,0,0"),
                new FinalDimensions(20, 5, 4),
                new MutexOptions(2, 2, 1, true, seed, 0),
                running);
        results.add(labels(labels, 100, 4));
      }
    }
    assertArrayEquals(results.get(0), results.get(1));
    assertFalse(Arrays.equals(results.get(0), results.get(2)));
  }

  @Test
  void offsetsOfOneKindAreRefused() {
    assertRefused("1,0 0,1", "all are one voxel long");
    assertRefused("2,0 0,2", "none is one voxel long");
    assertRefused("1,0 0,1 4,0", "2 affinity maps and 3 offsets");
  }

  private void assertRefused(String offsets, String part) {
    String message =
        assertThrows(
                BadParameterException.class,
                () ->
                    MutexSegmentation.segment(
                        List.of(map(new float[4], 2, 2), map(new float[4], 2, 2)),
                        Offset.parse(offsets),
                        new FinalDimensions(2, 2, 1),
                        MutexOptions.ALL,
                        job))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void stacksTooLargeForTheMemoryAreRefusedBeforeTheyAreRead() {
    SliceReader unread =
        (z, target) -> {
          throw new AssertionError("read");
        };
    String message =
        assertThrows(
                ResourceException.class,
                () ->
                    MutexSegmentation.segment(
                        List.of(unread, unread),
                        Offset.parse("1,0 2,0"),
                        new FinalDimensions(4096, 4096, 4096),
                        MutexOptions.ALL,
                        job))
            .getMessage();
    assertTrue(message.endsWith("or give larger strides or a part of the stack."), message);
  }

  @Test
  void stridesThatCannotBeReadAreRefused() {
    assertEquals(new MutexOptions(4, 3, 1, false, 0, 0), MutexOptions.ALL.withStrides(" 4, 3,1"));
    for (String text : new String[] {"4,4", "a,b,c", "0,1,1"}) {
      assertThrows(BadParameterException.class, () -> MutexOptions.ALL.withStrides(text));
    }
  }

  @Test
  void cancelEndsTheWork() {
    job.cancel();
    float[] map = {1, 1, 1};
    assertThrows(CancellationException.class, () -> row(map, map, MutexOptions.ALL));
  }
}
