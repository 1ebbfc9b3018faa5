package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.uniem.networks.training.PatchData.fill;
import static org.uniem.networks.training.PatchData.foreground;
import static org.uniem.networks.training.PatchData.load;
import static org.uniem.networks.training.PatchData.sampler;
import static org.uniem.networks.training.PatchData.sum;
import static org.uniem.networks.training.PatchData.threeStripes;
import static org.uniem.networks.training.PatchData.values;
import static org.uniem.networks.training.PatchData.waves;
import static org.uniem.networks.training.PatchData.wavesAboveHalf;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;
import org.uniem.networks.training.PatchData.Batch;

/** Which patches are chosen, and what of them counts. */
class PatchChoiceTest {

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
}
