package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.OutputException;
import org.uniem.networks.architecture.Optimiser;
import org.uniem.networks.training.run.TrainingListener;

/** What cannot be trained, and trainings that fail. */
class NetworkTrainingRefusalTest {

  @TempDir Path folder;

  @Test
  void divergenceStopsAndSaysWhatToTry() {
    TrainingOptions wild =
        NetworkTrainingTest.OPTIONS
            .withOptimiser(new Optimiser(10, false, 0.9, 0.999, 9, 0))
            .withNetwork("unet", Map.of("depth", 1, "width", 4), "least-square+logistic", 1, 32)
            .withLimits(400, 0);
    BadParameterException e =
        assertThrows(
            BadParameterException.class,
            () ->
                NetworkTrainingTest.train(folder.resolve("a"), wild, false, TrainingListener.NONE));
    assertTrue(e.getMessage().contains("learningRate"), e.getMessage());
    assertFalse(Files.exists(folder.resolve("a/model.json")));
  }

  @Test
  void aBatchBeyondAnArrayIsRefused() {
    TrainingOptions large =
        NetworkTrainingTest.OPTIONS.withNetwork("unet", Map.of("depth", 5), "dice", 256, 4096);
    BadParameterException e =
        assertThrows(
            BadParameterException.class,
            () ->
                NetworkTrainingTest.train(
                    folder.resolve("a"), large, false, TrainingListener.NONE));
    assertTrue(e.getMessage().startsWith("batchSize=256 with patchSize=4096"), e.getMessage());
    assertFalse(Files.exists(folder.resolve("a")));
  }

  @Test
  void aPatchThatDoesNotFitTheArchitectureIsRefusedBeforeAnythingIsWritten() {
    TrainingOptions odd =
        NetworkTrainingTest.OPTIONS.withNetwork("unet", Map.of("depth", 5), "dice", 1, 48);
    BadParameterException e =
        assertThrows(
            BadParameterException.class,
            () ->
                NetworkTrainingTest.train(folder.resolve("a"), odd, false, TrainingListener.NONE));
    assertTrue(e.getMessage().contains("multiple of 32"), e.getMessage());
    assertTrue(e.getMessage().contains("patchSize=32 or 64"), e.getMessage());
    assertFalse(Files.exists(folder.resolve("a")));
  }

  @Test
  void aFolderWithContentIsRefused() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    OutputException e =
        assertThrows(
            OutputException.class,
            () ->
                NetworkTrainingTest.train(
                    folder, NetworkTrainingTest.OPTIONS, false, TrainingListener.NONE));
    assertTrue(e.getMessage().contains("not empty"), e.getMessage());
  }

  @Test
  void resumingWithoutCheckpointOrWithOtherOptionsIsRefused() {
    BadInputException missing =
        assertThrows(
            BadInputException.class,
            () ->
                NetworkTrainingTest.train(
                    folder.resolve("none"),
                    NetworkTrainingTest.OPTIONS,
                    true,
                    TrainingListener.NONE));
    assertTrue(missing.getMessage().contains("no checkpoint"), missing.getMessage());
    NetworkTrainingTest.train(
        folder.resolve("a"),
        NetworkTrainingTest.OPTIONS.withLimits(1, 0),
        false,
        TrainingListener.NONE);
    BadParameterException other =
        assertThrows(
            BadParameterException.class,
            () ->
                NetworkTrainingTest.train(
                    folder.resolve("a"),
                    NetworkTrainingTest.OPTIONS.withSeed(3),
                    true,
                    TrainingListener.NONE));
    assertTrue(other.getMessage().contains("seed is 3 and was 1"), other.getMessage());
  }
}
