package org.uniem.floodfilling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.floodfilling.seeds.EmptySpaceSeeds;
import org.uniem.floodfilling.seeds.GridSeeds;
import org.uniem.floodfilling.seeds.PointSeeds;
import org.uniem.floodfilling.seeds.ReversedSeeds;
import org.uniem.floodfilling.seeds.SeedPolicy;
import org.uniem.floodfilling.seeds.SequentialSeeds;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

class FloodFillingTest {

  private static final FillingOptions SMALL = FillingOptions.PUBLISHED.withMinSegmentVoxels(10);

  private final Job job = Job.silent();

  @AfterEach
  void endJob() {
    job.close();
  }

  /** Two slabs of intensity 1 and 2; the second begins at x = width / 2, rounded up. */
  private static float[] slabs(int width, int height, int depth) {
    float[] image = new float[width * height * depth];
    for (int i = 0; i < image.length; i++) {
      image[i] = i % width < (width + 1) / 2 ? 1 : 2;
    }
    return image;
  }

  private static FillingModel model(MaskPredictor predictor) {
    return new FillingModel(predictor, 0, 1, "fake");
  }

  private static SeedPolicy points(long... xyz) {
    List<VoxelPosition> points = new ArrayList<>();
    for (int i = 0; i < xyz.length; i += 3) {
      points.add(new VoxelPosition(xyz[i], xyz[i + 1], xyz[i + 2]));
    }
    return new PointSeeds(points);
  }

  @Test
  void objectsAreFilledToTheirBorder() {
    float[] image = slabs(21, 13, 13);
    int[] labels = new int[image.length];
    FillingResult result =
        FloodFilling.segment(
            ArrayImgs.floats(image, 21, 13, 13),
            ArrayImgs.ints(labels, 21, 13, 13),
            model(FakePredictor.ofIntensities(5, 2)),
            points(6, 6, 6, 14, 6, 6),
            SMALL,
            job);
    for (int i = 0; i < labels.length; i++) {
      assertEquals((int) image[i], labels[i], "voxel " + i);
    }
    assertEquals(2, result.objects().size());
    FilledObject second = result.objects().get(1);
    assertEquals(new VoxelPosition(14, 6, 6), second.start());
    assertEquals(10 * 13 * 13, second.voxels());
    assertEquals(Map.of(), second.overlaps());
    assertEquals(21L * 13 * 13, result.counters().get("voxels-segmented"));
  }

  @Test
  void imageMayStartAnywhere() {
    float[] image = slabs(21, 13, 13);
    int[] labels = new int[image.length];
    long[] at = {100, -50, 7};
    FillingResult result =
        FloodFilling.segment(
            Views.translate(ArrayImgs.floats(image, 21, 13, 13), at),
            Views.translate(ArrayImgs.ints(labels, 21, 13, 13), at),
            model(FakePredictor.ofIntensities(5, 2)),
            points(114, -44, 13),
            SMALL,
            job);
    assertEquals(new VoxelPosition(114, -44, 13), result.objects().get(0).start());
    assertEquals(0, labels[0]);
    assertEquals(1, labels[20]);
  }

  @Test
  void objectsThatExistAreKeptAndNumbersGoOn() {
    float[] image = slabs(21, 13, 13);
    int[] labels = new int[image.length];
    labels[19] = 7;
    FillingResult result =
        FloodFilling.segment(
            ArrayImgs.floats(image, 21, 13, 13),
            ArrayImgs.ints(labels, 21, 13, 13),
            model(FakePredictor.ofIntensities(5, 2)),
            points(14, 6, 6),
            SMALL,
            job);
    assertEquals(7, labels[19]);
    assertEquals(8, labels[18]);
    assertEquals(Map.of(7, 1L), result.objects().get(0).overlaps());
    assertEquals(1, result.counters().get("voxels-overlapping"));
  }

  @Test
  void smallObjectsAndWeakSeedsAreRejected() {
    float[] image = slabs(21, 13, 13);
    FillingScene scene = scene(image, 21, 13, 13);
    FakePredictor unsure =
        new FakePredictor(
            new int[] {5, 5, 5}, new int[] {2, 2, 2}, (v, centre, mask) -> v == 1 ? -1 : 4);
    FillingResult result =
        fill(scene, unsure, points(4, 6, 6, 14, 6, 6), SMALL.withMinSegmentVoxels(100000));
    assertEquals(0, result.objects().size());
    assertEquals(FillingScene.REJECTED, scene.labels()[scene.voxel(4, 6, 6)]);
    assertEquals(FillingScene.REJECTED, scene.labels()[scene.voxel(14, 6, 6)]);
  }

