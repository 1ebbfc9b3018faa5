package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.training.TrainingDataOptions.Classes;
import org.uniem.volumes.PixelType;

class PatchSamplerTest {

  private final Job job = Job.silent();

  @AfterEach
  void closeJob() {
    job.close();
  }

  /** One batch. */
  private static final class Batch {
    final float[] image;
    final float[] target;
    final float[] weight;

    Batch(int batch, int size, int channels, int outputs) {
      image = new float[batch * size * size * channels];
      target = new float[batch * size * size * outputs];
      weight = new float[batch * size * size];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Batch that
          && Arrays.equals(image, that.image)
          && Arrays.equals(target, that.target)
          && Arrays.equals(weight, that.weight);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(image);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "flips", "rotations", "scale", "elastic", "flips,rotations,scale,elastic"})
  void geometryKeepsImageAndLabelInRegister(String list) {
    TrainingData data = load(waves(120, 90, 1), wavesAboveHalf(120, 90, 1), foreground(null, 0));
    Batch batch = new Batch(8, 40, 1, 1);
    PatchSampler sampler = sampler(data, 0, 40, 8, 11, list);
    int checked = 0;
    Set<Float> corners = new HashSet<>();
    for (int step = 0; step < 5; step++) {
      sampler.fill(step, batch.image, batch.target, batch.weight);
      for (int i = 0; i < batch.weight.length; i++) {
        double value = batch.image[i] * data.std() + data.mean();
        // The nearest pixel is at most 0.71 pixels away, the slope at most 0.14 per pixel.
        if (batch.weight[i] == 1 && Math.abs(value - 0.5) > 0.1) {
          assertEquals(value > 0.5 ? 1f : 0f, batch.target[i]);
          checked++;
        }
      }
      corners.add(batch.image[0]);
    }
    assertTrue(checked > 0.5 * 5 * batch.weight.length, checked + " pixels checked");
    assertEquals(5, corners.size());
  }

  @Test
  void flipsAndRotationsReachAllEightOrientations() {
    // A patch as large as the image, so that nothing but the orientation can differ.
    ArrayVolume images = ArrayVolume.bytes("em", 8, 8, 1, (x, y, z, c) -> 8 * y + x);
    TrainingData data =
        load(images, ArrayVolume.bytes("gt", 8, 8, 1, (x, y, z, c) -> x % 2), foreground(null, 0));
    assertEquals(8, orientations(data, "flips,rotations"));
    assertEquals(4, orientations(data, "flips"));
    assertEquals(4, orientations(data, "rotations"));
    assertEquals(1, orientations(data, "none"));
  }

