package org.uniem.postprocess.watershed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.watershed.MapWatershedOptions.Mode;
import org.uniem.volumes.VoxelSize;

class MapWatershedTest {

  private static final String MEND = ". Crop one to the other, or give those that belong together.";

  private static final Optional<RandomAccessibleInterval<LongType>> NO_SEEDS = Optional.empty();
  private static final Optional<RandomAccessibleInterval<UnsignedByteType>> NO_MASK =
      Optional.empty();

  private final Job job = new Job(2, ProgressListener.NONE);

  private static MapWatershedOptions options(Mode mode, double h, long minVoxels) {
    return new MapWatershedOptions(
        mode, 100, h, 0, Connectivity.FOUR, minVoxels, VoxelSize.UNKNOWN);
  }

  /** Two squares of 5 × 5 that touch along a neck of one pixel. */
  private static byte[] dumbbell() {
    byte[] map = new byte[13 * 7];
    for (int y = 1; y < 6; y++) {
      for (int x = 1; x < 12; x++) {
        boolean object = x < 6 || x > 6 || y == 3;
        map[y * 13 + x] = (byte) (object ? 200 : 0);
      }
    }
    return map;
  }

  @Test
  void objectsAreDividedAtTheirNeck() {
    int[] labels = segment(dumbbell(), options(Mode.DISTANCE, 1, 0));
    for (int i = 0; i < labels.length; i++) {
      int x = i % 13;
      int y = i / 13;
      boolean object = y > 0 && y < 6 && x > 0 && x < 12 && (x != 6 || y == 3);
      int expected = !object ? 0 : x <= 6 ? 1 : 2;
      assertEquals(expected, labels[i], "x=" + x + " y=" + y);
    }
  }

  @Test
  void peaksThatDoNotStandOutEnoughAreNoObjects() {
    int[] labels = segment(dumbbell(), options(Mode.DISTANCE, 2, 0));
    assertEquals(1, Arrays.stream(labels).max().orElseThrow());
  }

  @Test
  void boundariesAreFloodedToo() {
    byte[] map = dumbbell();
    for (int i = 0; i < map.length; i++) {
      map[i] = (byte) (200 - (map[i] & 0xff));
    }
    int[] labels = segment(map, options(Mode.BOUNDARY, 1, 0));
    assertEquals(0, Arrays.stream(labels).filter(label -> label == 0).count());
    assertEquals(1, labels[0]);
    assertEquals(2, labels[12]);
  }

  @Test
  void smallObjectsGoToTheirNeighboursAndLonelyOnesVanish() {
    byte[] map = new byte[20 * 5];
    paint(map, 20, 0, 0, 9, 5);
    paint(map, 20, 9, 2, 1, 1);
    paint(map, 20, 10, 1, 3, 3);
    paint(map, 20, 17, 0, 3, 3);
    int[] all = segment(map, 20, options(Mode.DISTANCE, 0.5, 0));
    assertEquals(3, Arrays.stream(all).max().orElseThrow());
    int[] large = segment(map, 20, options(Mode.DISTANCE, 0.5, 12));
    for (int i = 0; i < large.length; i++) {
      assertEquals(map[i] != 0 && i % 20 < 17 ? 1 : 0, large[i], "voxel " + i);
    }
    int[] none = segment(map, 20, options(Mode.DISTANCE, 0.5, 1000));
    assertArrayEquals(new int[100], none);
  }

  private static void paint(byte[] map, int width, int x, int y, int w, int h) {
    for (int j = y; j < y + h; j++) {
      Arrays.fill(map, j * width + x, j * width + x + w, (byte) 200);
    }
  }

  @Test
  void givenSeedsKeepTheirIds() {
    long[] seeds = new long[13 * 7];
    seeds[3 * 13 + 3] = 1L << 40;
    seeds[3 * 13 + 9] = 5;
    long[] labels = new long[seeds.length];
    long count =
        MapWatershed.segment(
            ArrayImgs.unsignedBytes(dumbbell(), 13, 7),
            Optional.of(ArrayImgs.longs(seeds, 13, 7)),
            NO_MASK,
            ArrayImgs.longs(labels, 13, 7),
            options(Mode.DISTANCE, 1, 2),
            job);
    assertEquals(2, count);
    assertEquals(1L << 40, labels[13 + 1]);
    assertEquals(5, labels[13 + 11]);
    assertEquals(0, labels[0]);
  }

  @Test
  void maskLeavesVoxelsOut() {
    byte[] mask = new byte[13 * 7];
    Arrays.fill(mask, 0, 4 * 13, (byte) 1);
    int[] labels = new int[mask.length];
    MapWatershed.segment(
        ArrayImgs.unsignedBytes(dumbbell(), 13, 7),
        NO_SEEDS,
        Optional.of(ArrayImgs.unsignedBytes(mask, 13, 7)),
        ArrayImgs.ints(labels, 13, 7),
        options(Mode.DISTANCE, 0.5, 0),
        job);
    assertNotEquals(0, labels[3 * 13 + 3]);
    assertEquals(0, labels[4 * 13 + 3]);
  }