  @Test
  void seedsBesideAnObjectAreRejected() {
    float[] image = slabs(21, 13, 13);
    FillingScene scene = scene(image, 21, 13, 13);
    FakePredictor network = FakePredictor.ofIntensities(5, 2);
    FillingResult result =
        fill(scene, network, points(6, 6, 6, 12, 6, 6, 14, 6, 6), withDistance(2));
    assertEquals(List.of(new VoxelPosition(6, 6, 6), new VoxelPosition(14, 6, 6)), starts(result));
    FillingResult nearer =
        fill(scene(image, 21, 13, 13), network, points(6, 6, 6, 12, 6, 6), withDistance(1));
    assertEquals(2, nearer.objects().size());
  }

  private static FillingOptions withDistance(int voxels) {
    return SMALL.withMinBoundaryDistance(new Extent(voxels, voxels, voxels));
  }

  @Test
  void excludedVoxelsAreNotVisited() {
    float[] image = new float[41 * 13 * 13];
    FillingScene scene = scene(image, 41, 13, 13);
    float[] mask = new float[image.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 41 >= 18 && i % 41 < 24 ? 1 : 0;
    }
    scene.exclude(ArrayImgs.floats(mask, 41, 13, 13));
    fill(scene, FakePredictor.ofIntensities(5, 2), points(6, 6, 6, 20, 6, 6), SMALL);
    assertEquals(1, scene.labels()[scene.voxel(18, 6, 6)]);
    assertEquals(0, scene.labels()[scene.voxel(25, 6, 6)]);
  }

  /** Voxels first said to be unlikely may not rise with the rule; without it they do. */
  @Test
  void unlikelyVoxelsStaySoWithTheDiscoRule() {
    float[] image = slabs(21, 13, 13);
    // Changes its mind: what was unlikely becomes likely, what is fresh is judged by intensity.
    float pad = FillingOptions.logit(0.05);
    FakePredictor fickle =
        new FakePredictor(
            new int[] {5, 5, 5},
            new int[] {2, 2, 2},
            (v, centre, mask) -> v == 1 || mask != pad ? 4 : -4);
    FillingScene held = scene(image, 21, 13, 13);
    fill(held, fickle, points(6, 6, 6), SMALL);
    assertEquals(0, held.labels()[held.voxel(11, 6, 6)]);
    FillingScene free = scene(image, 21, 13, 13);
    fill(free, fickle, points(6, 6, 6), SMALL.withDiscoThreshold(-1));
    assertEquals(1, free.labels()[free.voxel(11, 6, 6)]);
  }

