package org.uniem.networks.floodfilling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.inference.TensorFlowNetwork;

class FloodFillingNetworkTest {

  private static final int X = 7;
  private static final int Y = 5;
  private static final int Z = 3;
  private static final int BOX = X * Y * Z;

  private final TensorFlowRuntime runtime = new TensorFlowRuntime("cpu", 1);

  @TempDir Path folder;

  /** The layers once more, as plain loops over channels and voxels. */
  private static float[] oracle(
      int depth, int features, Weights weights, float[] image, float[] mask) {
    float[][] x = convolve(new float[][] {image, mask}, weights, "conv0_a", 3, features);
    x = convolve(relu(x), weights, "conv0_b", 3, features);
    for (int module = 1; module < depth; module++) {
      float[][] y = convolve(relu(x), weights, "conv" + module + "_a", 3, features);
      y = convolve(relu(y), weights, "conv" + module + "_b", 3, features);
      for (int c = 0; c < features; c++) {
        for (int i = 0; i < BOX; i++) {
          x[c][i] += y[c][i];
        }
      }
    }
    float[] change = convolve(relu(x), weights, "update", 1, 1)[0];
    for (int i = 0; i < BOX; i++) {
      change[i] += mask[i];
    }
    return change;
  }

  private static float[][] relu(float[][] x) {
    float[][] y = new float[x.length][BOX];
    for (int c = 0; c < x.length; c++) {
      for (int i = 0; i < BOX; i++) {
        y[c][i] = Math.max(0, x[c][i]);
      }
    }
    return y;
  }

