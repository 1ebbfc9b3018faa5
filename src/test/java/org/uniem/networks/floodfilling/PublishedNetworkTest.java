package org.uniem.networks.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Normalisation;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.checkpoints.CheckpointFile;
import org.uniem.networks.checkpoints.TensorFlowCheckpoint;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

class PublishedNetworkTest {

  private static final Path DATA = Path.of("../shared/data");
  private static final int SIDE = 33;
  private static final int BOX = SIDE * SIDE * SIDE;
  private static final float PAD = logit(0.05);

  @TempDir Path folder;

  private static float logit(double probability) {
    return (float) Math.log(probability / (1 - probability));
  }

  /** A checkpoint of depth 2 with 3 features under the names that a function gives. */
  private Path checkpoint(UnaryOperator<String> naming, String... without) throws Exception {
    Map<String, Weights.Tensor> tensors = new HashMap<>();
    TinyNetworks.random(2, 3, 8)
        .asMap()
        .forEach((name, tensor) -> tensors.put(naming.apply(name), tensor));
    Arrays.asList(without).forEach(tensors::remove);
    Path prefix = folder.resolve("model.ckpt-12");
    CheckpointFile.write(prefix, tensors);
    return prefix;
  }

  private static String first(String name) {
    return "seed_update/"
        + name.replace("update", "conv_lom").replace("kernel", "weights").replace("bias", "biases");
  }

  private Weights imported(Path prefix) {
    PublishedNetwork network = new PublishedNetwork(TensorFlowCheckpoint.open(prefix), 0);
    assertEquals(2, network.depth());
    assertEquals(3, network.features());
    Path model = folder.resolve("model");
    network.save(
        model,
        FloodFillingSettings.of(List.of(7, 5, 3), List.of(3, 2, 1)),
        Normalisation.intensity(128, 33));
    return ModelFolder.open(model).weights();
  }

  @Test
  void bothNamingsAreUnderstood() throws Exception {
    Weights expected = TinyNetworks.random(2, 3, 8);
    assertEquals(expected, imported(checkpoint(PublishedNetworkTest::first)));
    assertEquals(
        expected,
        imported(checkpoint(name -> "seed_update/" + name.replace("update", "conv_lom"))));
    assertEquals(
        expected,
        imported(
            checkpoint(
                name ->
                    "model/"
                        + name.replace("update", "conv_lom")
                        + "/.ATTRIBUTES/VARIABLE_VALUE")));
  }