  /** Two flat boxes and a neck as flat as they are: voxels must be thick for it to be narrow. */
  @Test
  void distancesFollowTheShapeOfVoxels() {
    byte[] map = new byte[19 * 9 * 9];
    for (int i = 0; i < map.length; i++) {
      int x = i % 19;
      int y = i / 19 % 9;
      int z = i / 19 / 9;
      boolean box = x > 0 && x < 18 && (x < 8 || x > 10) && y > 0 && y < 8;
      boolean neck = x >= 8 && x <= 10 && y >= 3 && y <= 5;
      map[i] = (byte) (z >= 3 && z <= 5 && (box || neck) ? 200 : 0);
    }
    assertEquals(1, count(map, VoxelSize.UNKNOWN));
    assertEquals(2, count(map, new VoxelSize(4, 4, 24, "nm")));
  }

  private long count(byte[] map, VoxelSize voxel) {
    return MapWatershed.segment(
        ArrayImgs.unsignedBytes(map, 19, 9, 9),
        NO_SEEDS,
        NO_MASK,
        ArrayImgs.ints(19, 9, 9),
        new MapWatershedOptions(Mode.DISTANCE, 100, 0.8, 0, Connectivity.SIX, 0, voxel),
        job);
  }

  @Test
  void smoothingJoinsPeaksOfARoughOutline() {
    long seed = 5;
    Random random = new Random(seed);
    byte[] map = new byte[80 * 40];
    for (int i = 0; i < map.length; i++) {
      double x = i % 80 - 40;
      double y = i / 80 - 20;
      double edge = 15 + random.nextInt(3) * 0.7;
      map[i] = (byte) (x * x / 4 + y * y < edge * edge ? 200 : 0);
    }
    MapWatershedOptions rough =
        new MapWatershedOptions(Mode.DISTANCE, 100, 0, 0, Connectivity.EIGHT, 0, VoxelSize.UNKNOWN);
    MapWatershedOptions smooth =
        new MapWatershedOptions(Mode.DISTANCE, 100, 0, 4, Connectivity.EIGHT, 0, VoxelSize.UNKNOWN);
    int before = Arrays.stream(segment(map, 80, rough)).max().orElseThrow();
    int after = Arrays.stream(segment(map, 80, smooth)).max().orElseThrow();
    assertTrue(before > after && after >= 1, before + " and " + after);
  }

