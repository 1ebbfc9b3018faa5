package org.uniem.filters.distance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.Unsigned12BitType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.VoxelSize;

class DistanceTransformTest {

  private static final double[] SCIPY_CUBES = {
    86763.95844307577, 11.357816691600547, 9655693.314439172, 5, 3, 2.23606797749979
  };
  private static final double[] SCIPY_BRICKS = {
    124358.93858483249, 15.5, 13799272.384537771, 7.5, 3, 3.1622776601683795
  };
  private static final double[] SCIPY_SLABS = {
    446151.55789651844, 52, 49396260.34623476, 20, 12, 8.94427190999916
  };

  private final Job job = new Job(2, ProgressListener.NONE);

  @Test
  void handDrawnSliceHasKnownDistances() {
    long[] labels = {
      0, 1, 1, 1, 2, 2,
      0, 1, 1, 1, 2, 2,
      0, 1, 1, 1, 2, 2,
    };
    float[] expected = {
      0, 1, 2, 1, 1, 2,
      0, 1, 2, 1, 1, 2,
      0, 1, 2, 1, 1, 2,
    };
    assertArrayEquals(expected, measure(labels, DistanceOptions.VOXELS, 6, 3));
    float[] inUnits = {
      0, 5, 10, 5, 5, 10,
      0, 5, 10, 5, 5, 10,
      0, 5, 10, 5, 5, 10,
    };
    assertArrayEquals(inUnits, measure(labels, voxel(5, 4, 3), 6, 3));
  }

  @Test
  void bordersOfTheImageAreNoBackground() {
    assertArrayEquals(
        new float[] {3, 2, 1, 0, 1, 2},
        measure(new long[] {7, 7, 7, 0, 7, 7}, DistanceOptions.VOXELS, 6, 1));
  }

  @Test
  void imageOfOneObjectIsInfinitelyFarFromAnother() {
    float[] expected = new float[24];
    Arrays.fill(expected, Float.POSITIVE_INFINITY);
    long[] labels = new long[24];
    Arrays.fill(labels, 5);
    assertArrayEquals(expected, measure(labels, DistanceOptions.VOXELS, 4, 3, 2));
    assertArrayEquals(
        new float[24], measure(new long[24], DistanceOptions.VOXELS, 4, 3, 2), "no object");
    assertArrayEquals(
        new float[] {Float.POSITIVE_INFINITY}, measure(new long[] {1}, voxel(2, 2, 2), 1, 1));
  }

  /** {@code scipy.ndimage.distance_transform_edt(mask, sampling=…)} of SciPy 1.10.1. */
  @Test
  void distancesAreThoseOfSciPy() {
    int n = 40;
    float[] mask = new float[n * n * n];
    for (int i = 0; i < mask.length; i++) {
      int x = i % n;
      int y = i / n % n;
      int z = i / n / n;
      boolean ball = (x - 20) * (x - 20) + (y - 19) * (y - 19) + (z - 17) * (z - 17) <= 18 * 18;
      mask[i] = ball && (x * 31 + y * 17 + z * 13) % 1009 != 0 ? 0.25f : 0;
    }
    assertSciPy(mask, new VoxelSize(1, 1, 1, "pixel"), SCIPY_CUBES);
    assertSciPy(mask, new VoxelSize(1.5, 1, 3, "um"), SCIPY_BRICKS);
    assertSciPy(mask, new VoxelSize(4, 4, 20, "nm"), SCIPY_SLABS);
  }

  /**
   * Sum, largest, sum of value · (x + 2y + 3z), then those at (20, 19, 17), (11, 21, 20), (22, 15,
   * 9).
   */
  private void assertSciPy(float[] mask, VoxelSize voxel, double[] expected) {
    int n = 40;
    double[] values = new double[mask.length];
    DistanceTransform.ofMask(
        ArrayImgs.floats(mask, n, n, n),
        ArrayImgs.doubles(values, n, n, n),
        new DistanceOptions(voxel, false, false),
        job);
    double weighted = 0;
    for (int i = 0; i < values.length; i++) {
      weighted += values[i] * (i % n + 2 * (i / n % n) + 3 * (i / n / n));
    }
    assertEquals(expected[0], Arrays.stream(values).sum(), 1e-7 * expected[0]);
    assertEquals(expected[1], Arrays.stream(values).max().orElseThrow(), 1e-5);
    assertEquals(expected[2], weighted, 1e-7 * expected[2]);
    assertEquals(expected[3], values[(17 * n + 19) * n + 20], 1e-5);
    assertEquals(expected[4], values[(20 * n + 21) * n + 11], 1e-5);
    assertEquals(expected[5], values[(9 * n + 15) * n + 22], 1e-5);
  }

