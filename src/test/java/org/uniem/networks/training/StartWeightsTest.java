package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Optimiser;
import org.uniem.networks.training.run.TrainingListener;

/** Trainings that start from a model, and models saved while it trains. */
class StartWeightsTest {

  /** No learning at all, so that what comes out is what went in. */
  private static final TrainingOptions STANDSTILL =
      NetworkTrainingTest.OPTIONS
          .withLimits(1, 0)
          .withValidation(0, 0, 100)
          .withOptimiser(new Optimiser(1e-9, false, 0.9, 0.999, 0, 0));

  @TempDir Path folder;

  private Weights train(String name, TrainingOptions options, String start) {
    Optional<ModelFolder> model =
        start.isEmpty() ? Optional.empty() : Optional.of(ModelFolder.open(folder.resolve(start)));
    train(name, options, model, TrainingListener.NONE);
    return ModelFolder.open(folder.resolve(name)).weights();
  }

  private void train(
      String name,
      TrainingOptions options,
      Optional<ModelFolder> model,
      TrainingListener listener) {
    try (Job job = Job.silent()) {
      NetworkTraining.train(
          NetworkTrainingTest.images(),
          NetworkTrainingTest.labels(),
          folder.resolve(name),
          TrainingDataOptions.FOREGROUND,
          options,
          Augmentation.NONE,
          false,
          model,
          new TensorFlowRuntime("cpu", 2),
          listener,
          job);
    }
  }

  private static double difference(Weights a, Weights b) {
    double sum = 0;
    for (String name : a.names()) {
      if (name.contains("kernel") || a.get(name).shape().length == 4) {
        float[] first = a.get(name).values();
        float[] second = b.get(name).values();
        for (int i = 0; i < first.length; i++) {
          sum += Math.abs(first[i] - second[i]);
        }
      }
    }
    return sum;
  }

  @Test
  void trainingStartsFromTheWeightsOfTheModel() {
    Weights trained = train("a", NetworkTrainingTest.OPTIONS.withSeed(1), "");
    Weights random = train("b", STANDSTILL.withSeed(2), "");
    Weights started = train("c", STANDSTILL.withSeed(2), "a");
    assertTrue(difference(trained, started) < 1e-3, "differ by " + difference(trained, started));
    assertTrue(difference(trained, random) > 1, "same as random");
  }

  @Test
  void modelOfAnotherNetworkIsRefused() {
    train("a", STANDSTILL, "");
    TrainingOptions wider =
        STANDSTILL.withNetwork(
            "compact-unet", Map.of("depth", 2, "width", 8), "logistic+dice", 2, 32);
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> train("b", wider, "a"));
    assertTrue(e.getMessage().contains("another network"), e.getMessage());
    assertTrue(!Files.exists(folder.resolve("b")), "something was written");
  }

  @Test
  void modelIsSavedWhileItTrains() {
    Path model = folder.resolve("a");
    Set<String> seen = new HashSet<>();
    List<Long> steps = new ArrayList<>();
    TrainingListener looking =
        new TrainingListener() {
          @Override
          public void step(long step, double loss) {
            if (Files.exists(model.resolve("model.json"))) {
              steps.add(step);
              seen.add(ModelFolder.open(model).description().weights().file());
            }
          }
        };
    TrainingOptions options =
        NetworkTrainingTest.OPTIONS.withValidation(0, 0, 100).withPublishing(1e-6);
    train("a", options, Optional.empty(), looking);
    assertEquals(2L, steps.get(0));
    assertTrue(seen.size() >= 5, "only " + seen.size() + " models");
    assertNotEquals(0, ModelFolder.open(model).weights().size());
  }
}
