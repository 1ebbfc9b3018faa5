package org.uniem.postprocess.labelling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.Unsigned4BitType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

class ConnectedComponentsTest {

  @Test
  void handPaintedSliceHasKnownLabels() {
    assertArrayEquals(
        new long[] {
          1, 1, 0, 0, 2,
          0, 0, 3, 0, 2,
          4, 0, 3, 0, 2,
          4, 4, 0, 2, 2
        },
        label(
            painted(
                "##..#", //
                "..#.#", "#.#.#", "##.##"),
            new LabellingOptions(0.5, Connectivity.FOUR),
            5,
            4));
  }

  @Test
  void cornersJoinWithEightNeighbours() {
    assertArrayEquals(
        new long[] {
          1, 1, 0, 0, 2,
          0, 0, 1, 0, 2,
          3, 0, 1, 0, 2,
          3, 0, 0, 0, 0
        },
        label(
            painted(
                "##..#", //
                "..#.#", "#.#.#", "#...."),
            new LabellingOptions(0.5, Connectivity.EIGHT),
            5,
            4));
  }

  @Test
  void armsThatMeetLateAreOneObjectNamedByItsFirstVoxel() {
    assertArrayEquals(
        new long[] {
          0, 0, 0, 0, 1,
          2, 0, 2, 0, 1,
          2, 0, 2, 0, 1,
          2, 2, 2, 0, 1,
          0, 0, 0, 0, 1
        },
        label(
            painted(
                "....#", //
                "#.#.#", "#.#.#", "###.#", "....#"),
            new LabellingOptions(0.5, Connectivity.FOUR),
            5,
            5));
  }

  @Test
  void facesEdgesAndCornersJoinAsTheConnectivitySays() {
    float[] face = {1, 0, 0, 0, 1, 0, 0, 0};
    float[] edge = {1, 0, 0, 0, 0, 1, 0, 0};
    float[] corner = {1, 0, 0, 0, 0, 0, 0, 1};
    assertEquals(1, count(face, Connectivity.SIX));
    assertEquals(2, count(edge, Connectivity.SIX));
    assertEquals(2, count(corner, Connectivity.SIX));
    assertEquals(1, count(edge, Connectivity.EIGHTEEN));
    assertEquals(2, count(corner, Connectivity.EIGHTEEN));
    assertEquals(1, count(corner, Connectivity.TWENTY_SIX));
    assertEquals(2, count(face, Connectivity.FOUR));
    assertEquals(2, count(face, Connectivity.EIGHT));
  }

