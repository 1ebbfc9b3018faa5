package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Optimiser;
import org.uniem.networks.training.events.CollectedEvents;
import org.uniem.networks.training.run.Checkpoint;
import org.uniem.networks.training.run.RunStatus;
import org.uniem.networks.training.run.TrainingListener;
import org.uniem.networks.training.run.TrainingLog;
import org.uniem.networks.training.run.TrainingResult;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class NetworkTrainingTest {

  private static final int SIDE = 48;
  private static final int DEPTH = 5;
  private static final long STEPS = 8;

  /** Small enough for a second, with all that must survive an interruption: norm, validation. */
  static final TrainingOptions OPTIONS =
      TrainingOptions.DEFAULT
          .withLimits(STEPS, 0)
          .withNetwork("compact-unet", Map.of("depth", 2, "width", 4), "logistic+dice", 2, 32)
          .withValidation(0.2, 0, 3)
          .withCheckpoints(1e9);

  @TempDir Path folder;

  @Test
  void twoTrainingsWithOneSeedGiveTheSameBits() {
    train(folder.resolve("a"), OPTIONS, false, TrainingListener.NONE);
    train(folder.resolve("b"), OPTIONS, false, TrainingListener.NONE);
    assertEquals(weights("a"), weights("b"));
  }

  @Test
  void anotherSeedGivesOtherWeights() {
    train(folder.resolve("a"), OPTIONS, false, TrainingListener.NONE);
    train(folder.resolve("b"), OPTIONS.withSeed(2), false, TrainingListener.NONE);
    assertNotEquals(weights("a"), weights("b"));
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void aTrainingCancelledAndResumedEqualsOneThatWasNot(long cancelAt) {
    List<String> whole = new ArrayList<>();
    train(folder.resolve("whole"), OPTIONS, false, validations(whole));
    List<String> parts = new ArrayList<>();
    try (Job job = Job.silent()) {
      TrainingListener cancelling =
          new TrainingListener() {
            @Override
            public void step(long step, double loss) {
              if (step == cancelAt) {
                job.cancel();
              }
            }

            @Override
            public void validation(long step, double loss, double jaccard) {
              validations(parts).validation(step, loss, jaccard);
            }
          };
      assertThrows(
          CancellationException.class,
          () -> train(folder.resolve("parts"), OPTIONS, false, cancelling, job));
    }
    awaitEnd(folder.resolve("parts"));
    assertTrue(Files.exists(folder.resolve("parts/training/checkpoint.safetensors")));
    TrainingResult result = train(folder.resolve("parts"), OPTIONS, true, validations(parts));
    assertEquals(STEPS, result.steps());
    assertEquals(whole, parts);
    assertEquals(weights("whole"), weights("parts"));
    assertEquals(state("whole"), state("parts"));
  }

  private static TrainingListener validations(List<String> seen) {
    return new TrainingListener() {
      @Override
      public void validation(long step, double loss, double jaccard) {
        seen.add(step + ": " + loss + ", " + jaccard);
      }
    };
  }

  @Test
  void anInterruptedTrainingLeavesACheckpointAndStaysInterrupted() {
    Thread caller = Thread.currentThread();
    TrainingListener interrupting =
        new TrainingListener() {
          @Override
          public void step(long step, double loss) {
            if (step == 5) {
              caller.interrupt();
            }
          }
        };
    assertThrows(
        CancellationException.class,
        () -> train(folder.resolve("a"), OPTIONS.withLimits(2000, 0), false, interrupting));
    assertTrue(Thread.interrupted());
    awaitEnd(folder.resolve("a"));
    assertTrue(Files.exists(folder.resolve("a/training/checkpoint.safetensors")));
  }

  @Test
  void aTrainingKilledAndResumedEqualsOneThatWasNot() throws Exception {
    train(folder.resolve("whole"), OPTIONS, false, TrainingListener.NONE);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                NetworkTrainingTest.class.getName(),
                folder.resolve("killed").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    Path checkpoint = folder.resolve("killed/training/checkpoint.safetensors");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!Files.exists(checkpoint) && process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    process.destroyForcibly();
    process.waitFor();
    assertTrue(Files.exists(checkpoint), Files.readString(folder.resolve("log.txt")));
    train(folder.resolve("killed"), OPTIONS, true, TrainingListener.NONE);
    assertEquals(weights("whole"), weights("killed"));
  }

  @Test
  void aTrainingKilledBeforeItsFirstCheckpointStartsAgainWhenResumed() throws Exception {
    train(folder.resolve("whole"), OPTIONS, false, TrainingListener.NONE);
    Path left = Files.createDirectories(folder.resolve("early/training"));
    Files.copy(folder.resolve("whole/training/options.json"), left.resolve("options.json"));
    Path events = Files.writeString(left.resolve("events.out.tfevents.1"), "cut off");
    train(folder.resolve("early"), OPTIONS, true, TrainingListener.NONE);
    assertEquals(weights("whole"), weights("early"));
    assertFalse(Files.exists(events));
  }

  /** The process that is killed: checkpoints after every step, and never ends by itself. */
  public static void main(String[] args) {
    TrainingListener slow =
        new TrainingListener() {
          @Override
          public void step(long step, double loss) {
            if (step == STEPS - 2) {
              sleep();
            }
          }
        };
    train(Path.of(args[0]), OPTIONS.withCheckpoints(0), false, slow, Job.silent());
  }

  private static void sleep() {
    try {
      Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Timeout(60)
  void cancelEndsTheTrainingAndPublishesNothing() {
    try (Job job = Job.silent()) {
      TrainingListener cancelling =
          new TrainingListener() {
            @Override
            public void step(long step, double loss) {
              if (step == 3) {
                job.cancel();
              }
            }
          };
      assertThrows(
          CancellationException.class,
          () -> train(folder.resolve("a"), OPTIONS, false, cancelling, job));
    }
    assertFalse(Files.exists(folder.resolve("a/model.json")), "a cancelled training publishes");
  }

  @Test
  void theLossOfALearnableTaskFalls() {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(long step, double loss) {
            losses.add(loss);
          }
        };
    train(folder.resolve("a"), OPTIONS.withLimits(60, 0), false, listener);
    double first = mean(losses.subList(0, 10));
    double last = mean(losses.subList(50, 60));
    assertTrue(last < 0.7 * first, "first " + first + " last " + last);
  }

  @Test
  void everyLossAndBothClassModesTrain() {
    for (String loss : List.of("least-square", "softmax", "multi-label", "dice", "hinge")) {
      TrainingOptions options =
          OPTIONS
              .withNetwork("compact-unet", Map.of("depth", 1, "width", 2), loss, 1, 32)
              .withLimits(2, 0);
      TrainingResult result = train(folder.resolve(loss), options, false, TrainingListener.NONE);
      assertTrue(Double.isFinite(result.loss()), loss);
      assertEquals(List.of("foreground"), result.model().classes());
    }
  }

  @Test
  void earlyStoppingEndsATrainingThatNoLongerImproves() {
    TrainingOptions frozen =
        OPTIONS
            .withOptimiser(new Optimiser(1e-9, false, 0.5, 0.999, 0, 0))
            .withLimits(50, 0)
            .withValidation(0.2, 2, 1);
    TrainingResult result = train(folder.resolve("a"), frozen, false, TrainingListener.NONE);
    assertTrue(result.steps() < 50, "steps: " + result.steps());
    assertTrue(result.reason().contains("no better"), result.reason());
  }

  @Test
  void aTrainingWithoutAStepIsAFailureAndLeavesNothing() {
    BadParameterException e =
        assertThrows(
            BadParameterException.class,
            () ->
                train(
                    folder.resolve("a"),
                    OPTIONS.withLimits(0, 1e-9),
                    false,
                    TrainingListener.NONE));
    assertTrue(e.getMessage().contains("ended before its first step"), e::getMessage);
    assertFalse(Files.exists(folder.resolve("a")));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "3, 0, 0", "4, 0, 0.15", "1, 5, 0.15"})
  void fewSlicesAreAllLearntFrom(int slices, int patience, double kept) {
    double auto = TrainingOptions.Holdout.AUTO;
    assertEquals(kept, new TrainingOptions.Holdout(auto, patience, 1).fractionOf(slices));
    assertEquals(0.3, new TrainingOptions.Holdout(0.3, patience, 1).fractionOf(slices));
  }

  @Test
  void timeAndStepsTogetherAreCountedInPercentThatNeverExceedAHundred() {
    List<Long> seen = new ArrayList<>();
    try (Job job =
        new Job(
            1,
            (stage, done, total, unit) -> {
              if (stage.equals("Training")) {
                assertEquals("percent", unit);
                assertTrue(done <= total, done + " of " + total);
                seen.add(done);
              }
            })) {
      train(folder.resolve("a"), OPTIONS.withLimits(STEPS, 60), false, TrainingListener.NONE, job);
    }
    assertEquals(100, seen.get(seen.size() - 1));
  }

  @Test
  void aTimeLimitEndsTheTraining() {
    TrainingResult result =
        train(folder.resolve("a"), OPTIONS.withLimits(0, 0.02), false, TrainingListener.NONE);
    assertTrue(result.reason().contains("minutes"), result.reason());
    assertTrue(Files.exists(folder.resolve("a/model.json")));
  }

  @Test
  void theLogAndTheEventsTellTheSameStory() throws IOException {
    train(folder.resolve("a"), OPTIONS.withLimits(20, 0), false, TrainingListener.NONE);
    Path training = folder.resolve("a/training");
    List<TrainingLog.Row> rows = TrainingLog.read(training.resolve("log.csv"));
    Path events;
    try (java.util.stream.Stream<Path> files = Files.list(training)) {
      events = files.filter(f -> f.getFileName().toString().startsWith("events")).findFirst().get();
    }
    CollectedEvents read = CollectedEvents.of(events);
    double[] logged =
        rows.stream().filter(r -> !Double.isNaN(r.loss())).mapToDouble(r -> r.loss()).toArray();
    double[] told =
        read.scalars().stream()
            .filter(scalar -> scalar.tag().equals("loss/training"))
            .mapToDouble(scalar -> scalar.value())
            .toArray();
    assertEquals(2, logged.length);
    org.junit.jupiter.api.Assertions.assertArrayEquals(logged, told, 1e-6);
    assertFalse(read.images().isEmpty(), "previews");
    assertEquals(1, read.graphs().size(), "graph");
  }

  /** A cancel does not wait for a step that takes long, as on a busy machine. */
  static void awaitEnd(Path model) {
    while (RunStatus.read(model).orElseThrow().state() == RunStatus.State.RUNNING) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private Weights weights(String name) {
    return ModelFolder.open(folder.resolve(name)).weights();
  }

  private Weights state(String name) {
    return Checkpoint.read(folder.resolve(name + "/training/checkpoint.safetensors")).variables();
  }

  static TrainingResult train(
      Path model, TrainingOptions options, boolean resume, TrainingListener listener) {
    try (Job job = Job.silent()) {
      return train(model, options, resume, listener, job);
    }
  }

  static TrainingResult train(
      Path model, TrainingOptions options, boolean resume, TrainingListener listener, Job job) {
    return NetworkTraining.train(
        images(),
        labels(),
        model,
        TrainingDataOptions.FOREGROUND,
        options,
        Augmentation.ALL,
        resume,
        Optional.empty(),
        new TensorFlowRuntime("cpu", 2),
        listener,
        job);
  }

  /** Dark discs on a bright noisy ground. */
  static Volume images() {
    return volume("images", false);
  }

  static Volume labels() {
    return volume("labels", true);
  }

  private static Volume volume(String name, boolean label) {
    byte[] pixels = new byte[SIDE * SIDE * DEPTH];
    Random random = new Random(5);
    for (int i = 0; i < pixels.length; i++) {
      int x = i % SIDE % 24 - 12;
      int y = i / SIDE % SIDE % 24 - 12;
      boolean inside = x * x + y * y < 50;
      int noise = random.nextInt(40);
      pixels[i] = (byte) (label ? (inside ? 255 : 0) : (inside ? 80 : 160) + noise);
    }
    ArrayImg<UnsignedByteType, ?> image = ArrayImgs.unsignedBytes(pixels, SIDE, SIDE, DEPTH);
    return Volumes.of(image, VoxelSize.UNKNOWN, name);
  }
}
