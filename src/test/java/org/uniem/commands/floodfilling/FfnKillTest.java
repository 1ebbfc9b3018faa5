package org.uniem.commands.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.TestStacks;
import org.uniem.commands.UniEm;
import org.uniem.commands.progress.ConsoleProgress;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Weights;
import org.uniem.networks.training.run.Checkpoint;
import org.uniem.networks.training.run.RunStatus;
import org.uniem.volumes.PixelType;

/** {@code ffn-train} in a process of its own that is ended from outside. */
@Timeout(240)
class FfnKillTest {

  private static final int SIDE = 32;
  private static final int DEPTH = 30;

  @TempDir Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void writeVolumes() {
    Random random = new Random(1);
    float[][] grey = new float[DEPTH][SIDE * SIDE];
    float[][] objects = new float[DEPTH][SIDE * SIDE];
    for (int z = 0; z < DEPTH; z++) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        int x = i % SIDE;
        objects[z][i] = x < 11 ? 1 : x > 12 ? 2 : 0;
        grey[z][i] = (objects[z][i] == 0 ? 60 : 180) + random.nextInt(20);
      }
    }
    images = TestStacks.write(folder.resolve("i.tif"), PixelType.UINT8, SIDE, grey);
    labels = TestStacks.write(folder.resolve("l.tif"), PixelType.UINT8, SIDE, objects);
  }

  private String[] train(Path model, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "ffn-train",
                "images=" + images,
                "labels=" + labels,
                "model=" + model,
                "fov=7",
                "deltas=2",
                "depth=2",
                "features=4",
                "minObjectVoxels=100",
                "validateEvery=20",
                "device=cpu",
                "threads=1"));
    for (String argument : more) {
      String name = argument.substring(0, argument.indexOf('=') + 1);
      args.removeIf(given -> given.startsWith(name));
      args.add(argument);
    }
    return args.toArray(String[]::new);
  }

  private static Process start(Class<?> main, Path log, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(Arrays.asList(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** The process that is killed: it writes a checkpoint after every step and never ends. */
  public static void main(String[] args) {
    FfnTrain train = new FfnTrain();
    train.images = new File(args[0]);
    train.labels = new File(args[1]);
    train.model = new File(args[2]);
    train.fov = "7";
    train.deltas = "2";
    train.depth = 2;
    train.features = 4;
    train.minObjectVoxels = 100;
    train.validateEvery = 20;
    train.device = "cpu";
    train.threads = 1;
    train.steps = 1_000_000;
    train.checkpointSeconds = 0.001;
    train.reportTo(new ConsoleProgress(System.err, false));
    train.run();
    train.failure().ifPresent(failure -> System.err.println(failure.getMessage()));
  }

  /**
   * Runs a command in a process of its own, as the killed one was: TensorFlow gives all sessions of
   * a process the threads of the first, and other threads round sums otherwise.
   */
  private String run(String... args) throws Exception {
    Path log = Files.createTempFile(folder, "log", ".txt");
    assertEquals(0, start(UniEm.class, log, args).waitFor(), () -> read(log));
    return read(log);
  }

  private static void await(Process process, Path file, Path log) throws Exception {
    while (!Files.exists(file)) {
      assertTrue(process.isAlive(), () -> read(log));
      Thread.sleep(20);
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Weights weights(Path model) {
    return ModelFolder.open(model).weights();
  }

  @Test
  void aTrainingKilledAndResumedEqualsOneThatWasNot() throws Exception {
    Path killed = folder.resolve("killed");
    Path log = folder.resolve("log.txt");
    Path checkpoint = killed.resolve("training/checkpoint.safetensors");
    Process process =
        start(FfnKillTest.class, log, images.toString(), labels.toString(), killed.toString());
    try {
      await(process, checkpoint, log);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertFalse(Files.exists(killed.resolve("model.json")));
    long done = Checkpoint.read(checkpoint).step();
    String steps = "steps=" + (done + 30);
    String said = run(train(killed, steps, "resume=true"));
    assertTrue(said.contains("Going on from step " + done), said);
    Path whole = folder.resolve("whole");
    run(train(whole, steps));
    assertEquals(weights(whole), weights(killed));
  }

  /** As Ctrl-C on a terminal; skipped where this process was told to ignore it. */
  private static void interrupt(Process process) throws Exception {
    String status = Files.readString(Path.of("/proc/self/status"));
    String ignored = status.replaceAll("(?s).*SigIgn:\\s*(\\p{XDigit}+).*", "$1");
    assumeTrue((Long.parseUnsignedLong(ignored, 16) & 2) == 0, "skipped: SIGINT is ignored here");
    assertEquals(0, new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "signals are sent as on Linux")
  void ctrlCStopsAndSavesTheModel() throws Exception {
    Path model = folder.resolve("model");
    Path log = folder.resolve("log.txt");
    Process process = start(UniEm.class, log, train(model, "minutes=60"));
    try {
      while (!read(log).contains("Step ")) {
        assertTrue(process.isAlive(), () -> read(log));
        Thread.sleep(50);
      }
      interrupt(process);
      assertEquals(0, process.waitFor(), () -> read(log));
    } finally {
      process.destroyForcibly();
    }
    assertTrue(read(log).contains("becomes the model"), read(log));
    assertTrue(weights(model).size() > 0);
    assertEquals(RunStatus.State.ENDED, RunStatus.read(model).orElseThrow().state());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "signals are sent as on Linux")
  void aSecondCtrlCEndsAtOnceWithAStatusThatSaysSo() throws Exception {
    Path model = folder.resolve("model");
    Path log = folder.resolve("log.txt");
    Process process =
        start(
            UniEm.class,
            log,
            train(model, "fov=17", "deltas=1", "validationFraction=0", "batchSize=64", "depth=4"));
    try {
      await(process, model.resolve("training/run.json"), log);
      interrupt(process);
      while (process.isAlive() && !read(log).contains("Ctrl-C again")) {
        Thread.sleep(10);
      }
      interrupt(process);
      assertEquals(130, process.waitFor(), () -> read(log));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process can only be killed there")
  void anEndFromOutsideWaitsForTheStepAndItsCheckpoint() throws Exception {
    Path model = folder.resolve("model");
    Path log = folder.resolve("log.txt");
    // A step takes longer than a cancel waits for it.
    Process process =
        start(
            UniEm.class,
            log,
            train(
                model,
                "fov=17",
                "deltas=1",
                "validationFraction=0",
                "depth=4",
                "features=8",
                "batchSize=32"));
    try {
      await(process, model.resolve("training/run.json"), log);
      Thread.sleep(500);
      process.destroy();
      assertNotEquals(0, process.waitFor(), () -> read(log));
    } finally {
      process.destroyForcibly();
    }
    Checkpoint checkpoint = Checkpoint.read(model.resolve("training/checkpoint.safetensors"));
    assertTrue(checkpoint.step() >= 0);
    assertEquals(RunStatus.State.CANCELLED, RunStatus.read(model).orElseThrow().state());
  }
}
