package org.uniem.commands.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.Refusal;
import org.uniem.commands.TestStacks;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Normalisation;
import org.uniem.networks.Weights;
import org.uniem.networks.checkpoints.CheckpointFile;
import org.uniem.volumes.PixelType;

class FfnImportTest {

  @TempDir Path folder;
  private Path checkpoint;
  private Path model;

  @BeforeEach
  void writeCheckpoint() throws Exception {
    checkpoint = folder.resolve("model.ckpt-5");
    model = folder.resolve("model");
    Map<String, Weights.Tensor> tensors = new HashMap<>();
    tensors.put("seed_update/conv0_a/weights", zeros(3, 3, 3, 2, 4));
    tensors.put("seed_update/conv0_a/biases", zeros(4));
    tensors.put("seed_update/conv0_b/weights", zeros(3, 3, 3, 4, 4));
    tensors.put("seed_update/conv0_b/biases", zeros(4));
    tensors.put("seed_update/conv_lom/weights", zeros(1, 1, 1, 4, 1));
    tensors.put("seed_update/conv_lom/biases", zeros(1));
    tensors.put("global_step", zeros());
    CheckpointFile.write(checkpoint, tensors);
  }

  private static Weights.Tensor zeros(int... shape) {
    return new Weights.Tensor(shape, new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
  }

  @Test
  void checkpointBecomesAModelWithAllItsSettings() {
    CommandLineRun run =
        CommandLineRun.of(
            "ffn-import",
            "checkpoint=" + checkpoint,
            "model=" + model,
            "fov=9,7,5",
            "deltas=2",
            "mean=100.5",
            "stddev=20",
            "padProbability=0.5",
            "moveThreshold=0.6");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("depth 1 with 4 features from model.ckpt-5"), run.err());
    ModelDescription description = ModelFolder.open(model).description();
    assertEquals(
        new FloodFillingSettings(List.of(9, 7, 5), List.of(2, 2, 2), 0.5, 0.95, 0.6, 0.6, null),
        description.floodFilling());
    assertEquals(Normalisation.intensity(100.5, 20), description.normalisation());
    assertTrue(Files.exists(model.resolve("provenance.json")));
  }

  private void assertRefused(String argument, String... words) throws Exception {
    Refusal.check(
        folder,
        List.of(words),
        "ffn-import",
        "checkpoint=" + checkpoint,
        "model=" + model,
        argument);
  }

  @Test
  void wrongParametersAreRefused() throws Exception {
    assertRefused("fov=32", "fieldOfView is [32, 32, 32]", "expected odd numbers");
    assertRefused("fov=9,9", "fov=9,9 is not understood: give three whole numbers x,y,z");
    assertRefused("deltas=17", "deltas are [17, 17, 17]", "half the fieldOfView [33, 33, 33]");
    assertRefused("stddev=0", "std 0.0", "std above 0");
    assertRefused("depth=9", "holds a network of depth 1, not 9", "Give depth=1");
    assertRefused("seedProbability=0.5", "no object would start");
  }

  @Test
  void damagedCheckpointsAreRefused() throws Exception {
    Path data = folder.resolve("model.ckpt-5.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused("depth=1", data + ": tensor ", "truncated", "copy it again");
    checkpoint = folder.resolve("nothing");
    assertRefused("depth=1", "Cannot read checkpoint=" + checkpoint, "no such file");
  }

  @Test
  void predictAndExportRefuseAModelThatGrowsObjects() throws Exception {
    CommandLineRun run =
        CommandLineRun.of("ffn-import", "checkpoint=" + checkpoint, "model=" + model);
    assertEquals(0, run.status(), run.err());
    Path images =
        TestStacks.write(folder.resolve("i.tif"), PixelType.UINT8, 20, new float[20 * 20]);
    List<String> words = List.of("Model \"model\" is a flood-filling network", "to ffn-segment.");
    String result = "output=" + folder.resolve("result");
    Refusal.check(folder, words, "predict", "images=" + images, "model=" + model, result);
    Refusal.check(folder, words, "export-model", "model=" + model, result);
  }
}
