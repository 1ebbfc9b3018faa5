package org.uniem.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.VoxelSize;

class ModelFolderTest {

  @TempDir Path place;

  private Path folder;

  @BeforeEach
  void chooseFolder() {
    folder = place.resolve("mein Modell ü モデル");
  }

  @Test
  void savedModelComesBackEqual() {
    ModelDescription saved = ModelFolder.save(folder, description(), weights(1));
    ModelFolder opened = ModelFolder.open(folder);
    assertEquals(saved, opened.description());
    assertEquals(weights(1), opened.weights());
    assertEquals(description(), opened.description().toBuilder().weights(null).build());
    assertEquals(16, opened.description().intParameter("baseWidth"));
    assertEquals(5, opened.description().networkInputChannels());
  }

  @Test
  void savingAgainReplacesTheModelAndItsWeights() throws Exception {
    ModelFolder.save(folder, description(), weights(1));
    Files.writeString(folder.resolve("notes.txt"), "mine");
    ModelFolder.save(folder, description(), weights(2));
    assertEquals(weights(2), ModelFolder.open(folder).weights());
    assertEquals(3, names().size(), names().toString());
    assertTrue(names().contains("notes.txt"));
    ModelFolder.save(folder, description(), weights(2));
    assertEquals(weights(2), ModelFolder.open(folder).weights());
    assertEquals(3, names().size(), names().toString());
  }

  @Test
  void failedSaveKeepsTheOldModel() throws Exception {
    ModelFolder.save(folder, description(), weights(1));
    // A folder in the way of the temporary file makes the last step fail.
    Files.createDirectory(folder.resolve(".model.json" + WholeFile.PARTIAL));
    assertThrows(OutputException.class, () -> ModelFolder.save(folder, description(), weights(2)));
    assertEquals(weights(1), ModelFolder.open(folder).weights());
    assertEquals(2, names().size(), names().toString());
  }

  @Test
  void placeThatCannotBeAFolderIsNamed() throws Exception {
    Files.writeString(folder, "a file");
    OutputException e =
        assertThrows(
            OutputException.class, () -> ModelFolder.save(folder, description(), weights(1)));
    assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
  }

  @Test
  void missingFolderIsNamed() {
    assertRefused("Model folder " + folder + " does not exist");
  }

  @Test
  void missingDescriptionIsNamed() throws Exception {
    Files.createDirectory(folder);
    assertRefused("is not a model: it has no model.json");
  }

  @Test
  void missingWeightsAreNamed() throws Exception {
    String file = ModelFolder.save(folder, description(), weights(1)).weights().file();
    Files.delete(folder.resolve(file));
    assertRefused("lacks its weights file " + file, "Copy the folder again");
  }

  @Test
  void newerFormatAsksToUpdate() throws Exception {
    edit("\"formatVersion\": 1", "\"formatVersion\": 2");
    assertRefused("made by a newer version (formatVersion 2, known up to 1)", "Update");
  }

  @Test
  void changedWeightsFailTheChecksum() throws Exception {
    ModelDescription saved = ModelFolder.save(folder, description(), weights(1));
    Path file = folder.resolve(saved.weights().file());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertRefused(
        "expected checksum " + saved.weights().sha256() + ", found ", "Copy the folder again");
  }

  @Test
  void truncatedWeightsAreSaidToBe() throws Exception {
    ModelDescription saved = ModelFolder.save(folder, description(), weights(1));
    Path file = folder.resolve(saved.weights().file());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
    assertRefused(
        "is truncated: expected " + bytes.length + " bytes, found " + (bytes.length - 5),
        "Copy the folder again");
  }

  @Test
  void malformedDescriptionNamesTheLine() throws Exception {
    edit("\"name\": \"mitochondria\",", "\"name\" \"mitochondria\",");
    assertRefused("model.json is not valid JSON", "line 3");
  }

