package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.volumes.PixelType;

/**
 * Model folders that cannot be used, through the command line, for every command that reads one.
 */
class BadModelTest {

  private static final int SIZE = 20;

  @TempDir static Path shared;
  private static Path images;
  private static Path labels;

  @TempDir Path folder;
  private Path model;

  @BeforeAll
  static void trainAModel() {
    float[] image = new float[SIZE * SIZE];
    float[] label = new float[SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = 31 * i % 256;
      label[i] = i / SIZE < 9 ? 1 : 0;
    }
    images = TestStacks.write(shared.resolve("i.tif"), PixelType.UINT8, SIZE, image);
    labels = TestStacks.write(shared.resolve("l.tif"), PixelType.UINT8, SIZE, label);
    CommandLineRun run = CommandLineRun.of(train(shared.resolve("model"), "steps=1"));
    assertEquals(0, run.status(), run.err());
  }

  @BeforeEach
  void copyTheModel() throws Exception {
    Path trained = shared.resolve("model");
    model = folder.resolve("model");
    try (Stream<Path> files = Files.walk(trained)) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(trained.relativize(file)));
      }
    }
  }

  private static String[] train(Path model, String... more) {
    return Stream.concat(
            Stream.of(
                "train-network",
                "images=" + images,
                "labels=" + labels,
                "model=" + model,
                "patchSize=16",
                "batchSize=1",
                "depth=1",
                "width=2",
                "device=cpu"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private void assertNobodyReads(String... words) throws Exception {
    Path result = folder.resolve("new").resolve("result");
    Refusal.check(
        folder,
        List.of(words),
        "predict",
        "images=" + images,
        "model=" + model,
        "output=" + result);
    Refusal.check(folder, List.of(words), "export-model", "model=" + model, "output=" + result);
  }

  private Path weights() throws Exception {
    try (Stream<Path> files = Files.list(model)) {
      return files.filter(f -> f.toString().endsWith(".safetensors")).findFirst().orElseThrow();
    }
  }

  private void edit(String from, String to) throws Exception {
    Path json = model.resolve("model.json");
    String text = Files.readString(json);
    assertTrue(text.contains(from), text);
    Files.writeString(json, text.replace(from, to));
  }

  @Test
  void missingDescriptionIsNamed() throws Exception {
    Files.delete(model.resolve("model.json"));
    assertNobodyReads(model + " is not a model: it has no model.json.", "copy it again");
  }

  @Test
  void missingWeightsAreNamed() throws Exception {
    String name = weights().getFileName().toString();
    Files.delete(weights());
    assertNobodyReads(model + " lacks its weights file " + name, "Copy the folder again");
  }

  @Test
  void newerFormatIsRefused() throws Exception {
    edit("\"formatVersion\": 1", "\"formatVersion\": 7");
    assertNobodyReads("newer version (formatVersion 7, known up to 1). Update UNI-EM.");
  }

  @Test
  void damagedWeightsAreRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(weights());
    bytes[bytes.length - 3] ^= 1;
    Files.write(weights(), bytes);
    assertNobodyReads(weights() + " is damaged: expected checksum", "found", "Copy the folder");
  }

  @Test
  void truncatedWeightsAreRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(weights());
    Files.write(weights(), Arrays.copyOf(bytes, bytes.length - 10));
    assertNobodyReads(
        weights() + " is truncated: expected " + bytes.length + " bytes, found",
        "Copy the folder again");
  }

  @Test
  void unknownArchitectureIsNamedWithTheNearest() throws Exception {
    edit("\"compact-unet\"", "\"compact-unett\"");
    assertNobodyReads("Model \"model\" cannot be used", "Did you mean 'compact-unet'?");
  }

  @Test
  void descriptionThatIsNoJsonIsRefused() throws Exception {
    Path json = model.resolve("model.json");
    String text = Files.readString(json);
    Files.writeString(json, text.substring(0, text.length() / 2));
    assertNobodyReads("model.json is not valid JSON", "Copy the folder again");
    for (String other : List.of("", "[1, 2]", "{}")) {
      Files.writeString(json, other);
      assertNobodyReads(json + " does not describe a model: formatVersion is missing. Give a");
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() throws Exception {
    edit("\"width\": 2", "\"width\": 3");
    assertNobodyReads("stem/kernel", "do not belong together. Copy the model again.");
  }

  @Test
  void weightsOutsideTheFolderAreRefused() throws Exception {
    edit("\"" + weights().getFileName(), "\"../" + weights().getFileName());
    assertNobodyReads("..", "expected");
  }

  @Test
  void modelsOfOtherClassesAreNotAveraged() throws Exception {
    Path other = folder.resolve("values");
    assertEquals(0, CommandLineRun.of(train(other, "steps=1", "classes=values")).status());
    Refusal.check(
        folder,
        List.of("cannot be averaged: their classes are [foreground] and [0, 1]", "Give models"),
        "predict",
        "images=" + images,
        "model=" + model + "," + other,
        "output=" + folder.resolve("result"));
  }

  @Test
  void resumeWithoutCheckpointIsRefused() throws Exception {
    Files.delete(model.resolve("training/checkpoint.safetensors"));
    Refusal.check(
        folder,
        List.of("resume=true, but there is no checkpoint", "or resume=false"),
        train(model, "steps=2", "resume=true"));
    model = folder.resolve("not there");
    Refusal.check(
        folder, List.of("there is no checkpoint " + model), train(model, "steps=2", "resume=true"));
  }

  @Test
  void resumeWithOtherOptionsIsRefused() throws Exception {
    Refusal.check(
        folder,
        List.of("resume=true, but seed is 5 and was 1", "Give the same options"),
        train(model, "steps=2", "resume=true", "seed=5"));
  }

  @Test
  void truncatedCheckpointIsRefused() throws Exception {
    Path checkpoint = model.resolve("training/checkpoint.safetensors");
    byte[] bytes = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(bytes, bytes.length / 2));
    Refusal.check(folder, List.of(checkpoint.toString()), train(model, "steps=2", "resume=true"));
  }

  @Test
  void gpuThatIsNotThereIsRefused() throws Exception {
    boolean gpu = new TensorFlowRuntime("auto", 1).describe().startsWith("GPU");
    assumeTrue(!gpu, "skipped: there is a GPU");
    Refusal.check(
        folder,
        List.of("device=gpu, but TensorFlow sees no GPU", "Give device=auto or device=cpu"),
        "predict",
        "images=" + images,
        "model=" + model,
        "output=" + folder.resolve("result"),
        "device=gpu");
  }
}
