package org.uniem.postprocess.labelling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import net.imglib2.FinalDimensions;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.LabelSlices;

class LabelPiecesTest {

  private static final long LARGE = 1L << 52;

  private final Job job = new Job(2, ProgressListener.NONE);

  @Test
  void touchingLabelsStayApartAndPiecesOfOneLabelToo() {
    assertArrayEquals(
        new long[] {
          1, 1, 2, 0, 3,
          1, 2, 2, 0, 3,
          4, 0, 3, 3, 3
        },
        pieces(
            new long[] {
              7, 7, 3, 0, 7,
              7, 3, 3, 0, 7,
              3, 0, 7, 7, 7
            },
            new LabellingOptions(Connectivity.FOUR),
            5,
            3,
            1));
  }

  /** Runs that follow each other without a gap touch diagonally: not so in masks. */
  @Test
  void cornersJoinLabelsThatLieSideBySide() {
    assertArrayEquals(
        new long[] {1, 1, 2, 2, 2, 2, 1, 1},
        pieces(
            new long[] {5, 5, 6, 6, 6, 6, 5, 5},
            new LabellingOptions(Connectivity.EIGHT),
            4,
            2,
            1));
  }

  @Test
  void holesAreFilledUnlessTheyOpenOrTouchTwoObjects() {
    long[] image = {
      1, 1, 1, 0, 1, 1, 1, 0,
      1, 0, 1, 0, 1, 0, 2, 0,
      1, 1, 1, 0, 1, 1, 1, 0,
      0, 0, 0, 0, 0, 0, 0, 0,
      1, 1, 1, 0, 3, 3, 3, 3,
      0, 0, 1, 0, 3, 0, 0, 3,
      1, 1, 1, 0, 3, 3, 3, 0,
    };
    assertArrayEquals(
        new long[] {
          1, 1, 1, 0, 2, 2, 2, 0,
          1, 1, 1, 0, 2, 0, 3, 0,
          1, 1, 1, 0, 2, 2, 2, 0,
          0, 0, 0, 0, 0, 0, 0, 0,
          4, 4, 4, 0, 5, 5, 5, 5,
          0, 0, 4, 0, 5, 0, 0, 5,
          4, 4, 4, 0, 5, 5, 5, 0,
        },
        pieces(image, filled(Connectivity.FOUR), 8, 7, 1),
        "background leaks through corners");
    long[] eight = pieces(image, filled(Connectivity.EIGHT), 8, 7, 1);
    assertArrayEquals(
        new long[] {5, 5, 5, 5},
        Arrays.copyOfRange(eight, 44, 48),
        "corners of objects close holes");
  }

  private static LabellingOptions filled(Connectivity connectivity) {
    return new LabellingOptions(0.5, connectivity, 0, Long.MAX_VALUE, false, true);
  }

  @Test
  void filledHolesCountAsVoxels() {
    long[] ring = {1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0};
    LabellingOptions nine = new LabellingOptions(0.5, Connectivity.FOUR, 9, 9, false, true);
    StackObjects objects =
        ConnectedComponents.labelPieces(
            ArrayImgs.longs(ring, 4, 3), ArrayImgs.longs(4, 3), nine, job);
    assertEquals(1, objects.count());
    assertEquals(9, objects.voxels(1));
    assertEquals(9, objects.foregroundVoxels());
  }

  @Test
  void probabilityMapsHaveHolesAndBordersToo() {
    float[] map = {
      1, 0, 0, 0, 0, 0,
      0, 0, 1, 1, 1, 0,
      0, 0, 1, 0, 1, 0,
      0, 0, 1, 1, 1, 0,
      0, 0, 0, 0, 0, 0
    };
    var labels = ArrayImgs.longs(6, 5);
    LabellingOptions options =
        new LabellingOptions(0.5, Connectivity.EIGHT, 0, Long.MAX_VALUE, true, true);
    StackObjects objects =
        ConnectedComponents.label(ArrayImgs.floats(map, 6, 5), labels, options, job);
    assertEquals(1, objects.count());
    assertEquals(1, objects.removed());
    assertEquals(9, objects.voxels(1));
    assertEquals(1, labels.getAt(3, 2).get());
    assertEquals(0, labels.getAt(0, 0).get());
  }