  @Test
  void agreesWithExhaustiveSearchOnRandomVolumes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      int[] size = {1 + random.nextInt(9), 1 + random.nextInt(8), 1 + random.nextInt(7)};
      double[] voxel = {1, 1, 1};
      if (random.nextBoolean()) {
        voxel =
            new double[] {
              0.5 + random.nextInt(8), 0.25 + random.nextDouble(), 1 + 9 * random.nextDouble()
            };
      }
      long[] labels = clumps(random, size);
      boolean slicewise = random.nextInt(4) == 0;
      DistanceOptions options =
          new DistanceOptions(new VoxelSize(voxel[0], voxel[1], voxel[2], "nm"), slicewise, false);
      float[] found = measure(labels, options, size[0], size[1], size[2]);
      double[] expected = search(labels, size, voxel, slicewise);
      for (int i = 0; i < found.length; i++) {
        String where = "seed " + seed + ", round " + round + ", voxel " + i;
        if (Double.isInfinite(expected[i])) {
          assertEquals(Float.POSITIVE_INFINITY, found[i], where);
        } else {
          assertEquals(expected[i], found[i], 1e-6 * (1 + expected[i]), where);
        }
      }
    }
  }

  private static long[] clumps(Random random, int[] size) {
    long[] labels = new long[size[0] * size[1] * size[2]];
    int ids = 1 + random.nextInt(4);
    int share = random.nextInt(6);
    for (int i = 0; i < labels.length; i++) {
      boolean asBefore = i > 0 && random.nextInt(6) < share;
      labels[i] = asBefore ? labels[i - 1] : random.nextInt(ids + 1) * (1L << 40);
    }
    return labels;
  }

  private static double[] search(long[] labels, int[] size, double[] voxel, boolean slicewise) {
    double[] result = new double[labels.length];
    for (int a = 0; a < labels.length; a++) {
      double best = labels[a] == 0 ? 0 : Double.POSITIVE_INFINITY;
      for (int b = 0; b < labels.length; b++) {
        double x = voxel[0] * (a % size[0] - b % size[0]);
        double y = voxel[1] * (a / size[0] % size[1] - b / size[0] % size[1]);
        double z = voxel[2] * (a / size[0] / size[1] - b / size[0] / size[1]);
        if (labels[b] != labels[a] && !(slicewise && z != 0)) {
          best = Math.min(best, x * x + y * y + z * z);
        }
      }
      result[a] = Math.sqrt(best);
    }
    return result;
  }

  /** A line across so many voxels that squares leave the whole numbers of a float. */
  @Test
  void farDistancesKeepSevenDigits() {
    int n = 6001;
    long[] labels = new long[n * 2];
    Arrays.fill(labels, 1);
    labels[0] = 0;
    float[] found = measure(labels, DistanceOptions.VOXELS, n, 2);
    for (int x = 0; x < n; x++) {
      assertEquals(Math.hypot(x, 1), found[n + x], 1e-6 * x + 1e-6);
    }
  }

  @Test
  void squaresOfCubesAreWholeNumbers() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long[] labels = new long[31 * 29 * 23];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(300) == 0 ? 0 : 1;
    }
    labels[5] = 0;
    float[] roots = measure(labels, DistanceOptions.VOXELS, 31, 29, 23);
    float[] squares =
        measure(labels, new DistanceOptions(VoxelSize.UNKNOWN, false, true), 31, 29, 23);
    for (int i = 0; i < squares.length; i++) {
      assertEquals(Math.rint(squares[i]), squares[i], "seed " + seed);
      assertEquals((float) Math.sqrt(squares[i]), roots[i], "seed " + seed);
    }
  }

  @Test
  void everyKindOfImageAndThreadCountGivesTheSame() {
    long seed = System.nanoTime();
    int[] size = {67, 45, 33};
    long[] labels = clumps(new Random(seed), size);
    DistanceOptions options = voxel(4, 4, 30);
    float[] expected = measure(labels, options, 67, 45, 33);
    for (int threads : new int[] {1, 5}) {
      try (Job other = new Job(threads, ProgressListener.NONE)) {
        var shifted = Views.translate(ArrayImgs.longs(labels, 67, 45, 33), -3, 100, 7);
        var cells = new CellImgFactory<>(new DoubleType(), 16).create(67, 45, 33);
        DistanceTransform.ofLabels(shifted, cells, options, other);
        assertSame(expected, cells, "seed " + seed + ", " + threads + " threads");
      }
    }
    RandomAccessibleInterval<UnsignedLongType> wide = ArrayImgs.unsignedLongs(labels, 67, 45, 33);
    var planes = Views.translate(ArrayImgs.floats(67, 45, 33), 1, 2, 3);
    DistanceTransform.ofLabels(wide, planes, options, job);
    assertSame(expected, planes, "seed " + seed);
  }

  private static void assertSame(
      float[] expected,
      RandomAccessibleInterval<? extends net.imglib2.type.numeric.RealType<?>> found,
      String message) {
    int i = 0;
    for (var value : Views.flatIterable(found)) {
      assertEquals(expected[i++], value.getRealFloat(), message);
    }
  }

  @Test
  void smallAndPackedLabelTypesAreRead() {
    byte[] bytes = {(byte) 200, (byte) 200, 0, (byte) 199};
    float[] expected = {2, 1, 0, 1};
    assertArrayEquals(expected, measure(ArrayImgs.unsignedBytes(bytes, 4, 1)));
    assertArrayEquals(
        expected, measure(ArrayImgs.unsignedShorts(new short[] {-2, -2, 0, -3}, 4, 1)));
    assertArrayEquals(expected, measure(ArrayImgs.unsignedInts(new int[] {-2, -2, 0, -3}, 4, 1)));
    var packed = ArrayImgs.unsigned12Bits(4, 1);
    int i = 0;
    for (Unsigned12BitType value : packed) {
      value.set(bytes[i++] & 0xff);
    }
    assertArrayEquals(expected, measure(packed));
  }

  private <L extends IntegerType<L>> float[] measure(RandomAccessibleInterval<L> labels) {
    float[] values = new float[4];
    DistanceTransform.ofLabels(labels, ArrayImgs.floats(values, 4, 1), DistanceOptions.VOXELS, job);
    return values;
  }

  @Test
  void imagesThatDoNotFitAreRefused() {
    var labels = ArrayImgs.longs(4, 3, 2);
    var empty = FinalInterval.createMinMax(0, 0, 0, 3, -1, 1);
    assertMessage(
        "The sizes differ along z: objects 4 x 3 x 2 voxels, distances 4 x 3 x 3. Crop one to the"
            + " other, or give those that belong together.",
        () ->
            DistanceTransform.ofLabels(
                labels, ArrayImgs.floats(4, 3, 3), DistanceOptions.VOXELS, job));
    assertMessage(
        "The image has 1 axes: expected 2 (x, y) or 3 (x, y, z).",
        () ->
            DistanceTransform.ofLabels(
                ArrayImgs.longs(4), ArrayImgs.floats(4), DistanceOptions.VOXELS, job));
    assertMessage(
        "The image is empty, its size is [4, 0, 2]: expected at least one voxel.",
        () ->
            DistanceTransform.ofLabels(
                Views.interval(labels, empty),
                Views.interval(ArrayImgs.floats(4, 3, 2), empty),
                DistanceOptions.VOXELS,
                job));
    assertMessage(
        "Pixel 1 of slice z=1 (both counted from 0) of the mask is not a number (NaN): expected 0"
            + " outside and another number inside. Replace such pixels.",
        () ->
            DistanceTransform.ofMask(
                ArrayImgs.floats(new float[] {0, 1, 1, Float.NaN}, 2, 1, 2),
                ArrayImgs.floats(2, 1, 2),
                DistanceOptions.VOXELS,
                job));
  }

  @Test
  void voxelSizesOfZeroAndLessAreRefused() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      String message =
          assertThrows(BadParameterException.class, () -> voxel(4, bad, 4)).getMessage();
      assertEquals(
          "Voxel size 4.0 x " + bad + " x 4.0 is not possible: give positive numbers.", message);
    }
  }

  @Test
  void cancelEndsIt() {
    try (Job cancelled = new Job(2, ProgressListener.NONE)) {
      cancelled.cancel();
      assertThrows(
          CancellationException.class,
          () ->
              DistanceTransform.ofLabels(
                  ArrayImgs.longs(40, 30, 20),
                  ArrayImgs.floats(40, 30, 20),
                  DistanceOptions.VOXELS,
                  cancelled));
    }
  }

  private static void assertMessage(
      String expected, org.junit.jupiter.api.function.Executable call) {
    assertEquals(expected, assertThrows(BadInputException.class, call).getMessage());
  }

  private static DistanceOptions voxel(double x, double y, double z) {
    return new DistanceOptions(new VoxelSize(x, y, z, "nm"), false, false);
  }

  private float[] measure(long[] labels, DistanceOptions options, long... size) {
    float[] values = new float[labels.length];
    Arrays.fill(values, -1);
    RandomAccessibleInterval<LongType> image = ArrayImgs.longs(labels, size);
    RandomAccessibleInterval<FloatType> distances = ArrayImgs.floats(values, size);
    DistanceTransform.ofLabels(image, distances, options, job);
    for (float value : values) {
      assertTrue(value >= 0);
    }
    return values;
  }
}
