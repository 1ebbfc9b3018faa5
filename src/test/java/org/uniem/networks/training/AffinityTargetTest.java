package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.training.TrainingDataOptions.Classes;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class AffinityTargetTest {

  private static final int WIDTH = 40;
  private static final int DEPTH = 5;
  private static final int SIDE = 16;

  private final Job job = Job.silent();

  @AfterEach
  void closeJob() {
    job.close();
  }

  /** Objects 0 … 4 in oblique stripes that differ from slice to slice. */
  private static int object(long x, long y, long z) {
    return (int) ((x + 2 * y + 3 * z) / 5 % 5);
  }

  private static ArrayVolume objects(String name, int factor, PixelType type) {
    return new ArrayVolume(
        name, WIDTH, WIDTH, DEPTH, 1, type, (x, y, z, c) -> factor * object(x, y, z));
  }

  private TrainingData load(String offsets, int context) {
    return TrainingData.load(
        objects("em", 50, PixelType.UINT8),
        objects("labels", 1, PixelType.UINT8),
        new TrainingDataOptions(Classes.FOREGROUND, null, context, 1, Offset.parse(offsets)),
        job);
  }

  @Test
  void idsThatRoundToOneFloatAreTwoObjects() {
    int id = 1 << 24;
    Img<UnsignedIntType> ids = ArrayImgs.unsignedInts(WIDTH, WIDTH, 1);
    ids.forEach(voxel -> voxel.set(id));
    ids.getAt(3, 0, 0).set(id + 1);
    TrainingDataOptions options =
        new TrainingDataOptions(Classes.FOREGROUND, null, 0, 1, Offset.parse("1,0,0"));
    ArrayVolume images =
        new ArrayVolume("em", WIDTH, WIDTH, 1, 1, PixelType.UINT8, (x, y, z, c) -> x);
    Volume labels = Volumes.of(ids, VoxelSize.UNKNOWN, "labels");
    TrainingData data = TrainingData.load(images, labels, options, job);
    assertEquals(id, data.objects(0)[2]);
    assertEquals(id + 1, data.objects(0)[3]);
    ids.getAt(3, 0, 0).set(1L << 31);
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> TrainingData.load(images, labels, options, job));
    assertTrue(
        e.getMessage().contains("labels has the label 2147483648 at x=3, y=0 of slice z=0"),
        e.getMessage());
  }

  /** What the image shows is the object, so the patch itself says what the target must be. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "flips", "rotations", "flips,rotations"})
  void offsetsAreThoseOfTheTurnedPatch(String augmentation) {
    TrainingData data = load("1,0,0 0,-2,0 0,0,1 3,1,-1", 1);
    int maps = data.classCount();
    assertEquals(4, maps);
    PatchSampler sampler =
        new PatchSampler(
            data,
            data.split(0),
            new SamplerOptions(SIDE, 2, 7, Augmentation.parse(augmentation), true, maps));
    int pixels = 2 * SIDE * SIDE;
    float[] image = new float[pixels * 3];
    float[] target = new float[pixels * maps];
    float[] weight = new float[pixels];
    List<Offset> offsets = data.options().offsets();
    int known = 0;
    for (int step = 0; step < 30; step++) {
      sampler.fill(step, image, target, weight);
      for (int i = 0; i < pixels; i++) {
        for (int k = 0; k < maps; k++) {
          Offset offset = offsets.get(k);
          int x = i % SIDE + offset.x();
          int y = i / SIDE % SIDE + offset.y();
          float found = target[i * maps + k];
          if (x < 0 || y < 0 || x >= SIDE || y >= SIDE) {
            assertEquals(AffinityTarget.UNKNOWN, found);
          } else if (found != AffinityTarget.UNKNOWN) {
            int j = i / (SIDE * SIDE) * SIDE * SIDE + y * SIDE + x;
            int here = shown(data, image[3 * i + 1]);
            int there = shown(data, image[3 * j + 1 + offset.z()]);
            assertEquals(here != 0 && here == there ? 1 : 0, found, "step " + step + " map " + k);
            known++;
          } else {
            assertTrue(offset.z() != 0, "only beyond the stack");
          }
        }
      }
    }
    assertTrue(known > 30 * pixels * maps / 2, known + " known");
  }

  private static int shown(TrainingData data, float value) {
    return (int) Math.round((value * data.std() + data.mean()) * 255 / 50);
  }

  @Test
  void unlabelledPixelsAreUnknownAndBackgroundBelongsToNothing() {
    // 0 0 1 1 9 1, 9 unlabelled; the image must not be blank.
    float[] row = {0, 0, 1, 1, 9, 1};
    TrainingData data =
        TrainingData.load(
            new ArrayVolume("em", 8, 8, 1, 1, PixelType.UINT8, (x, y, z, c) -> 9 * (int) x),
            new ArrayVolume(
                "labels",
                8,
                8,
                1,
                1,
                PixelType.UINT8,
                (x, y, z, c) -> x < 6 ? (int) row[(int) x] : 9),
            new TrainingDataOptions(Classes.FOREGROUND, 9, 0, 1, Offset.parse("1,0")),
            job);
    PatchSampler sampler =
        new PatchSampler(
            data, data.split(0), new SamplerOptions(8, 1, 1, Augmentation.parse("none"), false, 1));
    float[] target = new float[64];
    float[] weight = new float[64];
    sampler.fill(0, new float[64], target, weight);
    float[] first = java.util.Arrays.copyOf(target, 8);
    assertArrayEquals(new float[] {0, 0, 1, -1, -1, -1, -1, -1}, first);
    assertArrayEquals(new float[] {1, 1, 1, 1, 0, 1, 0, 0}, java.util.Arrays.copyOf(weight, 8));
  }

  @Test
  void mapsAreNumberedSoThatFoldersKeepTheirOrder() {
    assertEquals(List.of("00_9,0,0", "01_1,0,0"), load("9,0,0 1,0,0", 0).classNames());
  }

  @Test
  void objectsMayFillAllSpaceButNotBeMissing() {
    TrainingDataOptions options =
        new TrainingDataOptions(Classes.FOREGROUND, null, 0, 1, Offset.parse("1,0"));
    ArrayVolume image = new ArrayVolume("em", 8, 8, 1, 1, PixelType.UINT8, (x, y, z, c) -> (int) x);
    ArrayVolume dense =
        new ArrayVolume("dense", 8, 8, 1, 1, PixelType.UINT8, (x, y, z, c) -> 1 + (int) x / 4);
    TrainingData.load(image, dense, options, job).split(0);
    ArrayVolume none = new ArrayVolume("none", 8, 8, 1, 1, PixelType.UINT8, (x, y, z, c) -> 0);
    String message =
        assertThrows(BadInputException.class, () -> TrainingData.load(image, none, options, job))
            .getMessage();
    assertTrue(message.startsWith("Labels none have no object"), message);
  }

  @Test
  void classesCannotBeAffinities() {
    String message =
        assertThrows(
                BadParameterException.class,
                () -> new TrainingDataOptions(Classes.VALUES, null, 0, 1, Offset.parse("1,0 0,1")))
            .getMessage();
    assertTrue(message.startsWith("target=affinities needs objects, not classes"), message);
  }

  @Test
  void optionsWithoutAffinitiesReadAsThoseOfOldCheckpoints() {
    assertEquals(
        "TrainingDataOptions[classes=FOREGROUND, unlabelled=null, context=0, contextStep=1]",
        TrainingDataOptions.FOREGROUND.toString());
  }
}
