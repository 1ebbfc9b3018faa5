package org.uniem.postprocess.watershed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.postprocess.labelling.Connectivity;

class SeededWatershedTest {

  private static final String MEND = ". Crop one to the other, or give those that belong together.";

  private static final Optional<RandomAccessibleInterval<DoubleType>> ALL = Optional.empty();

  /** Voxels of labels 0 … 9 and a checksum, for 6, 18 and 26 neighbours without and with mask. */
  private static final long[][] SCIKIT_IMAGE = {
    {0, 1408, 1, 1864, 1, 1166, 1271, 1, 6408, 1, 36125541},
    {1124, 1288, 1, 7534, 1, 1047, 1124, 1, 0, 1, 18069260},
    {0, 1, 1, 4307, 1, 1303, 1, 1, 6505, 1, 36014851},
    {1124, 1, 1, 9824, 1, 1167, 1, 1, 0, 1, 17788213},
    {0, 1, 1, 4288, 1, 1314, 1, 1, 6513, 1, 36043552},
    {1124, 1, 1, 9805, 1, 1186, 1, 1, 0, 1, 17804175}
  };

  private final Job job = new Job(2, ProgressListener.NONE);

  @Test
  void floodsMeetOnTheRidge() {
    assertArrayEquals(
        new long[] {4, 4, 4, 9, 9, 9},
        flood(new double[] {0, 1, 5, 4, 2, 1}, new long[] {4, 0, 0, 0, 0, 9}));
  }

  @Test
  void imageIsFloodedInOneCall() {
    byte[] heights = {0, 1, 5, 4, 2, 1};
    int[] seeds = {4, 0, 0, 0, 0, 9};
    int[] labels = new int[6];
    SeededWatershed.segment(
        ArrayImgs.unsignedBytes(heights, 6, 1),
        ArrayImgs.ints(seeds, 6, 1),
        Connectivity.of(4),
        ArrayImgs.ints(labels, 6, 1),
        job);
    assertArrayEquals(new int[] {4, 4, 4, 9, 9, 9}, labels);
  }

  @Test
  void plateauIsDividedHalfWayAndTiesGoToTheSmallerLabel() {
    assertArrayEquals(
        new long[] {7, 7, 7, 3, 3, 3, 3}, flood(new double[7], new long[] {7, 0, 0, 0, 0, 0, 3}));
    assertArrayEquals(
        new long[] {7, 7, 7, 3, 3, 3}, flood(new double[6], new long[] {7, 0, 0, 0, 0, 3}));
    assertArrayEquals(
        new long[] {7, 7, 7, 7, 3, 3},
        flood(new double[] {0, 2, 2, 2, 5, 0}, new long[] {7, 0, 0, 0, 0, 3}),
        "a ridge goes to the side that was reached first");
  }

  @Test
  void pitWithoutSeedIsFloodedOverItsLowestPass() {
    assertArrayEquals(
        new long[] {1, 1, 2, 2, 2, 2, 2},
        flood(new double[] {0, 9, 0, 0, 0, 4, 0}, new long[] {1, 0, 0, 0, 0, 0, 2}));
  }

  @Test
  void maskKeepsTheFloodOutAndSeedsBeyondItMeanNothing() {
    double[] heights = new double[7];
    long[] seeds = {1, 0, 0, 2, 0, 0, 3};
    double[] mask = {1, 1, 1, 0, 1, 0, 1};
    long[] labels = new long[7];
    new SeededWatershed(
            ArrayImgs.doubles(heights, 7, 1),
            ArrayImgs.longs(seeds, 7, 1),
            Optional.of(ArrayImgs.doubles(mask, 7, 1)),
            Connectivity.FOUR,
            job)
        .flood(ArrayImgs.longs(labels, 7, 1), job);
    assertArrayEquals(new long[] {1, 1, 1, 0, 0, 0, 3}, labels);
  }

  private long[] flood(double[] heights, long[] seeds) {
    long[] labels = new long[heights.length];
    new SeededWatershed(
            ArrayImgs.doubles(heights, heights.length, 1),
            ArrayImgs.longs(seeds, heights.length, 1),
            ALL,
            Connectivity.FOUR,
            job)
        .flood(ArrayImgs.longs(labels, heights.length, 1), job);
    return labels;
  }