  private void assertRefused(Path prefix, int depth, String... words) {
    String message =
        assertThrows(
                BadInputException.class,
                () -> new PublishedNetwork(TensorFlowCheckpoint.open(prefix), depth))
            .getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  void otherDepthIsRefused() throws Exception {
    assertRefused(checkpoint(PublishedNetworkTest::first), 9, "depth 2, not 9", "Give depth=2");
  }

  @Test
  void shapesThatDoNotFitAreNamed() throws Exception {
    assertRefused(
        checkpoint(PublishedNetworkTest::first, "seed_update/conv1_b/biases"),
        0,
        "its variable conv1_b/bias is missing, expected [3]");
    assertRefused(
        checkpoint(PublishedNetworkTest::first, "seed_update/conv_lom/weights"),
        0,
        "its variable update/kernel is missing, expected [1, 1, 1, 3, 1]");
    CheckpointFile.write(
        folder.resolve("flat"),
        Map.of("conv0_a/weights", new Weights.Tensor(new int[] {1, 2}, new float[2])));
    assertRefused(folder.resolve("flat"), 0, "conv0_a/weights has shape [1, 2]");
    CheckpointFile.write(
        folder.resolve("other"), Map.of("dense", new Weights.Tensor(new int[] {1}, new float[1])));
    assertRefused(folder.resolve("other"), 0, "holds no flood-filling network");
  }

  @Test
  void twoNetworksInOneCheckpointAreRefused() throws Exception {
    float[] value = new float[54];
    Weights.Tensor tensor = new Weights.Tensor(new int[] {3, 3, 3, 2, 1}, value);
    CheckpointFile.write(
        folder.resolve("two"), Map.of("a/conv0_a/weights", tensor, "b/conv0_a/kernel", tensor));
    assertRefused(folder.resolve("two"), 0, "holds two networks");
  }

  /**
   * Logits of the authors' network for single fields of view, as algorithms of their own gave them:
   * centre z, y, x; lowest; highest, which is in the centre; mean; voxels from p = 0.6 and 0.9 on;
   * values at z−8, z+8, y−8, y+8, x−8 and x+8.
   */
  @Test
  void publishedNetworkGivesItsPublishedLogits() {
    assumeTrue(Files.exists(DATA), "skipped: ../shared/data not present");
    PublishedNetwork published =
        new PublishedNetwork(TensorFlowCheckpoint.open(DATA.resolve("ffn_fib25_model")), 12);
    Path model = folder.resolve("fib25");
    published.save(
        model,
        FloodFillingSettings.of(List.of(SIDE, SIDE, SIDE), List.of(8, 8, 8)),
        Normalisation.intensity(128, 33));
    try (Volume volume = Volumes.open(DATA.resolve("fib25/raw.tif"));
        FloodFillingNetwork network =
            new FloodFillingNetwork(ModelFolder.open(model), new TensorFlowRuntime("cpu", 2))) {
      check(
          network,
          box(volume, 16, 24, 204),
          new double[] {-3.9386, 4.1550, -1.2420, 6125, 940},
          new double[] {-1.0089, -2.5813, -.0912, -2.2742, -2.2133, -1.4295});
      check(
          network,
          box(volume, 16, 19, 228),
          new double[] {-3.9255, 5.4296, -.7303, 12813, 11702},
          new double[] {-2.0899, -.6098, 3.0204, 3.4022, 2.8852, 3.1898});
      check(
          network,
          box(volume, 125, 125, 125),
          new double[] {-3.2296, 5.7113, 2.8599, 34948, 34744},
          new double[] {2.9411, 2.9304, 2.9465, 2.9457, 2.8983, 2.9660});
      check(
          network,
          new float[BOX],
          new double[] {2.0702, 5.3674, 2.9156, 35937, 35934},
          new double[] {2.9320, 2.9280, 2.8405, 2.7313, 2.8200, 2.9096});
    }
  }

  private static float[] box(Volume volume, int z0, int y0, int x0) {
    int width = (int) volume.width();
    float[] box = new float[BOX];
    float[] slice = new float[width * (int) volume.height()];
    int reach = SIDE / 2;
    for (int z = 0; z < SIDE; z++) {
      volume.readSlice(z0 - reach + z, 0, slice);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          float pixel = slice[(y0 - reach + y) * width + x0 - reach + x];
          box[(z * SIDE + y) * SIDE + x] = (pixel - 128) / 33;
        }
      }
    }
    return box;
  }

  private static void check(
      FloodFillingNetwork network, float[] box, double[] summary, double[] faces) {
    float[] mask = new float[BOX];
    Arrays.fill(mask, PAD);
    int centre = BOX / 2;
    mask[centre] = logit(0.95);
    float[] logits = network.predict(box, mask, 1);
    double sum = 0;
    float min = Float.MAX_VALUE;
    float max = -Float.MAX_VALUE;
    int likely = 0;
    int sure = 0;
    for (float value : logits) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      likely += value >= logit(0.6) ? 1 : 0;
      sure += value >= logit(0.9) ? 1 : 0;
    }
    assertEquals(summary[0], min, 1e-3);
    assertEquals(summary[1], max, 1e-3);
    assertEquals(max, logits[centre]);
    assertEquals(summary[2], sum / BOX, 1e-3);
    assertEquals(summary[3], likely, 2);
    assertEquals(summary[4], sure, 2);
    int[] steps = {-8 * SIDE * SIDE, 8 * SIDE * SIDE, -8 * SIDE, 8 * SIDE, -8, 8};
    for (int i = 0; i < steps.length; i++) {
      assertEquals(faces[i], logits[centre + steps[i]], 1e-3);
    }
  }
}