  @Test
  void probabilitiesAreStoredInSteps() {
    float[] image = slabs(21, 13, 13);
    FillingScene scene = scene(image, 21, 13, 13);
    fill(scene, FakePredictor.ofIntensities(5, 2), points(6, 6, 6), SMALL);
    double p = 1 / (1 + Math.exp(-4));
    assertEquals(1 + (int) (254 * p), scene.probabilities()[scene.voxel(6, 6, 6)] & 0xFF);
    assertEquals(0, scene.probabilities()[scene.voxel(14, 6, 6)]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16})
  void resultIsThatOfThePlainAlgorithmWhateverTheBatch(int batch) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] size = {23, 26, 17};
    float[] image = new float[size[0] * size[1] * size[2]];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(50);
    }
    List<int[]> seeds = new ArrayList<>();
    for (int i = 0; i < image.length; i += 13) {
      seeds.add(new int[] {i % size[0], i / size[0] % size[1], i / size[0] / size[1]});
    }
    Collections.shuffle(seeds, random);
    FillingOptions options = SMALL.withBatch(batch).withMinSegmentVoxels(30);
    PlainFloodFilling plain = new PlainFloodFilling(size, image, FakePredictor.chaotic(), options);
    plain.fill(seeds);

    FillingScene scene = scene(image, size[0], size[1], size[2]);
    FakePredictor network = FakePredictor.chaotic();
    FillingResult result = fill(scene, network, points(flat(seeds)), options);
    assertArrayEquals(plain.labels, scene.labels(), "seed " + seed);
    assertEquals(
        plain.iterations, result.objects().stream().map(FilledObject::iterations).toList());
    assertEquals(plain.weak, result.counters().get("seed_got_too_weak"), "seed " + seed);
    assertEquals(plain.unlikely, result.counters().get("skip_threshold"), "seed " + seed);
    assertEquals(plain.invalid, result.counters().get("skip_invalid_pos"), "seed " + seed);
    assertTrue(result.objects().size() > 1, "only " + result.objects().size() + " objects");
    assertEquals(network.fields.get(), result.counters().get("fields-computed"));
  }

  private static long[] flat(List<int[]> seeds) {
    return seeds.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
  }

  @Test
  void batchesAreFilledWithLaterSeeds() {
    float[] image = new float[61 * 61 * 21];
    for (int i = 0; i < image.length; i++) {
      image[i] = Math.min(i % 61 / 15, 3) + 4 * Math.min(i / 61 % 61 / 15, 3);
    }
    FakePredictor network = FakePredictor.ofIntensities(5, 2);
    FillingScene scene = scene(image, 61, 61, 21);
    FillingResult result = fill(scene, network, GridSeeds.volume(), SMALL.withBatch(8));
    assertEquals(16, result.objects().size());
    assertTrue(
        network.calls.get() * 3 < network.fields.get(),
        network.fields + " fields in " + network.calls + " calls");
    assertTrue(
        network.fields.get() < 2 * result.counters().get("predict-calls"),
        network.fields + " fields for " + result.counters());
  }

  @Test
  void emptySpaceIsFilledAfterwards() {
    float[] image = new float[41 * 21 * 21];
    for (int i = 0; i < image.length; i++) {
      image[i] = i % 41 / 14;
    }
    SeedPolicy both =
        new SequentialSeeds(List.of(points(6, 10, 10, 34, 10, 10), new EmptySpaceSeeds()));
    FillingScene scene = scene(image, 41, 21, 21);
    FillingResult result = fill(scene, FakePredictor.ofIntensities(5, 2), both, SMALL);
    assertEquals(3, result.objects().size());
    assertEquals(1, image[scene.labels().length / 2]);
    assertEquals(3, scene.labels()[scene.labels().length / 2]);
  }

  @Test
  void reversedSeedsBeginWithTheLast() {
    float[] image = slabs(21, 13, 13);
    FillingResult result =
        fill(
            scene(image, 21, 13, 13),
            FakePredictor.ofIntensities(5, 2),
            new ReversedSeeds(points(6, 6, 6, 14, 6, 6)),
            SMALL);
    assertEquals(List.of(new VoxelPosition(14, 6, 6), new VoxelPosition(6, 6, 6)), starts(result));
  }

  @Test
  void growingObjectsCanBeWatched() {
    float[] image = slabs(21, 13, 13);
    FillingScene scene = scene(image, 21, 13, 13);
    float[] slice = new float[21 * 13];
    List<Integer> seen = new ArrayList<>();
    FloodFilling.fill(
        scene,
        FakePredictor.ofIntensities(5, 2),
        points(6, 6, 6),
        SMALL,
        object -> {
          seen.add(object.iterations());
          object.probabilities(6, slice);
        },
        job.stage("Test", scene.voxels(), "voxels"),
        job);
    assertEquals(IntStream.rangeClosed(1, seen.size()).boxed().toList(), seen);
    assertEquals(1 / (1 + Math.exp(-4)), slice[6 * 21 + 6], 1e-3);
    assertTrue(Float.isNaN(slice[20]));
  }

  @Test
  void imageSmallerThanTheFieldOfViewIsRefused() {
    FillingScene scene = scene(new float[4 * 9 * 9], 4, 9, 9);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> fill(scene, FakePredictor.ofIntensities(5, 2), points(2, 4, 4), SMALL));
    assertTrue(e.getMessage().contains("4,9,9"), e.getMessage());
    assertTrue(e.getMessage().contains("5,5,5"), e.getMessage());
  }

  @Test
  void movesLargerThanHalfTheFieldOfViewAreRefused() {
    FillingScene scene = scene(new float[1000], 10, 10, 10);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> fill(scene, FakePredictor.ofIntensities(5, 3), points(6, 6, 6), SMALL));
    assertTrue(e.getMessage().contains("moves by [3, 3, 3]"), e.getMessage());
  }

  @Test
  void logitsThatAreNoNumbersAreRefused() {
    FakePredictor broken =
        new FakePredictor(new int[] {5, 5, 5}, new int[] {2, 2, 2}, (v, centre, mask) -> Float.NaN);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> fill(scene(new float[1000], 10, 10, 10), broken, points(6, 6, 6), SMALL));
    assertTrue(e.getMessage().contains("no number at x,y,z=6,6,6"), e.getMessage());
  }

  @Test
  void labelsOfAnotherSizeAreRefused() {
    ArrayImg<IntType, IntArray> labels = ArrayImgs.ints(10, 10, 9);
    assertThrows(
        BadInputException.class,
        () ->
            FloodFilling.segment(
                ArrayImgs.floats(10, 10, 10),
                labels,
                model(FakePredictor.ofIntensities(5, 2)),
                points(6, 6, 6),
                SMALL,
                job));
  }

  @Test
  void cancelledFillingEndsAtTheNextLook() {
    FillingScene scene = scene(new float[40 * 40 * 40], 40, 40, 40);
    FakePredictor network =
        new FakePredictor(
            new int[] {5, 5, 5},
            new int[] {2, 2, 2},
            (v, centre, mask) -> {
              job.cancel();
              return 4;
            });
    assertThrows(
        CancellationException.class, () -> fill(scene, network, points(20, 20, 20), SMALL));
    assertEquals(1, network.calls.get());
  }

  private static List<VoxelPosition> starts(FillingResult result) {
    return result.objects().stream().map(FilledObject::start).toList();
  }

  private static FillingScene scene(float[] image, int width, int height, int depth) {
    return FillingScene.read(
        ArrayImgs.floats(image, width, height, depth),
        FinalInterval.createMinSize(0, 0, 0, width, height, depth),
        0,
        1);
  }

  private FillingResult fill(
      FillingScene scene, MaskPredictor network, SeedPolicy seeds, FillingOptions options) {
    return FloodFilling.fill(
        scene,
        network,
        seeds,
        options,
        FillingListener.NONE,
        job.stage("Test", scene.voxels(), "voxels"),
        job);
  }

  @Test
  void oneMaskGrowsWithoutPaintingAndCountsWhatItTakesBack() {
    float[] image = slabs(21, 13, 13);
    FillingScene scene =
        FillingScene.read(ArrayImgs.floats(image, 21, 13, 13), new FinalInterval(21, 13, 13), 0, 1);
    GrownMask mask =
        FloodFilling.grow(
            scene, scene.voxel(6, 6, 6), FakePredictor.ofIntensities(5, 2), SMALL, job);
    for (int i = 0; i < image.length; i++) {
      assertEquals(image[i] == 1, mask.holds(i, 0.5), "voxel " + i);
      assertEquals(0, scene.labels()[i]);
    }
    assertTrue(mask.looks().stream().allMatch(look -> look.deleted() == 0));
    assertEquals(scene.voxel(6, 6, 6), mask.looks().get(0).voxel());
    // Off the middle row, what was likely is unlikely when it is seen again.
    FakePredictor unsure =
        new FakePredictor(
            new int[] {5, 5, 5},
            new int[] {2, 2, 2},
            (value, centre, before) -> value == centre ? 4 : before > 1 ? -1 : 2);
    for (int i = 0; i < image.length; i++) {
      image[i] = i / 21 % 13 == 6 && i / 21 / 13 == 6 ? 1 : 2;
    }
    scene =
        FillingScene.read(ArrayImgs.floats(image, 21, 13, 13), new FinalInterval(21, 13, 13), 0, 1);
    mask = FloodFilling.grow(scene, scene.voxel(6, 6, 6), unsure, SMALL, job);
    assertEquals(0, mask.looks().get(0).deleted());
    // The next field of view is 2 farther along x and sees 3 of 5 columns of 24 such voxels again.
    assertEquals(3 * 24, mask.looks().get(1).deleted());
  }
}
