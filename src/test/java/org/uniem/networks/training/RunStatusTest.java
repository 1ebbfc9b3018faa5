package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.networks.Safetensors;
import org.uniem.networks.Weights;
import org.uniem.networks.training.run.RunStatus;
import org.uniem.networks.training.run.TrainingLimits;
import org.uniem.networks.training.run.TrainingListener;
import org.uniem.networks.training.run.TrainingResult;

class RunStatusTest {

  @TempDir Path folder;

  @Test
  void aTrainingAskedToStopSavesItsModelAndSaysSo() {
    TrainingListener asking =
        new TrainingListener() {
          @Override
          public void step(long step, double loss) {
            if (step == 3) {
              RunStatus running = RunStatus.read(folder).orElseThrow();
              assertEquals(RunStatus.State.RUNNING, running.state());
              assertEquals("CPU, 2 threads", running.device());
              assertEquals(100_000, running.steps());
              assertFalse(running.isKilled());
              RunStatus.requestStop(folder);
            }
          }
        };
    TrainingResult result =
        NetworkTrainingTest.train(
            folder, NetworkTrainingTest.OPTIONS.withLimits(100_000, 0), false, asking);
    assertTrue(result.steps() < 100_000, result.reason());
    assertTrue(Files.exists(folder.resolve("model.json")));
    RunStatus ended = RunStatus.read(folder).orElseThrow();
    assertEquals("ended: stopped by the user", ended.toString());
    // The request is used up: going on is not stopped by it.
    assertFalse(RunStatus.isStopRequested(folder));
    TrainingResult more =
        NetworkTrainingTest.train(
            folder,
            NetworkTrainingTest.OPTIONS.withLimits(result.steps() + 2, 0),
            true,
            TrainingListener.NONE);
    assertEquals(result.steps() + 2, more.steps());
    assertEquals(result.steps(), RunStatus.read(folder).orElseThrow().stepsBefore());
  }

  @Test
  void aCancelledTrainingSaysSo() {
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
          () ->
              NetworkTrainingTest.train(
                  folder, NetworkTrainingTest.OPTIONS, false, cancelling, job));
    }
    NetworkTrainingTest.awaitEnd(folder);
    assertEquals("cancelled", RunStatus.read(folder).orElseThrow().toString());
  }

  @Test
  void aProcessThatIsGoneWasKilled() throws Exception {
    RunStatus own = RunStatus.begin("CPU", new TrainingLimits(10, 0), 0, 0);
    Process gone = new ProcessBuilder(java(), "-version").start();
    gone.waitFor();
    RunStatus other = withProcess(own, gone.pid(), own.processStarted(), own.host());
    assertTrue(other.isKilled());
    assertFalse(own.isKilled());
    // The number was given again to a younger process.
    assertTrue(withProcess(own, own.process(), own.processStarted() - 100, own.host()).isKilled());
    assertFalse(
        withProcess(own, gone.pid(), own.processStarted(), "elsewhere").isKilled(),
        "of another computer nothing is known");
    assertFalse(other.end(RunStatus.State.ENDED, "done").isKilled());
  }

  @Test
  void aTrainingAtWorkIsNotResumedByAnother() throws Exception {
    NetworkTrainingTest.train(
        folder, NetworkTrainingTest.OPTIONS.withLimits(2, 0), false, TrainingListener.NONE);
    RunStatus own = RunStatus.begin("CPU", new TrainingLimits(10, 0), 0, 0);
    Process other = new ProcessBuilder(java(), "-cp", classPath(), Sleeper.class.getName()).start();
    try {
      long started = other.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
      withProcess(own, other.pid(), started, own.host()).write(folder);
      OutputException e = assertThrows(OutputException.class, this::resume);
      assertTrue(
          e.getMessage().contains("still at work, in process " + other.pid()), e::getMessage);
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertEquals(4, resume().steps(), "its process is gone, so it was killed");
  }

  private TrainingResult resume() {
    return NetworkTrainingTest.train(
        folder, NetworkTrainingTest.OPTIONS.withLimits(4, 0), true, TrainingListener.NONE);
  }

  @Test
  void resumingWhatIsOverIsRefusedSinceLimitsCountAllRuns() throws Exception {
    NetworkTrainingTest.train(
        folder, NetworkTrainingTest.OPTIONS.withLimits(4, 0), false, TrainingListener.NONE);
    String before = Files.readString(folder.resolve("training/run.json"));
    BadParameterException steps = assertThrows(BadParameterException.class, this::resume);
    assertTrue(
        steps.getMessage().contains("has had 4 steps. steps=4 counts those of all runs together"),
        steps::getMessage);
    BadParameterException minutes =
        assertThrows(
            BadParameterException.class,
            () ->
                NetworkTrainingTest.train(
                    folder,
                    NetworkTrainingTest.OPTIONS.withLimits(0, 1e-4),
                    true,
                    TrainingListener.NONE));
    assertTrue(
        minutes.getMessage().contains("counts those of all runs together"), minutes::getMessage);
    assertEquals(before, Files.readString(folder.resolve("training/run.json")));
  }

  @Test
  void aFailingResumeLeavesTheStatusOfTheRunBefore() throws Exception {
    NetworkTrainingTest.train(
        folder, NetworkTrainingTest.OPTIONS.withLimits(2, 0), false, TrainingListener.NONE);
    Path status = folder.resolve("training/run.json");
    final String before = Files.readString(status);
    Path checkpoint = folder.resolve("training/checkpoint.safetensors");
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>(Safetensors.read(checkpoint).asMap());
    String kernel = tensors.keySet().stream().filter(n -> n.endsWith("kernel")).findFirst().get();
    tensors.put(kernel, new Weights.Tensor(new int[] {1, 2}, new float[2]));
    Safetensors.write(checkpoint, new Weights(tensors));
    BadInputException e = assertThrows(BadInputException.class, this::resume);
    assertTrue(e.getMessage().contains(kernel), e::getMessage);
    assertTrue(e.getMessage().contains("has the shape [1, 2], expected ["), e::getMessage);
    assertEquals(before, Files.readString(status));
  }

  /** A process that is alive. */
  static final class Sleeper {

    public static void main(String[] args) throws InterruptedException {
      Thread.sleep(600_000);
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static RunStatus withProcess(RunStatus run, long process, long started, String host) {
    return new RunStatus(
        run.state(),
        run.reason(),
        run.device(),
        run.steps(),
        run.minutes(),
        run.stepsBefore(),
        run.secondsBefore(),
        run.started(),
        process,
        started,
        host);
  }

  @Test
  void timeGoesOnFromTheRunsBefore() {
    RunStatus run = RunStatus.begin("CPU", new TrainingLimits(10, 0), 50, 20);
    assertEquals(25, run.secondsAt(run.started() + 5), 1e-6);
    assertEquals(20, run.secondsAt(run.started() - 5), "clocks of two computers differ");
  }

  @Test
  void aFolderWithoutStatusHasNoneAndADamagedOneIsNamed() throws Exception {
    assertEquals(Optional.empty(), RunStatus.read(folder));
    Files.createDirectories(folder.resolve("training"));
    for (String text : new String[] {"", "{", "[]", "{\"state\": \"dancing\"}"}) {
      Path file = Files.writeString(folder.resolve("training/run.json"), text);
      BadInputException e =
          assertThrows(BadInputException.class, () -> RunStatus.read(folder), text);
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }
  }
}