  @Test
  void truncatedDescriptionIsRefused() throws Exception {
    ModelFolder.save(folder, description(), weights(1));
    Path file = folder.resolve("model.json");
    Files.writeString(file, Files.readString(file).substring(0, 100));
    assertRefused("model.json is not valid JSON", "line ");
    Files.writeString(file, "");
    assertRefused("formatVersion is missing");
  }

  @Test
  void wrongTypeNamesTheLine() throws Exception {
    edit("\"context\": 2", "\"context\": \"two\"");
    assertRefused("two");
  }

  @Test
  void unknownActivationIsNamed() throws Exception {
    edit("\"activation\": \"sigmoid\"", "\"activation\": \"tanh\"");
    assertRefused("activation is \"tanh\": expected \"sigmoid\" or \"softmax\"");
  }

  @Test
  void unknownNormalisationIsNamed() throws Exception {
    edit("\"mode\": \"fixed\"", "\"mode\": \"fxed\"");
    assertRefused("normalisation mode \"fxed\" is unknown");
  }

  @Test
  void weightsOutsideTheFolderAreRefused() throws Exception {
    String file = ModelFolder.save(folder, description(), weights(1)).weights().file();
    String elsewhere = file;
    for (String name :
        List.of("../" + file, "/etc/passwd", "..", "a\\\\b", "sub/" + file, "C:x", "")) {
      edit("\"file\": \"" + elsewhere + "\"", "\"file\": \"" + name + "\"");
      elsewhere = name;
      assertRefused("weights file is ", "without folders");
    }
  }

  @Test
  void descriptionWithoutWeightsEntryIsRefused() throws Exception {
    edit("\"weights\": {", "\"waits\": {");
    assertRefused("weights is missing");
  }

  @Test
  void impossibleVoxelSizeIsRefused() throws Exception {
    edit("\"z\": 20.0", "\"z\": -1");
    assertRefused("Voxel size");
  }

  @Test
  void undefinedScoresAreLeftOut() {
    ModelDescription description =
        ModelDescription.builder("a", "b").scores(Map.of("dice", Double.NaN)).build();
    assertTrue(description.scores().isEmpty());
  }

  @Test
  void impossibleValuesAreNamed() {
    ModelDescription.Builder builder = ModelDescription.builder("a", "b");
    assertThrows(BadInputException.class, () -> builder.outputs(0).build());
    assertThrows(BadInputException.class, () -> new PredictionSettings(2, null, null, null));
    assertThrows(BadInputException.class, () -> new PredictionSettings(1, 64, 64, null));
    assertThrows(BadInputException.class, () -> Normalisation.fixed(0.5, 0));
    BadInputException e =
        assertThrows(BadInputException.class, () -> description().intParameter("depth"));
    assertTrue(e.getMessage().contains("parameters.depth is missing"), e.getMessage());
  }

  private static ModelDescription description() {
    return ModelDescription.builder("mitochondria", "compact-unet")
        .parameters(Map.of("baseWidth", 16, "norm", "batch"))
        .context(2, 1)
        .normalisation(Normalisation.fixed(0.5, 0.25))
        .voxelSize(new VoxelSize(5, 5, 20, "nm"))
        .sizeMultiple(16)
        .inference(new PredictionSettings(4, 512, 64, 0.5))
        .training(
            Map.of("steps", 1000L, "rate", 1.0, "big", 1L << 40, "data", List.of("a", Map.of())))
        .scores(Map.of("jaccard", 0.875))
        .build();
  }

  private static Weights weights(float value) {
    return new Weights(Map.of("w", new Weights.Tensor(new int[] {2}, new float[] {value, 0})));
  }

  private void edit(String from, String to) throws Exception {
    if (!Files.exists(folder)) {
      ModelFolder.save(folder, description(), weights(1));
    }
    Path file = folder.resolve("model.json");
    String json = Files.readString(file);
    assertTrue(json.contains(from), json);
    Files.writeString(file, json.replace(from, to));
  }

  private void assertRefused(String... parts) {
    BadInputException e = assertThrows(BadInputException.class, () -> ModelFolder.open(folder));
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
    assertFalse(e.getMessage().contains("Exception"), e.getMessage());
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