  @Test
  void agreesWithTheDefinitionOnRandomVolumes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 1500; round++) {
      FloodCase one = new FloodCase(random, 6);
      long[] expected = one.expected();
      for (int type = 0; type < 4; type++) {
        long[] labels = new long[expected.length];
        one.watershed(type, job).flood(ArrayImgs.longs(labels, one.w, one.h, one.d), job);
        assertArrayEquals(expected, labels, "seed " + seed + ", round " + round + ", type " + type);
      }
    }
  }

  /** With plateaus everywhere: not only where labels are unique. */
  @Test
  void blocksOfAnySizeAndHaloGiveTheWhole() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      FloodCase one = new FloodCase(random, 14);
      long[] whole = new long[one.heights.length];
      SeededWatershed watershed = one.watershed(round % 4, job);
      watershed.flood(ArrayImgs.longs(whole, one.w, one.h, one.d), job);
      long[] blocks = new long[whole.length];
      long[] block = {1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9)};
      int halo = random.nextInt(4);
      watershed.floodBlocks(ArrayImgs.longs(blocks, one.w, one.h, one.d), block, halo, job);
      assertArrayEquals(
          whole,
          blocks,
          "seed " + seed + ", round " + round + ", " + Arrays.toString(block) + ", halo " + halo);
    }
  }

  @Test
  void partOfAnImageThatStartsAnywhereIsThatOfTheWhole() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int n = 24;
    byte[] heights = new byte[n * n * n];
    random.nextBytes(heights);
    int[] seeds = new int[heights.length];
    for (int i = 0; i < 60; i++) {
      seeds[random.nextInt(seeds.length)] = i + 1;
    }
    SeededWatershed watershed =
        new SeededWatershed(
            Views.translate(ArrayImgs.unsignedBytes(heights, n, n, n), -7, 30, 2),
            ArrayImgs.ints(seeds, n, n, n),
            ALL,
            Connectivity.SIX,
            job);
    var whole = Views.translate(ArrayImgs.unsignedShorts(n, n, n), -7, 30, 2);
    watershed.flood(whole, job);
    var interval = FinalInterval.createMinSize(-2, 33, 5, 11, 9, 8);
    RandomAccessibleInterval<LongType> part = Views.translate(ArrayImgs.longs(11, 9, 8), -2, 33, 5);
    watershed.flood(part, job);
    var expected = Views.flatIterable(Views.interval(whole, interval)).cursor();
    for (LongType label : Views.flatIterable(part)) {
      assertEquals(expected.next().get(), label.get(), "seed " + seed);
    }
  }

  @Test
  void threadsDoNotMatterWhereThePartIsDividedIntoSlabs() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int d = 400;
    byte[] heights = new byte[9 * 8 * d];
    random.nextBytes(heights);
    int[] seeds = new int[heights.length];
    for (int i = 0; i < 40; i++) {
      seeds[random.nextInt(seeds.length)] = 1 + random.nextInt(40);
    }
    int[][] labels = new int[2][heights.length];
    for (int i = 0; i < 2; i++) {
      try (Job other = new Job(1 + 2 * i, ProgressListener.NONE)) {
        new SeededWatershed(
                ArrayImgs.unsignedBytes(heights, 9, 8, d),
                ArrayImgs.unsignedInts(seeds, 9, 8, d),
                ALL,
                Connectivity.TWENTY_SIX,
                other)
            .flood(ArrayImgs.unsignedInts(labels[i], 9, 8, d), other);
      }
    }
    assertArrayEquals(labels[0], labels[1], "seed " + seed);
  }

  /** {@code skimage.segmentation.watershed} of scikit-image 0.19.3; all heights differ. */
  @Test
  void basinsAreThoseOfScikitImageWhereHeightsAreUnique() {
    int n = 31 * 23 * 17;
    double[] heights = new double[n];
    long[] seeds = new long[n];
    double[] mask = new double[n];
    for (int i = 0; i < n; i++) {
      heights[i] = i * 7919L % 12143;
      mask[i] = i * 31L % 97 > 8 ? 1 : 0;
    }
    for (int k = 0; k < 9; k++) {
      seeds[(k * 1327 + 211) % n] = k + 1;
    }
    Connectivity[] kinds = {Connectivity.SIX, Connectivity.EIGHTEEN, Connectivity.TWENTY_SIX};
    for (int i = 0; i < SCIKIT_IMAGE.length; i++) {
      long[] labels = new long[n];
      new SeededWatershed(
              ArrayImgs.doubles(heights, 31, 23, 17),
              ArrayImgs.longs(seeds, 31, 23, 17),
              i % 2 == 0 ? ALL : Optional.of(ArrayImgs.doubles(mask, 31, 23, 17)),
              kinds[i / 2],
              job)
          .flood(ArrayImgs.longs(labels, 31, 23, 17), job);
      long[] found = new long[11];
      for (int v = 0; v < n; v++) {
        found[(int) labels[v]]++;
        found[10] += labels[v] * (v % 1009);
      }
      assertArrayEquals(SCIKIT_IMAGE[i], found, "case " + i);
    }
  }

  @Test
  void packedLabelTypesAreWrittenWithoutRaces() {
    var labels = ArrayImgs.unsigned4Bits(3, 5, 300);
    new SeededWatershed(
            ArrayImgs.unsignedBytes(3, 5, 300), oneSeed(3, 5, 300), ALL, Connectivity.SIX, job)
        .floodBlocks(labels, new long[] {2, 2, 7}, 1, job);
    labels.forEach(label -> assertEquals(5, label.get()));
  }

  private static RandomAccessibleInterval<LongType> oneSeed(long... size) {
    var seeds = ArrayImgs.longs(size);
    seeds.firstElement().set(5);
    return seeds;
  }

  @Test
  void imagesThatDoNotFitAreRefused() {
    var image = ArrayImgs.doubles(4, 3, 2);
    var seeds = oneSeed(4, 3, 2);
    refuse(
        "The sizes differ along z: image 4 x 3 x 2 voxels, seeds 4 x 3 x 1" + MEND,
        () -> new SeededWatershed(image, oneSeed(4, 3), ALL, Connectivity.SIX, job));
    refuse(
        "The sizes differ along x: image 4 x 3 x 2 voxels, mask 3 x 3 x 2" + MEND,
        () ->
            new SeededWatershed(
                image, seeds, Optional.of(ArrayImgs.bytes(3, 3, 2)), Connectivity.SIX, job));
    refuse(
        "The seeds are empty: expected at least one voxel that is not 0, from where to flood.",
        () -> new SeededWatershed(image, ArrayImgs.longs(4, 3, 2), ALL, Connectivity.SIX, job));
    refuse(
        "The seeds have the id -2: expected ids of 1 or more, and 0 elsewhere.",
        () ->
            new SeededWatershed(
                ArrayImgs.doubles(2, 1),
                ArrayImgs.longs(new long[] {-2, 1}, 2, 1),
                ALL,
                Connectivity.SIX,
                job));
    refuse(
        "The image is empty, its size is [4, 0, 2]: expected at least one voxel.",
        () ->
            new SeededWatershed(
                Views.interval(image, FinalInterval.createMinSize(0, 0, 0, 4, 0, 2)),
                seeds,
                ALL,
                Connectivity.SIX,
                job));
    SeededWatershed watershed = new SeededWatershed(image, seeds, ALL, Connectivity.SIX, job);
    refuse(
        "The label image is [0, 0, 0] to [4, 2, 1], expected a part of the image, [0, 0, 0] to"
            + " [3, 2, 1].",
        () -> watershed.flood(ArrayImgs.longs(5, 3, 2), job));
    image.getAt(1, 2, 0).set(Double.NaN);
    refuse(
        "The pixel at x=1, y=2 of slice z=0 is not a number (NaN): expected a height. Leave such"
            + " pixels out by a mask, or replace them.",
        () -> watershed.flood(ArrayImgs.longs(4, 3, 2), job));
  }

  private static void refuse(String message, Executable call) {
    assertEquals(message, assertThrows(BadInputException.class, call).getMessage());
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    var seeds = oneSeed(2, 1);
    seeds.getAt(1, 0).set(300);
    SeededWatershed watershed =
        new SeededWatershed(ArrayImgs.doubles(2, 1), seeds, ALL, Connectivity.FOUR, job);
    assertEquals(
        "The largest seed is 300, but the label type UnsignedByteType holds ids up to 255: choose a"
            + " larger label type, or renumber the seeds.",
        assertThrows(
                BadParameterException.class,
                () -> watershed.flood(ArrayImgs.unsignedBytes(2, 1), job))
            .getMessage());
    assertEquals(
        "halo=-1 is too small: give 0 or more.",
        assertThrows(
                BadParameterException.class,
                () -> watershed.floodBlocks(ArrayImgs.longs(2, 1), new long[] {1, 1, 1}, -1, job))
            .getMessage());
  }

  @Test
  void cancelEndsIt() {
    SeededWatershed watershed =
        new SeededWatershed(
            ArrayImgs.doubles(30, 20, 10), oneSeed(30, 20, 10), ALL, Connectivity.SIX, job);
    try (Job cancelled = new Job(2, ProgressListener.NONE)) {
      cancelled.cancel();
      assertThrows(
          CancellationException.class,
          () -> watershed.flood(ArrayImgs.longs(30, 20, 10), cancelled));
    }
  }
}