  @Test
  void slicesAloneAreThoseOfEachSlice() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int w = 40;
    int h = 31;
    int d = 5;
    byte[] map = blobs(random, w, h, d);
    int[] stack = new int[map.length];
    long count =
        MapWatershed.segment(
            ArrayImgs.unsignedBytes(map, w, h, d),
            NO_SEEDS,
            NO_MASK,
            ArrayImgs.ints(stack, w, h, d),
            options(Mode.DISTANCE, 0.5, 0),
            job);
    int before = 0;
    for (int z = 0; z < d; z++) {
      int[] slice =
          segment(
              Arrays.copyOfRange(map, z * w * h, (z + 1) * w * h),
              w,
              options(Mode.DISTANCE, 0.5, 0));
      for (int i = 0; i < slice.length; i++) {
        int expected = slice[i] == 0 ? 0 : slice[i] + before;
        assertEquals(expected, stack[z * w * h + i], "seed " + seed + " z=" + z);
      }
      before += Arrays.stream(slice).max().orElseThrow();
    }
    assertEquals(before, count);
  }

  @Test
  void threadsAndPlacesDoNotMatter() {
    long seed = System.nanoTime();
    byte[] map = blobs(new Random(seed), 37, 29, 23);
    MapWatershedOptions options =
        new MapWatershedOptions(
            Mode.BOUNDARY, 128, 0.5, 1, Connectivity.SIX, 20, new VoxelSize(4, 5, 9, "nm"));
    int[] expected = new int[map.length];
    MapWatershed.segment(
        ArrayImgs.unsignedBytes(map, 37, 29, 23),
        NO_SEEDS,
        NO_MASK,
        ArrayImgs.ints(expected, 37, 29, 23),
        options,
        job);
    try (Job other = new Job(5, ProgressListener.NONE)) {
      int[] labels = new int[map.length];
      MapWatershed.segment(
          Views.translate(ArrayImgs.unsignedBytes(map, 37, 29, 23), 3, -4, 50),
          NO_SEEDS,
          NO_MASK,
          Views.translate(ArrayImgs.ints(labels, 37, 29, 23), 1, 1, 1),
          options,
          other);
      assertArrayEquals(expected, labels, "seed " + seed);
    }
  }

  private static byte[] blobs(Random random, int w, int h, int d) {
    byte[] map = new byte[w * h * d];
    for (int ball = 0; ball < 12; ball++) {
      int x = random.nextInt(w);
      int y = random.nextInt(h);
      int r = 3 + random.nextInt(6);
      for (int i = 0; i < map.length; i++) {
        int dx = i % w - x;
        int dy = i / w % h - y;
        if (dx * dx + dy * dy < r * r) {
          map[i] = (byte) (150 + random.nextInt(60));
        }
      }
    }
    return map;
  }

  private int[] segment(byte[] map, MapWatershedOptions options) {
    return segment(map, 13, options);
  }

  private int[] segment(byte[] map, int width, MapWatershedOptions options) {
    int[] labels = new int[map.length];
    Arrays.fill(labels, -1);
    MapWatershed.segment(
        ArrayImgs.unsignedBytes(map, width, map.length / width),
        NO_SEEDS,
        NO_MASK,
        ArrayImgs.ints(labels, width, map.length / width),
        options,
        job);
    return labels;
  }

  @Test
  void imagesThatDoNotFitAreRefused() {
    var map = ArrayImgs.doubles(4, 3, 2);
    var labels = ArrayImgs.ints(4, 3, 2);
    MapWatershedOptions high = options(Mode.DISTANCE, 1, 0);
    MapWatershedOptions low =
        new MapWatershedOptions(Mode.BOUNDARY, 0, 1, 0, Connectivity.SIX, 0, VoxelSize.UNKNOWN);
    refuse(
        "The sizes differ along z: image 4 x 3 x 2 voxels, labels 4 x 3 x 1" + MEND,
        () -> MapWatershed.segment(map, NO_SEEDS, NO_MASK, ArrayImgs.ints(4, 3), high, job));
    refuse(
        "The sizes differ along y: image 4 x 3 x 2 voxels, seeds 4 x 2 x 2" + MEND,
        () ->
            MapWatershed.segment(
                map, Optional.of(ArrayImgs.longs(4, 2, 2)), NO_MASK, labels, high, job));
    refuse(
        "The sizes differ along x: image 4 x 3 x 2 voxels, mask 1 x 3 x 2" + MEND,
        () ->
            MapWatershed.segment(
                map, NO_SEEDS, Optional.of(ArrayImgs.unsignedBytes(1, 3, 2)), labels, high, job));
    refuse(
        "No value reaches the threshold: nothing is an object. Lower the threshold.",
        () -> MapWatershed.segment(map, NO_SEEDS, NO_MASK, labels, high, job));
    refuse(
        "No value is below the threshold: all is boundary. Raise the threshold.",
        () -> MapWatershed.segment(map, NO_SEEDS, NO_MASK, labels, low, job));
    map.forEach(value -> value.set(0.9));
    var seeds = ArrayImgs.longs(4, 3, 2);
    seeds.getAt(1, 1, 1).set(-4);
    refuse(
        "The seeds have the id -4: expected ids of 1 or more, and 0 elsewhere.",
        () -> MapWatershed.segment(map, Optional.of(seeds), NO_MASK, labels, high, job));
    map.getAt(3, 1, 1).set(Double.NaN);
    refuse(
        "The pixel at x=3, y=1 of slice z=1 (counted from 0) is not a number (NaN): expected a"
            + " probability. Repeat the prediction, or leave such pixels out by a mask.",
        () -> MapWatershed.segment(map, NO_SEEDS, NO_MASK, labels, low, job));
  }

  private static void refuse(String message, Executable call) {
    assertEquals(message, assertThrows(BadInputException.class, call).getMessage());
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertOption("threshold=NaN is not a finite number.", Double.NaN, 1, 0, 0);
    assertOption("h=-1.0 is not possible: give 0 or more.", 1, -1, 0, 0);
    assertOption("h=NaN is not possible: give 0 or more.", 1, Double.NaN, 0, 0);
    assertOption("sigma=-2.0 is not possible: give 0 to 1000.", 1, 1, -2, 0);
    assertOption("minVoxels=-3 is too small: give 0 or more.", 1, 1, 0, -3);
  }

  private static void assertOption(
      String message, double threshold, double h, double sigma, long minVoxels) {
    assertEquals(
        message,
        assertThrows(
                BadParameterException.class,
                () ->
                    new MapWatershedOptions(
                        Mode.BOUNDARY,
                        threshold,
                        h,
                        sigma,
                        Connectivity.SIX,
                        minVoxels,
                        VoxelSize.UNKNOWN))
            .getMessage());
  }

  @Test
  void cancelEndsIt() {
    try (Job cancelled = new Job(1, ProgressListener.NONE)) {
      cancelled.cancel();
      assertThrows(
          CancellationException.class,
          () ->
              MapWatershed.segment(
                  ArrayImgs.unsignedBytes(dumbbell(), 13, 7),
                  NO_SEEDS,
                  NO_MASK,
                  ArrayImgs.ints(13, 7),
                  options(Mode.DISTANCE, 1, 0),
                  cancelled));
    }
  }
}