  private static float[][] convolve(
      float[][] in, Weights weights, String name, int side, int outputs) {
    float[] kernel = weights.get(name + "/kernel").values();
    float[][] out = new float[outputs][BOX];
    int reach = side / 2;
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < BOX; i++) {
        double sum = weights.get(name + "/bias").values()[o];
        for (int dz = -reach; dz <= reach; dz++) {
          for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
              int x = i % X + dx;
              int y = i / X % Y + dy;
              int z = i / X / Y + dz;
              if (x < 0 || y < 0 || z < 0 || x >= X || y >= Y || z >= Z) {
                continue;
              }
              int tap = ((dz + reach) * side + dy + reach) * side + dx + reach;
              for (int c = 0; c < in.length; c++) {
                sum += kernel[(tap * in.length + c) * outputs + o] * in[c][(z * Y + y) * X + x];
              }
            }
          }
        }
        out[o][i] = (float) sum;
      }
    }
    return out;
  }

  @Test
  void networkIsWhatThePaperDescribes() {
    Random random = new Random(5);
    for (int[] size : new int[][] {{1, 1}, {2, 3}, {4, 2}}) {
      Weights weights = TinyNetworks.random(size[0], size[1], 3);
      float[] image = TinyNetworks.values(BOX, 1, random);
      float[] mask = TinyNetworks.values(BOX, 1, random);
      try (FloodFillingNetwork network =
          new FloodFillingNetwork(TinyNetworks.description(size[0], size[1]), weights, runtime)) {
        assertArrayEquals(new int[] {X, Y, Z}, network.fieldOfView());
        assertArrayEquals(new int[] {3, 2, 1}, network.deltas());
        assertArrayEquals(
            oracle(size[0], size[1], weights, image, mask),
            network.predict(image, mask, 1),
            1e-4f,
            Arrays.toString(size));
      }
    }
  }

  @Test
  void resultsDoNotDependOnTheBatchToTheBit() {
    Random random = new Random(6);
    Weights weights = TinyNetworks.random(3, 8, 4);
    float[] images = TinyNetworks.values(4 * BOX, 1, random);
    float[] masks = TinyNetworks.values(4 * BOX, 1, random);
    try (FloodFillingNetwork network =
        new FloodFillingNetwork(TinyNetworks.description(3, 8), weights, runtime)) {
      float[] together = network.predict(images, masks, 4);
      assertEquals(4 * BOX, together.length);
      for (int i = 0; i < 4; i++) {
        int from = i * BOX;
        int to = from + BOX;
        assertArrayEquals(
            network.predict(
                Arrays.copyOfRange(images, from, to), Arrays.copyOfRange(masks, from, to), 1),
            Arrays.copyOfRange(together, from, to));
      }
    }
  }

  @Test
  void severalThreadsShareOneNetwork() throws Exception {
    Random random = new Random(7);
    float[] image = TinyNetworks.values(BOX, 1, random);
    float[] mask = TinyNetworks.values(BOX, 1, random);
    try (FloodFillingNetwork network =
        new FloodFillingNetwork(
            TinyNetworks.description(2, 4), TinyNetworks.random(2, 4, 1), runtime)) {
      float[] expected = network.predict(image, mask, 1);
      List<FutureTask<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        FutureTask<float[]> call = new FutureTask<>(() -> network.predict(image, mask, 1));
        calls.add(call);
        new Thread(call).start();
      }
      for (FutureTask<float[]> call : calls) {
        assertArrayEquals(expected, call.get());
      }
    }
  }

  @Test
  void valuesThatAreNotNumbersAreRefused() {
    try (FloodFillingNetwork network =
        new FloodFillingNetwork(
            TinyNetworks.description(1, 2), TinyNetworks.random(1, 2, 1), runtime)) {
      float[] mask = new float[BOX];
      mask[3] = Float.NaN;
      String message =
          assertThrows(BadInputException.class, () -> network.predict(new float[BOX], mask, 1))
              .getMessage();
      assertTrue(message.contains("Model \"tiny\" gives values that are not numbers"), message);
    }
  }

  @Test
  void modelSurvivesItsFolder() {
    ModelDescription description = TinyNetworks.description(2, 3);
    Weights weights = TinyNetworks.random(2, 3, 2);
    ModelFolder.save(folder, description, weights);
    ModelFolder read = ModelFolder.open(folder);
    assertEquals(description.floodFilling(), read.description().floodFilling());
    assertEquals(description.normalisation(), read.description().normalisation());
    assertEquals(weights, read.weights());
    new FloodFillingNetwork(read, runtime).close();
  }

  @Test
  void weightsOfAnotherSizeAreRefused() {
    String message =
        assertThrows(
                BadInputException.class,
                () ->
                    new FloodFillingNetwork(
                        TinyNetworks.description(2, 3), TinyNetworks.random(2, 4, 2), runtime))
            .getMessage();
    assertTrue(message.contains("conv0_a/kernel has shape [3, 3, 3, 2, 4]"), message);
    message =
        assertThrows(
                BadInputException.class,
                () ->
                    new FloodFillingNetwork(
                        TinyNetworks.description(3, 3), TinyNetworks.random(2, 3, 2), runtime))
            .getMessage();
    assertTrue(message.contains("no tensor \"conv2_a/kernel\""), message);
  }

  @Test
  void mapsAndObjectsAreNotMixedUp() {
    ModelFolder.save(folder, TinyNetworks.description(1, 1), TinyNetworks.random(1, 1, 2));
    ModelFolder model = ModelFolder.open(folder);
    String message =
        assertThrows(BadInputException.class, () -> new TensorFlowNetwork(model, runtime))
            .getMessage();
    assertTrue(message.contains("predicts no maps: give it to ffn-segment"), message);
    ModelDescription maps = ModelDescription.builder("maps", "tiny").build();
    message =
        assertThrows(
                BadInputException.class,
                () -> new FloodFillingNetwork(maps, new Weights(Map.of()), runtime))
            .getMessage();
    assertTrue(message.contains("is no flood-filling network: give one made by"), message);
  }

  @Test
  void impossibleSettingsAreRefused() {
    Map<String, Runnable> wrong = new LinkedHashMap<>();
    wrong.put(
        "fieldOfView is [8, 5, 3]",
        () -> FloodFillingSettings.of(List.of(8, 5, 3), List.of(1, 1, 1)));
    wrong.put(
        "three whole numbers", () -> FloodFillingSettings.of(List.of(5, 3), List.of(1, 1, 1)));
    wrong.put(
        "deltas are [4, 1, 1]", () -> FloodFillingSettings.of(List.of(7, 5, 3), List.of(4, 1, 1)));
    wrong.put(
        "deltas are [0, 1, 1]", () -> FloodFillingSettings.of(List.of(7, 5, 3), List.of(0, 1, 1)));
    List<Integer> field = List.of(7, 5, 3);
    List<Integer> one = List.of(1, 1, 1);
    wrong.put(
        "padProbability is 0.0", () -> new FloodFillingSettings(field, one, 0, .95, .9, .6, null));
    wrong.put(
        "segmentThreshold is 1.0",
        () -> new FloodFillingSettings(field, one, .05, .95, .9, 1, null));
    wrong.put(
        "no object would start", () -> new FloodFillingSettings(field, one, .05, .8, .9, .6, null));
    wrong.forEach(
        (words, action) -> {
          String message = assertThrows(BadInputException.class, action::run).getMessage();
          assertTrue(message.contains(words), message);
        });
  }
}
