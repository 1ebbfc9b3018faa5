package org.uniem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.filters.distance.DistanceOptions;
import org.uniem.filters.distance.DistanceTransform;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.metrics.ContingencyTable;
import org.uniem.metrics.ContingencyTables;
import org.uniem.metrics.Foreground;
import org.uniem.metrics.InstanceScores;
import org.uniem.postprocess.labelling.ConnectedComponents;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.labelling.LabellingOptions;
import org.uniem.postprocess.watershed.SeededWatershed;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * Real neurons by the classical algorithms against SciPy 1.10.1 and scikit-image 0.19.3.
 *
 * <p>Their calls stand beside their results; in them {@code checksum(a)} is {@code (a.ravel() *
 * (np.arange(a.size) % 1009)).sum()}, {@code gala} is gala_fibsem/neurons.tif, {@code snemi} is
 * snemi3d/neurons32x160x160.tif with 0 in place of its background 1, {@code fib} and {@code ffn}
 * are the first 50 slices of fib25/neurons.tif and fib25/ffn-reference.tif, all as int64 with axes
 * z, y, x.
 */
class RealDataTest {

  private static final Path DATA = Path.of("../shared/data");

  private final Job job = new Job(2, ProgressListener.NONE);

  @AfterEach
  void close() {
    job.close();
  }

  /** Labels of a stack of 32 bits or fewer, x fastest. */
  private record Stack(int width, int height, int depth, long[] voxels) {

    static Stack read(String name, int slices) {
      Path path = DATA.resolve(name);
      assumeTrue(Files.exists(path), "skipped: ../shared/data not present");
      try (Volume volume = Volumes.open(path)) {
        int w = (int) volume.width();
        int h = (int) volume.height();
        int d = (int) Math.min(slices, volume.depth());
        long[] voxels = new long[w * h * d];
        float[] slice = new float[w * h];
        for (int z = 0; z < d; z++) {
          volume.readSlice(z, 0, slice);
          for (int i = 0; i < slice.length; i++) {
            voxels[z * slice.length + i] = (long) slice[i];
          }
        }
        return new Stack(w, h, d, voxels);
      }
    }

    static Stack gala() {
      return read("gala_fibsem/neurons.tif", Integer.MAX_VALUE);
    }

    static Stack snemi() {
      Stack all = read("snemi3d/neurons32x160x160.tif", Integer.MAX_VALUE);
      Arrays.setAll(all.voxels, i -> all.voxels[i] == 1 ? 0 : all.voxels[i]);
      return all;
    }

    long[] size() {
      return new long[] {width, height, depth};
    }

    double[] foreground() {
      return Arrays.stream(voxels).mapToDouble(id -> id == 0 ? 0 : 1).toArray();
    }
  }

