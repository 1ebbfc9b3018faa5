package org.uniem.floodfilling.seeds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

class PeakSeedsTest {

  private static final Path FIB25 = Path.of("../shared/data/fib25");
  private static final Extent MARGIN = new Extent(16, 16, 16);

  private final Job job = Job.silent();

  /** First numbers, and those around the first renewal, of the stream in NumPy. */
  @Test
  void randomNumbersAreThoseOfThePublishedStream() {
    MersenneTwister random = new MersenneTwister(42);
    double[] first = new double[1000];
    Arrays.setAll(first, i -> random.nextDouble());
    assertEquals(0.3745401188473625, first[0]);
    assertEquals(0.9507143064099162, first[1]);
    assertEquals(0.7319939418114051, first[2]);
    assertEquals(0.07845638134226596, first[311]);
    assertEquals(0.02535074341545751, first[312]);
    assertEquals(0.44600577295795574, first[999]);
  }

  @Test
  void distancesAreThoseOfAnExhaustiveSearch() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Extent size = new Extent(9, 6, 7);
    byte[] marked = new byte[(int) size.voxels()];
    for (int i = 0; i < marked.length; i++) {
      marked[i] = (byte) (random.nextInt(40) == 0 ? 1 : 0);
    }
    marked[random.nextInt(marked.length)] = 1;
    assertArrayEquals(
        nearest(marked, size),
        SquaredDistance.to(marked.clone(), size, false, job),
        "seed " + seed);
  }

  private static float[] nearest(byte[] marked, Extent size) {
    float[] result = new float[marked.length];
    Arrays.fill(result, Float.POSITIVE_INFINITY);
    for (int a = 0; a < marked.length; a++) {
      for (int b = 0; b < marked.length; b++) {
        if (marked[b] == 1) {
          int x = a % size.x() - b % size.x();
          int y = a / size.x() % size.y() - b / size.x() % size.y();
          int z = a / size.x() / size.y() - b / size.x() / size.y();
          result[a] = Math.min(result[a], x * x + y * y + z * z);
        }
      }
    }
    return result;
  }

  /** Two bright slabs: the only places between edges are the middles of what lies between them. */
  @Test
  void seedsLieBetweenEdges() {
    byte[] image = new byte[41 * 41 * 41];
    for (int i = 0; i < image.length; i++) {
      int z = i / (41 * 41);
      image[i] = (byte) (z == 5 || z == 35 ? 100 : 0);
    }
    int[] seeds = new PeakSeeds().seeds(scene(image, 41), job);
    Set<Integer> slices =
        Arrays.stream(seeds).map(seed -> seed / (41 * 41)).boxed().collect(Collectors.toSet());
    assertTrue(slices.contains(20), "slices " + slices);
  }

  @Test
  void imageWithoutContrastHasNoSeeds() {
    assertEquals(0, new PeakSeeds().seeds(scene(new byte[1000], 10), job).length);
  }

  @Test
  void seedsDoNotDependOnThreads() {
    long seed = System.nanoTime();
    byte[] image = new byte[40 * 40 * 40];
    new Random(seed).nextBytes(image);
    int[] expected = new PeakSeeds().seeds(scene(image, 40), job);
    try (Job one = new Job(1, ProgressListener.NONE)) {
      assertArrayEquals(expected, new PeakSeeds().seeds(scene(image, 40), one), "seed " + seed);
    }
  }

  private static FillingScene scene(byte[] image, int size) {
    return FillingScene.read(
        ArrayImgs.unsignedBytes(image, size, size, size),
        FinalInterval.createMinSize(0, 0, 0, size, size, size),
        128,
        33);
  }

  @Test
  void publishedVolumeHasThePublishedSeeds() {
    assumeTrue(Files.exists(FIB25), "skipped: ../shared/data not present");
    try (Volume raw = Volumes.open(FIB25.resolve("raw.tif"));
        Volume reference = Volumes.open(FIB25.resolve("ffn-reference.tif"))) {
      FillingScene scene = fib25(raw);
      int[] seeds =
          Arrays.stream(new PeakSeeds().seeds(scene, job))
              .filter(seed -> scene.isInside(seed, MARGIN))
              .toArray();
      assertEquals(12464, seeds.length);
      int[][] firstZyx = {
        {16, 18, 109}, {16, 19, 228}, {16, 22, 140}, {16, 24, 204}, {16, 27, 136}, {16, 35, 25}
      };
      for (int i = 0; i < firstZyx.length; i++) {
        int[] zyx = firstZyx[i];
        assertEquals(new VoxelPosition(zyx[2], zyx[1], zyx[0]), scene.position(seeds[i]));
      }
      assertEquals(254, originsFoundInOrder(seeds, labels(reference)));
    }
  }

  /**
   * The published origins are given for some objects only; but each object began at a seed inside
   * itself, and later ids at later seeds.
   */
  private static int originsFoundInOrder(int[] seeds, float[] labels) {
    int id = 0;
    for (int seed : seeds) {
      if (labels[seed] == id + 1) {
        id++;
      }
    }
    return id;
  }

  private static float[] labels(Volume volume) {
    int slice = (int) (volume.width() * volume.height());
    float[] all = new float[slice * (int) volume.depth()];
    float[] one = new float[slice];
    for (int z = 0; z < volume.depth(); z++) {
      volume.readSlice(z, 0, one);
      System.arraycopy(one, 0, all, z * slice, slice);
    }
    return all;
  }

  private static FillingScene fib25(Volume raw) {
    return read(raw.channel(0));
  }

  @SuppressWarnings("unchecked")
  private static <T extends RealType<T>> FillingScene read(RandomAccessibleInterval<?> image) {
    RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) image;
    return FillingScene.read(typed, typed, 128, 33);
  }
}