  @ParameterizedTest
  @EnumSource(Connectivity.class)
  void agreesWithFloodFillOnRandomVolumesOfOddShapes(Connectivity connectivity) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      int w = 1 + random.nextInt(17);
      int h = 1 + random.nextInt(11);
      int d = 1 + random.nextInt(9);
      float[] image = noise(random, w * h * d, random.nextDouble());
      LabellingOptions options =
          new LabellingOptions(
              0.5, connectivity, random.nextInt(4), 4 + (long) random.nextInt(w * h * d));
      assertArrayEquals(
          FloodFillOracle.label(image, w, h, d, options),
          label(image, options, w, h, d),
          "seed " + seed + ", round " + round + ", " + w + " x " + h + " x " + d);
    }
  }

  @Test
  void manyThreadsGiveTheLabelsOfOne() {
    long seed = System.nanoTime();
    int w = 301;
    int h = 257;
    int d = 41;
    float[] image = noise(new Random(seed), w * h * d, 0.4);
    for (Connectivity connectivity : Connectivity.values()) {
      LabellingOptions options = new LabellingOptions(0.5, connectivity, 2, 100_000_000);
      long[] one = label(1, image, options, w, h, d);
      assertArrayEquals(one, label(3, image, options, w, h, d), "seed " + seed);
      assertArrayEquals(one, label(7, image, options, w, h, d), "seed " + seed);
    }
  }

  @Test
  void sizeFilterRemovesAndRenumbersWithoutGaps() {
    float[] image = painted("#.##.###.####");
    assertArrayEquals(
        new long[] {0, 0, 1, 1, 0, 2, 2, 2, 0, 0, 0, 0, 0},
        label(image, new LabellingOptions(0.5, Connectivity.FOUR, 2, 3), 13, 1));
    StackObjects objects = objects(image, new LabellingOptions(0.5, Connectivity.FOUR, 2, 3));
    assertEquals(2, objects.count());
    assertEquals(2, objects.removed());
    assertEquals(5, objects.foregroundVoxels());
    assertEquals(2, objects.voxels(1));
    assertEquals(3, objects.voxels(2));
  }

  @Test
  void thresholdItselfIsForeground() {
    float[] image = {126, 127, 127.5f, 128, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    assertArrayEquals(
        new long[] {0, 0, 1, 1, 1, 0},
        label(image, new LabellingOptions(127.5, Connectivity.FOUR), 6, 1));
    // 0.1 as double lies below 0.1 as float: the float is foreground.
    assertArrayEquals(
        new long[] {1},
        label(new float[] {0.1f}, new LabellingOptions(0.1, Connectivity.FOUR), 1, 1));
  }

  @Test
  void emptyFullAndSingleVoxelImagesWork() {
    LabellingOptions options = new LabellingOptions(0.5, Connectivity.TWENTY_SIX);
    assertArrayEquals(new long[60], label(new float[60], options, 3, 4, 5));
    assertArrayEquals(new long[] {1}, label(new float[] {1}, options, 1, 1, 1));
    assertArrayEquals(new long[] {1}, label(new float[] {1}, options, 1, 1));
    float[] full = new float[60];
    Arrays.fill(full, 1);
    long[] ones = new long[60];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, label(full, options, 3, 4, 5));
  }

  @Test
  void imagesMayStartAnywhereAndBeStoredInCells() {
    long seed = 7;
    int w = 23;
    int h = 19;
    int d = 6;
    float[] image = noise(new Random(seed), w * h * d, 0.5);
    LabellingOptions options = new LabellingOptions(0.5, Connectivity.EIGHTEEN);
    RandomAccessibleInterval<LongType> cells =
        new CellImgFactory<>(new LongType(), 7, 5, 2).create(w, h, d);
    RandomAccessibleInterval<LongType> moved = Views.translate(cells, 3, -8, 100);
    try (Job job = new Job(2, ProgressListener.NONE)) {
      ConnectedComponents.label(
          Views.translate(ArrayImgs.floats(image, w, h, d), -5, 10, 4), moved, options, job);
    }
    assertArrayEquals(FloodFillOracle.label(image, w, h, d, options), values(moved));
  }

  @Test
  void labelTypesThatShareBytesAreWrittenWithoutRaces() {
    int w = 3;
    int h = 700;
    int d = 900;
    float[] image = new float[w * h * d];
    Arrays.fill(image, 1);
    RandomAccessibleInterval<Unsigned4BitType> labels = ArrayImgs.unsigned4Bits(w, h, d);
    try (Job job = new Job(4, ProgressListener.NONE)) {
      ConnectedComponents.label(
          ArrayImgs.floats(image, w, h, d),
          labels,
          new LabellingOptions(0.5, Connectivity.SIX),
          job);
    }
    for (long value : values(labels)) {
      assertEquals(1, value);
    }
  }

  @Test
  void tooSmallLabelTypeIsRefusedBeforeAnythingIsWritten() {
    float[] image = new float[600];
    for (int i = 0; i < 600; i += 2) {
      image[i] = 1;
    }
    byte[] labels = new byte[600];
    Arrays.fill(labels, (byte) 9);
    try (Job job = new Job(1, ProgressListener.NONE)) {
      RandomAccessibleInterval<UnsignedByteType> out = ArrayImgs.unsignedBytes(labels, 600, 1);
      LabellingOptions options = new LabellingOptions(0.5, Connectivity.FOUR);
      RandomAccessibleInterval<FloatType> in = ArrayImgs.floats(image, 600, 1);
      BadParameterException error =
          assertThrows(
              BadParameterException.class, () -> ConnectedComponents.label(in, out, options, job));
      assertTrue(error.getMessage().contains("300 objects"), error.getMessage());
      assertTrue(error.getMessage().contains("255"), error.getMessage());
    }
    assertEquals(9, labels[0]);
  }

  @Test
  void notANumberIsRefusedAndItsPlaceIsNamed() {
    float[] image = new float[60];
    image[3 * 4 * 3 + 3 + 2] = Float.NaN;
    LabellingOptions options = new LabellingOptions(0.5, Connectivity.SIX);
    BadInputException error =
        assertThrows(BadInputException.class, () -> label(image, options, 3, 4, 5));
    assertTrue(error.getMessage().contains("x=2, y=1 of slice z=3"), error.getMessage());
  }

  @Test
  void differentSizesAreRefused() {
    try (Job job = new Job(1, ProgressListener.NONE)) {
      BadInputException error =
          assertThrows(
              BadInputException.class,
              () ->
                  ConnectedComponents.label(
                      ArrayImgs.floats(4, 5),
                      ArrayImgs.longs(5, 4),
                      new LabellingOptions(0.5, Connectivity.FOUR),
                      job));
      assertTrue(error.getMessage().contains("image 4 x 5 voxels"), error.getMessage());
      assertTrue(error.getMessage().contains("labels 5 x 4"), error.getMessage());
    }
  }

  @Test
  void impossibleOptionsAreRefusedWithTheirNames() {
    assertTrue(
        assertThrows(BadParameterException.class, () -> Connectivity.of(5))
            .getMessage()
            .contains("6, 18 or 26"));
    assertEquals(Connectivity.EIGHTEEN, Connectivity.of(18));
    assertThrows(
        BadParameterException.class,
        () -> new LabellingOptions(Double.NaN, Connectivity.SIX, 0, 10));
    assertTrue(
        assertThrows(
                BadParameterException.class,
                () -> new LabellingOptions(0.5, Connectivity.SIX, 10, 9))
            .getMessage()
            .contains("maxVoxels=9"));
    assertThrows(
        BadParameterException.class, () -> new LabellingOptions(0.5, Connectivity.SIX, -1, 9));
  }

  private static long count(float[] cube, Connectivity connectivity) {
    try (Job job = new Job(1, ProgressListener.NONE)) {
      return ConnectedComponents.label(
              ArrayImgs.floats(cube, 2, 2, 2),
              ArrayImgs.longs(2, 2, 2),
              new LabellingOptions(0.5, connectivity),
              job)
          .count();
    }
  }

  private static StackObjects objects(float[] row, LabellingOptions options) {
    try (Job job = new Job(1, ProgressListener.NONE)) {
      return ConnectedComponents.label(
          ArrayImgs.floats(row, row.length, 1), ArrayImgs.longs(row.length, 1), options, job);
    }
  }

  private static long[] label(float[] image, LabellingOptions options, long... size) {
    return label(2, image, options, size);
  }

  private static long[] label(int threads, float[] image, LabellingOptions options, long... size) {
    ArrayImg<LongType, LongArray> labels = ArrayImgs.longs(size);
    // What was there before must not shine through.
    labels.forEach(label -> label.set(-1));
    try (Job job = new Job(threads, ProgressListener.NONE)) {
      ConnectedComponents.label(ArrayImgs.floats(image, size), labels, options, job);
    }
    return values(labels);
  }

  private static long[] values(RandomAccessibleInterval<? extends IntegerType<?>> image) {
    Cursor<? extends IntegerType<?>> cursor = Views.flatIterable(image).cursor();
    long[] values = new long[(int) image.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = cursor.next().getIntegerLong();
    }
    return values;
  }

  static float[] noise(Random random, int size, double foreground) {
    float[] image = new float[size];
    for (int i = 0; i < size; i++) {
      image[i] = random.nextDouble() < foreground ? 1 : 0;
    }
    return image;
  }

  private static float[] painted(String... rows) {
    String all = String.join("", rows);
    float[] image = new float[all.length()];
    for (int i = 0; i < image.length; i++) {
      image[i] = all.charAt(i) == '#' ? 1 : 0;
    }
    return image;
  }
}