  private static long checksum(long[] values) {
    long sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * (i % 1009);
    }
    return sum;
  }

  /**
   * {@code m = (v > 0) & (v % 3 != 0); l, n = scipy.ndimage.label(m, structure)} with {@code
   * generate_binary_structure(3, 1)}, 2 and 3 for 6, 18 and 26; for 4 and 8 the middle slice of a
   * structure of 0 is {@code generate_binary_structure(2, 1)} and 2. Objects are numbered by their
   * first voxels; then {@code n, checksum(l)}.
   */
  @ParameterizedTest
  @CsvSource({
    "gala, SIX, 58, 4919507203",
    "gala, EIGHTEEN, 4, 265936665",
    "gala, TWENTY_SIX, 4, 265936665",
    "gala, FOUR, 1703, 238021311535",
    "gala, EIGHT, 332, 45797946904",
    "snemi, SIX, 5, 224376111",
    "snemi, EIGHTEEN, 5, 224376111",
    "snemi, TWENTY_SIX, 5, 224376111",
    "snemi, FOUR, 122, 12110655406",
    "snemi, EIGHT, 117, 11773780145"
  })
  void componentsAreThoseOfSciPy(String name, Connectivity kind, long count, long checksum) {
    Stack stack = name.equals("gala") ? Stack.gala() : Stack.snemi();
    double[] mask = Arrays.stream(stack.voxels).mapToDouble(id -> id % 3 == 0 ? 0 : 1).toArray();
    long[] labels = new long[mask.length];
    long found =
        ConnectedComponents.label(
                ArrayImgs.doubles(mask, stack.size()),
                ArrayImgs.longs(labels, stack.size()),
                new LabellingOptions(0.5, kind),
                job)
            .count();
    assertEquals(count, found);
    assertEquals(checksum, checksum(labels));
  }

  /** {@code skimage.measure.label(v, connectivity=1)}, 2 and 3, numbered by first voxels. */
  @ParameterizedTest
  @CsvSource({
    "gala, SIX, 87, 12732182849",
    "gala, EIGHTEEN, 87, 12732182849",
    "gala, TWENTY_SIX, 87, 12732182849",
    "snemi, SIX, 27, 3263624427",
    "snemi, EIGHTEEN, 27, 3263624427",
    "snemi, TWENTY_SIX, 27, 3263624427"
  })
  void piecesOfLabelsAreThoseOfScikitImage(
      String name, Connectivity kind, long count, long checksum) {
    Stack stack = name.equals("gala") ? Stack.gala() : Stack.snemi();
    long[] labels = new long[stack.voxels.length];
    long found =
        ConnectedComponents.labelPieces(
                ArrayImgs.longs(stack.voxels, stack.size()),
                ArrayImgs.longs(labels, stack.size()),
                new LabellingOptions(kind),
                job)
            .count();
    assertEquals(count, found);
    assertEquals(checksum, checksum(labels));
  }

  /**
   * {@code q = np.rint(scipy.ndimage.distance_transform_edt(snemi != 0, sampling=(z, y, x)) ** 2)};
   * {@code q.sum(), q.max(), checksum(q)}. Squares are whole numbers here, so each voxel counts.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 37919843, 1846, 19100941452",
    "6, 30, 4473849168, 91872, 2254954977180",
  })
  void squaredDistancesAreThoseOfSciPy(double x, double z, long sum, long largest, long checksum) {
    Stack stack = Stack.snemi();
    double[] squares = new double[stack.voxels.length];
    DistanceTransform.ofMask(
        ArrayImgs.doubles(stack.foreground(), stack.size()),
        ArrayImgs.doubles(squares, stack.size()),
        new DistanceOptions(new VoxelSize(x, x, z, "nm"), false, true),
        job);
    assertSquares(squares, sum, largest, checksum);
  }

  /** As above, {@code scipy.ndimage.distance_transform_edt(snemi == id)} within each object. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 33353260, 1846, 16795545447",
    "6, 30, 4101310404, 88596, 2067419011212",
  })
  void squaredDistancesOfEachObjectAreThoseOfSciPy(
      double x, double z, long sum, long largest, long checksum) {
    Stack stack = Stack.snemi();
    double[] squares = new double[stack.voxels.length];
    DistanceTransform.ofLabels(
        ArrayImgs.longs(stack.voxels, stack.size()),
        ArrayImgs.doubles(squares, stack.size()),
        new DistanceOptions(new VoxelSize(x, x, z, "nm"), false, true),
        job);
    assertSquares(squares, sum, largest, checksum);
  }

  private static void assertSquares(double[] squares, long sum, long largest, long checksum) {
    long[] whole = new long[squares.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Math.round(squares[i]);
      assertEquals(whole[i], squares[i], 0, "voxel " + i);
    }
    assertEquals(sum, Arrays.stream(whole).sum());
    assertEquals(largest, Arrays.stream(whole).max().orElseThrow());
    assertEquals(checksum, checksum(whole));
  }

  /**
   * {@code d = scipy.ndimage.distance_transform_edt(snemi != 0, sampling=(29.3, 5.9, 6.1));
   * d.sum(), d.max(), d.ravel()[100003::100003]}.
   */
  @Test
  void distancesOfVoxelsOfAnyShapeAreThoseOfSciPy() {
    Stack stack = Stack.snemi();
    double[] distances = new double[stack.voxels.length];
    DistanceTransform.ofMask(
        ArrayImgs.doubles(stack.foreground(), stack.size()),
        ArrayImgs.doubles(distances, stack.size()),
        new DistanceOptions(new VoxelSize(6.1, 5.9, 29.3, "nm"), false, false),
        job);
    assertEquals(45710008.64603047, Arrays.stream(distances).sum(), 1);
    assertEquals(306.8841638142965, Arrays.stream(distances).max().orElseThrow(), 1e-5 * 300);
    double[] expected = {
      274.9982727218482,
      201.49290310082884,
      117.49399984680069,
      43.3310512219586,
      13.283448347473632,
      29.3,
      32.170483365967634,
      77.84304721681956
    };
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], distances[100003 * (i + 1)], 1e-5 * expected[i]);
    }
  }

  /**
   * Basins are unique as no two heights are the same: {@code key = raw.ravel() * 2**20 +
   * np.arange(n) * 7919 % n; rank[np.argsort(key)] = np.arange(n); seeds = np.where(np.arange(n) %
   * 5003 == 0, snemi, 0); w = skimage.segmentation.watershed(rank, seeds, connectivity=1)}, 2 and
   * 3, the last with {@code mask=snemi > 0}; {@code checksum(w)}; raw is snemi3d/raw32x160x160.tif.
   */
  @ParameterizedTest
  @CsvSource({
    "SIX, false, 4121138377",
    "EIGHTEEN, false, 4158757460",
    "TWENTY_SIX, false, 4148628097",
    "SIX, true, 5262323339"
  })
  void basinsAreThoseOfScikitImage(Connectivity connectivity, boolean masked, long checksum) {
    long[] labels = basins(connectivity, masked);
    assertEquals(checksum, checksum(labels));
  }

  private long[] basins(Connectivity connectivity, boolean masked) {
    Stack raw = Stack.read("snemi3d/raw32x160x160.tif", Integer.MAX_VALUE);
    Stack neurons = Stack.snemi();
    int n = raw.voxels.length;
    // In the lower bits of the key is the place of each voxel, so that sorting ranks them.
    long[] keys = new long[n];
    Arrays.setAll(keys, i -> (raw.voxels[i] << 40 | i * 7919L % n << 20) | i);
    Arrays.sort(keys);
    double[] ranks = new double[n];
    for (int rank = 0; rank < n; rank++) {
      ranks[(int) (keys[rank] & 0xfffff)] = rank;
    }
    long[] seeds = new long[n];
    Arrays.setAll(seeds, i -> i % 5003 == 0 ? neurons.voxels[i] : 0);
    long[] labels = new long[n];
    new SeededWatershed(
            ArrayImgs.doubles(ranks, raw.size()),
            ArrayImgs.longs(seeds, raw.size()),
            masked
                ? Optional.of(ArrayImgs.doubles(neurons.foreground(), raw.size()))
                : Optional.empty(),
            connectivity,
            job)
        .flood(ArrayImgs.longs(labels, raw.size()), job);
    return labels;
  }

  /**
   * {@code skimage.metrics.variation_of_information(fib, ffn, ignore_labels=[0])} and {@code
   * adapted_rand_error} alike, then both without {@code ignore_labels}.
   */
  @Test
  void scoresOfAPublishedSegmentationAreThoseOfScikitImage() {
    Stack truth = Stack.read("fib25/neurons.tif", 50);
    Stack found = Stack.read("fib25/ffn-reference.tif", 50);
    assertScores(
        found.voxels,
        truth,
        Foreground.TRUTH,
        new double[] {0.8907502365967817, 0.719339311795261},
        new double[] {0.2753303053283328, 0.6207325084217816, 0.8704142975991755});
    assertScores(
        found.voxels,
        truth,
        Foreground.ALL,
        new double[] {0.8907359845936208, 0.7195567468661507},
        new double[] {0.2753397561382229, 0.6207325089779013, 0.8703870279012167});
  }

  /** As above, of the last watershed: {@code variation_of_information(snemi, w …)}. */
  @Test
  void scoresOfAWatershedAreThoseOfScikitImage() {
    Stack truth = Stack.snemi();
    long[] found = basins(Connectivity.SIX, true);
    assertScores(
        found,
        truth,
        Foreground.TRUTH,
        new double[] {0.9237829119738576, 2.3520142461203126},
        new double[] {0.6140010622656654, 0.6512508775326064, 0.27428409621067723});
    assertScores(
        found,
        truth,
        Foreground.ALL,
        new double[] {0.8351992124495493, 2.12647411049457},
        new double[] {0.5773061618749245, 0.6850287749037087, 0.3056454860150458});
  }

  private void assertScores(
      long[] segmentation, Stack truth, Foreground foreground, double[] vi, double[] rand) {
    ContingencyTable table =
        ContingencyTables.count(
            ArrayImgs.longs(segmentation, truth.size()),
            ArrayImgs.longs(truth.voxels, truth.size()),
            job);
    InstanceScores scores = InstanceScores.of(table, foreground);
    assertEquals(vi[0], scores.viSplit(), 1e-9);
    assertEquals(vi[1], scores.viMerge(), 1e-9);
    // As in the paper, our pairs include those of a voxel with itself; scikit-image's do not.
    double[] pairs = {0};
    table.forEach(
        (s, t, voxels) ->
            pairs[0] += foreground == Foreground.ALL || t != 0 ? (double) voxels * voxels : 0);
    double both = pairs[0] - scores.voxels();
    double inTruth = pairs[0] / scores.randSplit() - scores.voxels();
    double inSegmentation = pairs[0] / scores.randMerge() - scores.voxels();
    assertArrayEquals(
        rand,
        new double[] {
          1 - 2 * both / (inTruth + inSegmentation), both / inTruth, both / inSegmentation
        },
        1e-9);
    assertEquals(1 - scores.rand(), scores.adaptedRandError(), 1e-15);
  }
}
