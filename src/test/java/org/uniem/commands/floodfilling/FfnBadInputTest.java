package org.uniem.commands.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.Refusal;
import org.uniem.commands.TestStacks;
import org.uniem.networks.Safetensors;
import org.uniem.networks.Weights;
import org.uniem.volumes.PixelType;

/** Volumes, settings and checkpoints that cannot train a flood-filling network. */
class FfnBadInputTest {

  private static final int SIDE = 20;

  @TempDir Path folder;
  private Path images;
  private Path labels;
  private Path model;

  @BeforeEach
  void writeVolumes() {
    images = stack("i.tif", SIDE, SIDE, false);
    labels = stack("l.tif", SIDE, SIDE, true);
    model = folder.resolve("model");
  }

  /** Two slabs and a wall of 0 between them, or a noisy picture of them. */
  private Path stack(String name, int side, int depth, boolean objects) {
    Random random = new Random(1);
    float[][] slices = new float[depth][side * side];
    for (float[] slice : slices) {
      for (int i = 0; i < slice.length; i++) {
        int x = i % side;
        int object = x < side / 2 - 1 ? 1 : x > side / 2 ? 2 : 0;
        slice[i] = objects ? object : 60 * (object + 1) + random.nextInt(20);
      }
    }
    return TestStacks.write(folder.resolve(name), PixelType.UINT8, side, slices);
  }

  private String[] train(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "ffn-train",
                "images=" + images,
                "labels=" + labels,
                "model=" + model,
                "fov=5",
                "deltas=1",
                "depth=1",
                "features=2",
                "minObjectVoxels=100",
                "steps=2",
                "device=cpu"));
    for (String argument : more) {
      String name = argument.substring(0, argument.indexOf('=') + 1);
      args.removeIf(given -> given.startsWith(name));
      args.add(argument);
    }
    return args.toArray(String[]::new);
  }

  private void refuse(List<String> words, String... more) throws Exception {
    Refusal.check(folder, words, train(more));
  }

  @Test
  void imagesAndLabelsOfDifferentSizeAreRefused() throws Exception {
    labels = stack("small.tif", 16, SIDE, true);
    refuse(
        List.of(
            "along x and y: images i.tif 20 x 20 x 20 voxels, labels small.tif 16 x 16 x 20.",
            "belong together"));
    labels = stack("short.tif", SIDE, 7, true);
    refuse(List.of("differ along z: ", "labels short.tif 20 x 20 x 7."));
    labels = stack("good.tif", SIDE, SIDE, true);
    Path mask = stack("mask.tif", SIDE, 7, true);
    refuse(List.of("mask mask.tif 20 x 20 x 7"), "mask=" + mask);
  }

  @Test
  void labelsWithoutALargeEnoughObjectAreRefused() throws Exception {
    refuse(
        List.of("objects, the largest of", "at least 5000", "Lower minObjectVoxels"),
        "minObjectVoxels=5000");
    labels =
        TestStacks.write(
            folder.resolve("empty.tif"), PixelType.UINT8, SIDE, new float[SIDE][SIDE * SIDE]);
    refuse(List.of("The labels are 0 everywhere", "one value per object"));
  }

  @Test
  void volumesSmallerThanAnExampleAreRefused() throws Exception {
    refuse(List.of("has 20,20,20 voxels", "no room for training examples of 35,35,35"), "fov=33");
    refuse(
        List.of("has 20,20,20 voxels", "takes 21,21,21", "smaller field of view or fewer moves"),
        "fov=15",
        "deltas=3",
        "validationFraction=0");
  }

  @Test
  void deltasLargerThanTheFieldOfViewAreRefused() throws Exception {
    refuse(List.of("deltas are [33, 33, 33]", "half the fieldOfView [5, 5, 5]"), "deltas=33");
    refuse(List.of("deltas are [0, 1, 1]"), "deltas=0,1,1");
  }

  @Test
  void batchesBeyondAnArrayAreRefused() throws Exception {
    refuse(
        List.of("batchSize=17 with fov=511,511,511", "lower batchSize, fov or moves"),
        "fov=511",
        "batchSize=17");
    refuse(List.of("moves=16 is more than 2^31"), "fov=511", "deltas=255", "moves=16");
  }

  @Test
  void pixelsThatAreNoNumbersAreRefused() throws Exception {
    float[][] slices = new float[SIDE][SIDE * SIDE];
    slices[3][2 * SIDE + 1] = Float.NaN;
    images = TestStacks.write(folder.resolve("nan.tif"), PixelType.FLOAT32, SIDE, slices);
    refuse(
        List.of(
            "Slice 3 (z0003) of \"nan.tif\" has the value NaN at x=1, y=2", "Replace such pixels"));
  }

  /** Slices that are links to one file, so that they take no room. */
  @Test
  void moreThanMemoryHoldsIsRefusedBeforeItIsRead() throws Exception {
    int side = 4096;
    Path one =
        TestStacks.write(folder.resolve("one"), PixelType.UINT8, side, new float[1][side * side]);
    Path first;
    try (var files = Files.list(one)) {
      first = files.findFirst().orElseThrow();
    }
    for (int z = 0; z < 2048; z++) {
      Files.createLink(one.resolve(String.format("s%05d.png", z)), first);
    }
    Files.delete(first);
    images = one;
    labels = one;
    refuse(List.of("4096 x 4096 x 2048 voxels", "8 bytes each", "262144 MB together", "Crop"));
  }

  @Test
  void divergingTrainingsSayWhatToTryAndLeaveNothing() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(train("optimiser=sgd", "learningRate=1e38", "steps=200"));
    assertEquals(2, run.status(), run.err());
    assertTrue(run.err().contains("Training diverged: the loss of step "), run.err());
    assertTrue(run.err().contains("Try a lower learningRate (now 1.0E38"), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(Files.exists(model));
  }

  private Path trained() {
    CommandLineRun run = CommandLineRun.of(train());
    assertEquals(0, run.status(), run.err());
    return model.resolve("training/checkpoint.safetensors");
  }

  @Test
  void truncatedCheckpointsAreNotResumed() throws Exception {
    Path checkpoint = trained();
    byte[] bytes = Files.readAllBytes(checkpoint);
    for (int length : new int[] {0, 5, 100, bytes.length / 2, bytes.length - 1}) {
      Files.write(checkpoint, Arrays.copyOf(bytes, length));
      refuse(List.of(checkpoint.toString()), "steps=4", "resume=true");
    }
  }

  @Test
  void checkpointsOfAnotherNetworkAreNotResumed() throws Exception {
    Path checkpoint = trained();
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>(Safetensors.read(checkpoint).asMap());
    Weights.Tensor kernel = tensors.get("conv0_b/kernel");
    assertEquals(5, kernel.shape().length);
    tensors.put("conv0_b/kernel", new Weights.Tensor(new int[] {3, 1, 1, 2, 2}, new float[12]));
    Safetensors.write(checkpoint, new Weights(tensors));
    refuse(
        List.of(
            "\"conv0_b/kernel\" has the shape [3, 1, 1, 2, 2], expected [3, 3, 3, 2, 2]",
            "another network"),
        "steps=4",
        "resume=true");
    tensors.remove("conv0_b/kernel");
    Safetensors.write(checkpoint, new Weights(tensors));
    refuse(List.of("no tensor \"conv0_b/kernel\""), "steps=4", "resume=true");
    refuse(List.of("depth is 2 and was 1"), "steps=4", "resume=true", "depth=2");
  }
}
