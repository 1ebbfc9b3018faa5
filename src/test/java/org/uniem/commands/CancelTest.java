package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.networks.Predict;
import org.uniem.commands.networks.TrainNetwork;
import org.uniem.commands.parameters.BundledFiles;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.postprocess.LabelObjects;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** A cancel during each of the long commands returns within a second and publishes nothing. */
@Timeout(120)
class CancelTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path shared;
  private static Path phantom;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void makeAPhantomAndAModel() {
    phantom = shared.resolve("phantom");
    model = shared.resolve("model");
    BundledFiles.copy("test-data/phantom", phantom);
    assertDone(
        "train-network",
        "images=" + phantom.resolve("images.tif"),
        "labels=" + phantom.resolve("mitochondria.tif"),
        "model=" + model,
        "slices=0",
        "steps=1",
        "patchSize=64",
        "device=cpu");
  }

  private static void assertDone(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0, run.status(), run.err());
  }

  /** Runs a command, cancels it once a stage has begun, and checks what is left. */
  private void assertCancels(UniEmCommand command, String stage, long afterUnits) throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CountDownLatch busy = new CountDownLatch(1);
    command.reportTo(
        new ProgressListener() {
          @Override
          public void progress(String name, long done, long total, String unit) {
            if (name.equals(stage) && done >= afterUnits) {
              busy.countDown();
            }
          }
        });
    Thread runner = new Thread(command);
    runner.start();
    assertTrue(busy.await(60, TimeUnit.SECONDS), "the stage " + stage + " begins");
    // Into the midst of what follows the report, be it a slice or a step.
    Thread.sleep(30);
    assertTrue(runner.isAlive(), "still at work when cancelled");
    ((Cancelable) command).cancel("Enough.");
    runner.join(LIMIT.toMillis());
    assertFalse(runner.isAlive(), "returns long before the work would have ended");
    assertTrue(command.isCanceled());
    assertTrue(command.result().isEmpty());
    assertThreadsEnd(before);
  }

  private static void assertThreadsEnd(Set<Thread> before) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    List<String> left;
    do {
      Thread.sleep(10);
      left =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !before.contains(thread) && thread.getName().startsWith("uniem"))
              .map(Thread::getName)
              .collect(Collectors.toList());
    } while (!left.isEmpty() && System.nanoTime() < deadline);
    assertEquals(List.of(), left);
  }

  @Test
  void cancelledTrainingLeavesWhatResumesIt() throws Exception {
    TrainNetwork train = new TrainNetwork();
    CommandParameters.set(train, "images", phantom.resolve("images.tif").toFile());
    CommandParameters.set(train, "labels", phantom.resolve("mitochondria.tif").toFile());
    CommandParameters.set(train, "model", folder.resolve("model").toFile());
    CommandParameters.set(train, "slices", "0-3");
    CommandParameters.set(train, "steps", 1000);
    CommandParameters.set(train, "patchSize", 64);
    CommandParameters.set(train, "device", "cpu");
    assertCancels(train, "Training", 3);
    assertFalse(Files.exists(folder.resolve("model/model.json")), "no model is published");
    assertFalse(Files.exists(folder.resolve("model/provenance.json")));
    assertTrue(Files.exists(folder.resolve("model/training/checkpoint.safetensors")));
    assertNoTemporaryFiles();
  }

  @Test
  void cancelledReadingOfTrainingDataLeavesNothing() throws Exception {
    TrainNetwork train = new TrainNetwork();
    CommandParameters.set(train, "images", phantom.resolve("images.tif").toFile());
    CommandParameters.set(train, "labels", phantom.resolve("mitochondria.tif").toFile());
    CommandParameters.set(train, "model", folder.resolve("new/model").toFile());
    CommandParameters.set(train, "steps", 1000);
    CommandParameters.set(train, "device", "cpu");
    train.reportTo(
        new ProgressListener() {
          @Override
          public void progress(String name, long done, long total, String unit) {
            if (name.equals("Reading images") && done == 1) {
              train.cancel("Enough.");
            }
          }
        });
    train.run();
    assertTrue(train.isCanceled());
    assertEquals(List.of("/"), TestStacks.content(folder));
  }

  @Test
  void cancelledPredictionLeavesNothing() throws Exception {
    Predict predict = new Predict();
    CommandParameters.set(predict, "images", phantom.resolve("images.tif").toFile());
    CommandParameters.set(predict, "model", model.toString());
    CommandParameters.set(predict, "output", folder.resolve("new/maps").toFile());
    CommandParameters.set(predict, "flips", "8");
    CommandParameters.set(predict, "device", "cpu");
    assertCancels(predict, "Predicting", 1);
    assertEquals(List.of("/"), TestStacks.content(folder));
  }

  @Test
  void cancelledLabellingLeavesNothing() throws Exception {
    Path stack = repeated(256);
    for (String stage : List.of("Finding objects", "Writing labels")) {
      LabelObjects label = new LabelObjects();
      CommandParameters.set(label, "images", stack.toFile());
      CommandParameters.set(label, "output", folder.resolve("new/objects").toFile());
      List<String> before = TestStacks.content(folder);
      assertCancels(label, stage, 1);
      assertEquals(before, TestStacks.content(folder));
    }
  }

  /** The phantom so many times over, as a folder of TIFF files with slices of 1024 x 1024. */
  private Path repeated(int depth) throws Exception {
    float[] large = new float[1024 * 1024];
    try (Volume images = Volumes.open(phantom.resolve("images.tif"))) {
      float[] small = TestStacks.slice(images, 0);
      for (int i = 0; i < large.length; i++) {
        large[i] = small[i / 1024 % 256 * 256 + i % 256];
      }
    }
    Path slice = TestStacks.write(shared.resolve("slice.tif"), PixelType.UINT8, 1024, large);
    Path stack = Files.createDirectory(folder.resolve("stack"));
    for (int z = 0; z < depth; z++) {
      Files.createLink(stack.resolve("z" + z + ".tif"), slice);
    }
    return stack;
  }

  private void assertNoTemporaryFiles() throws Exception {
    for (String entry : TestStacks.content(folder)) {
      assertFalse(entry.contains("partial") || entry.contains("weights-new"), entry);
    }
  }
}
