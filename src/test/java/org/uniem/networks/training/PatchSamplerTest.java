package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.uniem.networks.training.PatchData.fill;
import static org.uniem.networks.training.PatchData.foreground;
import static org.uniem.networks.training.PatchData.load;
import static org.uniem.networks.training.PatchData.sampler;
import static org.uniem.networks.training.PatchData.threeStripes;
import static org.uniem.networks.training.PatchData.values;
import static org.uniem.networks.training.PatchData.waves;
import static org.uniem.networks.training.PatchData.wavesAboveHalf;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.networks.training.PatchData.Batch;
import org.uniem.volumes.PixelType;

/** How patches are varied. */
class PatchSamplerTest {

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
}