  @ParameterizedTest
  @EnumSource(Connectivity.class)
  void agreesWithFillingVoxelByVoxelOnRandomVolumes(Connectivity connectivity) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      int w = 1 + random.nextInt(9);
      int h = 1 + random.nextInt(8);
      int d = 1 + random.nextInt(6);
      long[] image = clumps(random, w * h * d);
      LabellingOptions options =
          new LabellingOptions(
              0.5,
              connectivity,
              random.nextInt(4),
              4 + random.nextInt(w * h * d),
              random.nextInt(3) == 0,
              random.nextBoolean());
      boolean whole = random.nextInt(4) == 0;
      assertArrayEquals(
          new PiecesOracle(image, w, h, d, options, whole).label(),
          whole ? whole(image, options, w, h, d) : pieces(image, options, w, h, d),
          "seed " + seed + ", round " + round + ", " + w + " x " + h + " x " + d + " " + options);
    }
  }

  private static long[] clumps(Random random, int size) {
    long[] image = new long[size];
    int ids = 1 + random.nextInt(3);
    int share = random.nextInt(6);
    int background = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      boolean asBefore = i > 0 && random.nextInt(6) < share;
      image[i] =
          asBefore
              ? image[i - 1]
              : Math.max(0, random.nextInt(ids + background + 1) - background) * LARGE;
    }
    return image;
  }

  /** {@code skimage.measure.label} of scikit-image 0.19.3: pieces, largest, single voxels. */
  @Test
  void numbersOfPiecesAreThoseOfScikitImage() {
    int w = 48;
    int h = 40;
    int d = 32;
    long[] image = new long[w * h * d];
    for (int i = 0; i < image.length; i++) {
      long x = i % w;
      long y = i / w % h;
      long z = i / w / h;
      long v = ((x * 73856093 ^ y * 19349663 ^ z * 83492791) >> 7) % 10;
      image[i] = v < 5 ? 0 : v < 8 ? 1 : 2;
    }
    int[][] expected = {{9919, 455, 6121}, {556, 18167, 366}, {136, 18265, 105}};
    Connectivity[] connectivities = {
      Connectivity.SIX, Connectivity.EIGHTEEN, Connectivity.TWENTY_SIX
    };
    for (int i = 0; i < 3; i++) {
      StackObjects objects =
          ConnectedComponents.labelPieces(
              ArrayImgs.longs(image, w, h, d),
              ArrayImgs.longs(w, h, d),
              new LabellingOptions(connectivities[i]),
              job);
      long[] sizes =
          IntStream.rangeClosed(1, (int) objects.count()).mapToLong(objects::voxels).toArray();
      assertEquals(expected[i][0], objects.count());
      assertEquals(expected[i][1], Arrays.stream(sizes).max().orElseThrow());
      assertEquals(expected[i][2], Arrays.stream(sizes).filter(size -> size == 1).count());
    }
  }

  @Test
  void threadsAndKindsOfImagesDoNotMatter() {
    long seed = System.nanoTime();
    int w = 211;
    int h = 173;
    int d = 61;
    long[] image = clumps(new Random(seed), w * h * d);
    LabellingOptions options =
        new LabellingOptions(0.5, Connectivity.EIGHTEEN, 3, 1000, false, true);
    long[] expected = pieces(image, options, w, h, d);
    for (int threads : new int[] {1, 3, 8}) {
      try (Job other = new Job(threads, ProgressListener.NONE)) {
        int[] labels = new int[image.length];
        ConnectedComponents.labelPieces(
            Views.translate(ArrayImgs.longs(image, w, h, d), 5, -5, 9),
            ArrayImgs.unsignedInts(labels, w, h, d),
            options,
            other);
        assertArrayEquals(
            expected,
            Arrays.stream(labels).mapToLong(label -> label).toArray(),
            "seed " + seed + ", " + threads + " threads");
      }
    }
  }

  @Test
  void renumberedLabelsAscendWithoutGaps() {
    short[] labels = {9, 0, 300, 9, -1, 300};
    byte[] output = new byte[6];
    assertArrayEquals(
        new long[] {9, 300, 65535},
        SequentialLabels.renumber(
            ArrayImgs.unsignedShorts(labels, 3, 2), ArrayImgs.unsignedBytes(output, 3, 2), job));
    assertArrayEquals(new byte[] {1, 0, 2, 1, 3, 2}, output);
    var same = ArrayImgs.unsignedShorts(labels, 3, 1, 2);
    SequentialLabels.renumber(same, same, job);
    assertArrayEquals(new short[] {1, 0, 2, 1, 3, 2}, labels);
  }

  @Test
  void renumberingRandomLabelsKeepsWhichVoxelsBelongTogether() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      int[] size = {1 + random.nextInt(40), 1 + random.nextInt(30), 1 + random.nextInt(20)};
      long[] image = new long[size[0] * size[1] * size[2]];
      int ids = 1 + random.nextInt(200);
      Arrays.setAll(image, i -> random.nextInt(ids) * (LARGE / 7));
      long[] output = new long[image.length];
      long[] old =
          SequentialLabels.renumber(
              ArrayImgs.longs(image, size[0], size[1], size[2]),
              Views.translate(ArrayImgs.longs(output, size[0], size[1], size[2]), 1, 2, 3),
              job);
      long[] expected = Arrays.stream(image).filter(id -> id != 0).distinct().sorted().toArray();
      assertArrayEquals(expected, old, "seed " + seed);
      for (int i = 0; i < image.length; i++) {
        assertEquals(image[i], output[i] == 0 ? 0 : old[(int) output[i] - 1], "seed " + seed);
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    byte[] output = new byte[300];
    Arrays.fill(output, (byte) 7);
    long[] many = IntStream.rangeClosed(1, 300).mapToLong(i -> i).toArray();
    assertEquals(
        "300 objects were found, but the label type UnsignedByteType holds ids up to 255: choose a"
            + " larger label type, or raise minVoxels.",
        assertThrows(
                BadParameterException.class,
                () ->
                    SequentialLabels.renumber(
                        ArrayImgs.longs(many, 300, 1),
                        ArrayImgs.unsignedBytes(output, 300, 1),
                        job))
            .getMessage());
    assertEquals(7, output[0]);
    assertEquals(
        "The sizes differ along x and y, as if the axes were in another order: image 3 x 2 voxels,"
            + " labels 2 x 3. Crop one to the other, or give those that belong together.",
        assertThrows(
                BadInputException.class,
                () ->
                    ConnectedComponents.labelPieces(
                        ArrayImgs.longs(3, 2),
                        ArrayImgs.longs(2, 3),
                        new LabellingOptions(Connectivity.FOUR),
                        job))
            .getMessage());
  }

  @Test
  void cancelEndsIt() {
    try (Job cancelled = new Job(1, ProgressListener.NONE)) {
      cancelled.cancel();
      var image = ArrayImgs.longs(30, 20, 10);
      assertThrows(
          CancellationException.class,
          () -> SequentialLabels.renumber(image, ArrayImgs.longs(30, 20, 10), cancelled));
      assertThrows(
          CancellationException.class,
          () ->
              ConnectedComponents.labelPieces(
                  image,
                  ArrayImgs.longs(30, 20, 10),
                  new LabellingOptions(Connectivity.SIX),
                  cancelled));
    }
  }

  private long[] pieces(long[] image, LabellingOptions options, int w, int h, int d) {
    long[] labels = new long[image.length];
    Arrays.fill(labels, -1);
    ConnectedComponents.labelPieces(
        ArrayImgs.longs(image, w, h, d), ArrayImgs.longs(labels, w, h, d), options, job);
    return labels;
  }

  private long[] whole(long[] image, LabellingOptions options, int w, int h, int d) {
    long[] labels = new long[image.length];
    StackObjects.findWhole(
            LabelSlices.of(ArrayImgs.longs(image, w, h, d)),
            new FinalDimensions(w, h, d),
            options,
            job)
        .write(
            (z, slice) -> System.arraycopy(slice, 0, labels, (int) z * slice.length, slice.length),
            job);
    return labels;
  }
}