  private static int orientations(TrainingData data, String list) {
    PatchSampler sampler = sampler(data, 0, 8, 1, 5, list);
    Batch batch = new Batch(1, 8, 1, 1);
    Set<String> seen = new HashSet<>();
    for (int step = 0; step < 100; step++) {
      sampler.fill(step, batch.image, batch.target, batch.weight);
      seen.add(Arrays.toString(batch.image));
    }
    return seen.size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"brightness", "contrast", "gamma", "brightness,contrast,gamma"})
  void intensityChangesKeepTheOrderOfPixels(String list) {
    TrainingData data = load(waves(64, 64, 1), wavesAboveHalf(64, 64, 1), foreground(null, 0));
    Batch batch = new Batch(4, 32, 1, 1);
    Batch plain = new Batch(4, 32, 1, 1);
    sampler(data, 0, 32, 4, 3, list).fill(1, batch.image, batch.target, batch.weight);
    sampler(data, 0, 32, 4, 3, "none").fill(1, plain.image, plain.target, plain.weight);
    assertArrayEquals(plain.target, batch.target);
    assertFalse(Arrays.equals(plain.image, batch.image));
    for (int slot = 0; slot < 4; slot++) {
      float lowest = Float.MAX_VALUE;
      float highest = -Float.MAX_VALUE;
      for (int i = slot * 1024; i < (slot + 1) * 1024; i++) {
        if (batch.target[i] == 1) {
          lowest = Math.min(lowest, batch.image[i]);
        } else {
          highest = Math.max(highest, batch.image[i]);
        }
      }
      assertTrue(lowest > highest, "slot " + slot);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "blur", "all"})
  void imageAndLabelStayCorrelated(String list) {
    TrainingData data = load(waves(96, 96, 3), wavesAboveHalf(96, 96, 3), foreground(null, 1));
    Batch batch = new Batch(16, 32, 3, 1);
    sampler(data, 0, 32, 16, 3, list).fill(1, batch.image, batch.target, batch.weight);
    for (int slot = 0; slot < 16; slot++) {
      double xy = 0;
      double xx = 0;
      double yy = 0;
      double mean = 0;
      for (int i = slot * 1024; i < (slot + 1) * 1024; i++) {
        mean += batch.image[3 * i + 1] / 1024;
      }
      for (int i = slot * 1024; i < (slot + 1) * 1024; i++) {
        double x = batch.image[3 * i + 1] - mean;
        double y = batch.weight[i] * (2 * batch.target[i] - 1);
        xy += x * y;
        xx += x * x;
        yy += y * y;
      }
      assertTrue(xy / Math.sqrt(xx * yy) > 0.7, "slot " + slot + " " + xy / Math.sqrt(xx * yy));
    }
  }

  @Test
  void contextSlicesMoveTogetherAndTurnRoundWithFlips() {
    // Each slice is 20 brighter than the one before; slice 1 is the only labelled one.
    ArrayVolume images = ArrayVolume.bytes("em", 64, 64, 3, (x, y, z, c) -> 20 * z + x + y);
    ArrayVolume labels = ArrayVolume.bytes("gt", 64, 64, 3, (x, y, z, c) -> z == 1 ? x % 2 : 9);
    TrainingData data = load(images, labels, foreground(9, 1));
    Batch batch = new Batch(8, 32, 3, 1);
    double step = 20 / 255.0 / data.std();
    for (String list : new String[] {"none", "flips,scale,elastic"}) {
      Set<Long> directions = new HashSet<>();
      sampler(data, 0, 32, 8, 3, list).fill(2, batch.image, batch.target, batch.weight);
      for (int i = 0; i < batch.weight.length; i++) {
        double before = batch.image[3 * i + 1] - batch.image[3 * i];
        double after = batch.image[3 * i + 2] - batch.image[3 * i + 1];
        assertEquals(step, Math.abs(before), 1e-4);
        assertEquals(before, after, 1e-4);
        directions.add(Math.round(Math.signum(before)));
      }
      assertEquals(list.equals("none") ? Set.of(1L) : Set.of(1L, -1L), directions);
    }
  }

  @Test
  void colourChannelsAreFastestWithinASlice() {
    ArrayVolume images =
        new ArrayVolume("em", 8, 8, 2, 3, PixelType.UINT8, (x, y, z, c) -> 100 * z + 10 * c + x);
    ArrayVolume labels = ArrayVolume.bytes("gt", 8, 8, 2, (x, y, z, c) -> z == 1 ? x % 2 : 9);
    TrainingData data = load(images, labels, foreground(9, 1));
    assertEquals(9, data.inputChannels());
    Batch batch = new Batch(1, 8, 9, 1);
    sampler(data, 0, 8, 1, 3, "none").fill(2, batch.image, batch.target, batch.weight);
    for (int i = 0; i < 9; i++) {
      // Slices 0, 1 and, mirrored at the end, 0 again.
      double expected = (i / 3 == 1 ? 100 : 0) + 10 * (i % 3) + 5;
      double value = (batch.image[5 * 9 + i] * data.std() + data.mean()) * 255;
      assertEquals(expected, value, 1e-3);
    }
  }

  @Test
  void batchDependsOnSeedStepAndSlotAlone() {
    TrainingData data = load(waves(96, 96, 2), wavesAboveHalf(96, 96, 2), foreground(null, 1));
    Batch[] expected = new Batch[12];
    PatchSampler first = sampler(data, 0.3, 24, 2, 8, "all");
    for (int step = 0; step < 12; step++) {
      expected[step] = new Batch(2, 24, 3, 1);
      fill(first, step, expected[step]);
    }
    // Another sampler, backwards and from several threads.
    PatchSampler second = sampler(data, 0.3, 24, 2, 8, "all");
    IntStream.range(0, 120)
        .parallel()
        .forEach(
            i -> {
              Batch batch = new Batch(2, 24, 3, 1);
              fill(second, 11 - i % 12, batch);
              assertEquals(expected[11 - i % 12], batch);
            });
    Batch other = new Batch(2, 24, 3, 1);
    fill(sampler(data, 0.3, 24, 2, 9, "all"), 0, other);
    assertFalse(expected[0].equals(other));
    Set<Float> pixels = new HashSet<>();
    for (Batch batch : expected) {
      pixels.add(batch.image[0]);
      pixels.add(batch.image[batch.image.length / 2]);
    }
    assertEquals(24, pixels.size());
    // A slot does not depend on how many there are.
    Batch larger = new Batch(3, 24, 3, 1);
    fill(sampler(data, 0.3, 24, 3, 8, "all"), 4, larger);
    assertArrayEquals(expected[4].image, Arrays.copyOf(larger.image, expected[4].image.length));
  }

  @Test
  void usedArraysAreOverwritten() {
    TrainingData data = load(waves(64, 64, 1), threeStripes(64), values(7));
    PatchSampler sampler = sampler(data, 0, 32, 2, 1, "all");
    Batch used = new Batch(2, 32, 1, 3);
    Arrays.fill(used.image, Float.NaN);
    Arrays.fill(used.target, Float.NaN);
    Arrays.fill(used.weight, Float.NaN);
    Batch fresh = new Batch(2, 32, 1, 3);
    fill(sampler, 7, used);
    fill(sampler, 7, fresh);
    assertEquals(fresh, used);
  }

  @Test
  void unlabelledPixelsHaveNoWeightAndNoTarget() {
    // The image tells the label: 0 unlabelled, 1 background, 2 foreground.
    ArrayVolume images = ArrayVolume.bytes("em", 48, 48, 1, (x, y, z, c) -> 100 * (x / 3 % 3));
    ArrayVolume labels = ArrayVolume.bytes("gt", 48, 48, 1, (x, y, z, c) -> (x / 3 % 3 + 8) % 9);
    // 8 is unlabelled, 0 background, 1 foreground.
    TrainingData data = load(images, labels, foreground(8, 0));
    Batch batch = new Batch(4, 16, 1, 1);
    sampler(data, 0, 16, 4, 1, "flips,rotations").fill(0, batch.image, batch.target, batch.weight);
    for (int i = 0; i < batch.weight.length; i++) {
      long value = Math.round((batch.image[i] * data.std() + data.mean()) * 2.55);
      assertEquals(value == 0 ? 0f : 1f, batch.weight[i]);
      assertEquals(value == 2 ? 1f : 0f, batch.target[i]);
    }
  }

  @Test
  void severalClassesAreOneHot() {
    TrainingData data = load(waves(64, 64, 1), threeStripes(64), values(7));
    Batch batch = new Batch(8, 32, 1, 3);
    sampler(data, 0, 32, 8, 1, "all").fill(0, batch.image, batch.target, batch.weight);
    float[] totals = new float[3];
    for (int i = 0; i < batch.weight.length; i++) {
      float sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += batch.target[3 * i + k];
        totals[k] += batch.target[3 * i + k];
      }
      assertEquals(batch.weight[i], sum);
    }
    assertTrue(totals[0] > 0 && totals[1] > 0 && totals[2] > 0, Arrays.toString(totals));
  }

  @Test
  void rareClassIsSeenInHalfOfThePatches() {
    // 16 foreground pixels in 256².
    ArrayVolume labels =
        ArrayVolume.bytes("gt", 256, 256, 1, (x, y, z, c) -> x / 4 == 25 && y / 4 == 40 ? 1 : 0);
    TrainingData data = load(waves(256, 256, 1), labels, foreground(null, 0));
    // Half of the patches draw a class, half of those the foreground; by chance about 2 % more.
    assertEquals(0.26, shareWithForeground(data, true), 0.06);
    assertEquals(0.02, shareWithForeground(data, false), 0.02);
  }

  private static double shareWithForeground(TrainingData data, boolean balance) {
    SamplerOptions options = new SamplerOptions(32, 1, 1, Augmentation.NONE, balance, 1);
    PatchSampler sampler = new PatchSampler(data, data.split(0), options);
    Batch batch = new Batch(1, 32, 1, 1);
    int seen = 0;
    for (int step = 0; step < 600; step++) {
      sampler.fill(step, batch.image, batch.target, batch.weight);
      seen += sum(batch.target) > 0 ? 1 : 0;
    }
    return seen / 600.0;
  }

  @Test
  void everyPatchSeesALabelledPixel() {
    // Two pixels in all.
    ArrayVolume labels =
        ArrayVolume.bytes(
            "gt", 200, 200, 3, (x, y, z, c) -> z == 1 && y == 3 && x / 2 == 98 ? x % 2 : 9);
    TrainingData data = load(waves(200, 200, 3), labels, foreground(9, 1));
    for (boolean balance : new boolean[] {true, false}) {
      SamplerOptions options = new SamplerOptions(32, 2, 1, Augmentation.ALL, balance, 1);
      PatchSampler sampler = new PatchSampler(data, data.split(0), options);
      Batch batch = new Batch(2, 32, 3, 1);
      for (int step = 0; step < 100; step++) {
        fill(sampler, step, batch);
        assertTrue(sum(Arrays.copyOf(batch.weight, 1024)) > 0, "step " + step);
        assertTrue(sum(Arrays.copyOfRange(batch.weight, 1024, 2048)) > 0, "step " + step);
      }
    }
  }

  @Test
  void trainingPatchesSeeNothingOfTheValidationStrip() {
    // The strip, and it alone, is white and foreground in every second row.
    ArrayVolume images =
        ArrayVolume.bytes("em", 256, 64, 2, (x, y, z, c) -> x >= 192 ? 255 : (x + y) % 100);
    ArrayVolume labels = ArrayVolume.bytes("gt", 256, 64, 2, (x, y, z, c) -> y % 2);
    TrainingData data = load(images, labels, foreground(null, 1));
    Split split = data.split(0.25);
    assertEquals(new Split.Region(0, 192, 0, 64, 64), split.validation().get(0));
    PatchSampler sampler = sampler(data, 0.25, 96, 4, 1, "flips,rotations,scale,elastic");
    Batch batch = new Batch(4, 96, 3, 1);
    for (int step = 0; step < 20; step++) {
      fill(sampler, step, batch);
      for (float value : batch.image) {
        assertTrue((value * data.std() + data.mean()) * 255 < 99.5);
      }
    }
  }

  @Test
  void validationTilesCountEachLabelledPixelOnce() {
    for (double fraction : new double[] {0.3, 0.5}) {
      for (int depth : new int[] {2, 6}) {
        ArrayVolume images =
            ArrayVolume.bytes("em", 230, 150, depth, (x, y, z, c) -> (31 * x + 17 * y + z) % 256);
        ArrayVolume labels =
            ArrayVolume.bytes(
                "gt",
                230,
                150,
                depth,
                (x, y, z, c) -> (x + y) % 5 == 0 ? 9 : (31 * x + 17 * y + z) % 256 > 99 ? 1 : 0);
        TrainingData data = load(images, labels, foreground(9, 0));
        PatchSampler sampler = sampler(data, fraction, 64, 4, 1, "all");
        Batch batch = new Batch(1, 64, 1, 1);
        double weight = 0;
        for (int tile = 0; tile < sampler.validationCount(); tile++) {
          sampler.fillValidation(tile, batch.image, batch.target, batch.weight);
          weight += sum(batch.weight);
          for (int i = 0; i < batch.weight.length; i++) {
            double value = (batch.image[i] * data.std() + data.mean()) * 255;
            assertEquals(batch.weight[i] == 1 && value > 99.5 ? 1f : 0f, batch.target[i]);
          }
        }
        long expected = 0;
        for (Split.Region region : data.split(fraction).validation()) {
          for (int y = region.y(); y < region.y() + region.height(); y++) {
            for (int x = region.x(); x < region.x() + region.width(); x++) {
              expected += (x + y) % 5 == 0 ? 0 : 1;
            }
          }
        }
        assertEquals(expected, weight);
      }
    }
  }

  @Test
  void imageSmallerThanThePatchIsMirroredAndUnlabelledThere() {
    ArrayVolume images = ArrayVolume.bytes("em", 5, 20, 1, (x, y, z, c) -> 10 * x);
    ArrayVolume labels = ArrayVolume.bytes("gt", 5, 20, 1, (x, y, z, c) -> x % 2);
    TrainingData data = load(images, labels, foreground(null, 0));
    Batch batch = new Batch(1, 8, 1, 1);
    sampler(data, 0, 8, 1, 1, "none").fill(0, batch.image, batch.target, batch.weight);
    // The window begins at x = −1.
    int[] expected = {10, 0, 10, 20, 30, 40, 30, 20};
    for (int x = 0; x < 8; x++) {
      assertEquals(expected[x], (batch.image[x] * data.std() + data.mean()) * 255, 1e-3, "x=" + x);
      assertEquals(x >= 1 && x <= 5 ? 1f : 0f, batch.weight[x]);
    }
    assertArrayEquals(new float[] {0, 0, 1, 0, 1, 0, 0, 0}, Arrays.copyOf(batch.target, 8));
  }

  @Test
  void wrongOptionsAndArraysAreRefused() {
    TrainingData data = load(waves(64, 64, 1), wavesAboveHalf(64, 64, 1), foreground(null, 0));
    Augmentation none = Augmentation.NONE;
    assertThrows(
        BadParameterException.class,
        () -> new PatchSampler(data, data.split(0), new SamplerOptions(8, 1, 1, none, true, 3)));
    assertThrows(BadParameterException.class, () -> new SamplerOptions(7, 1, 1, none, true, 1));
    assertThrows(BadParameterException.class, () -> new SamplerOptions(8, 0, 1, none, true, 1));
    PatchSampler sampler = sampler(data, 0, 8, 1, 1, "none");
    assertEquals(0, sampler.validationCount());
    assertThrows(
        IllegalArgumentException.class,
        () -> sampler.fill(0, new float[65], new float[64], new float[64]));
  }

  private static void fill(PatchSampler sampler, long step, Batch batch) {
    sampler.fill(step, batch.image, batch.target, batch.weight);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static PatchSampler sampler(
      TrainingData data, double validation, int size, int batch, long seed, String augmentation) {
    return new PatchSampler(
        data,
        data.split(validation),
        new SamplerOptions(
            size, batch, seed, Augmentation.parse(augmentation), true, data.classCount()));
  }

  private TrainingData load(ArrayVolume images, ArrayVolume labels, TrainingDataOptions options) {
    return TrainingData.load(images, labels, options, job);
  }

  private static TrainingDataOptions foreground(Integer unlabelled, int context) {
    return new TrainingDataOptions(Classes.FOREGROUND, unlabelled, context, 1);
  }

  private static TrainingDataOptions values(Integer unlabelled) {
    return new TrainingDataOptions(Classes.VALUES, unlabelled, 0, 1);
  }

  private static double wave(int x, int y, int z) {
    return 0.5 + 0.25 * Math.sin(x / 4.1 + z) + 0.25 * Math.sin(y / 5.3 + x / 19.0);
  }

  private static ArrayVolume waves(int width, int height, int depth) {
    return new ArrayVolume(
        "em",
        width,
        height,
        depth,
        1,
        PixelType.UINT16,
        (x, y, z, c) -> Math.round(65535 * wave(x, y, z)));
  }

  private static ArrayVolume wavesAboveHalf(int width, int height, int depth) {
    return ArrayVolume.bytes(
        "gt",
        width,
        height,
        depth,
        (x, y, z, c) -> Math.round(65535 * wave(x, y, z)) > 32767 ? 1 : 0);
  }

  private static ArrayVolume threeStripes(int size) {
    return ArrayVolume.bytes("gt", size, size, 1, (x, y, z, c) -> y % 7 == 0 ? 7 : x / 8 % 3);
  }
}
