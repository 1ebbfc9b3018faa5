package org.uniem.viewers.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.networks.training.events.EventWriter;

class TrainingFollowerTest {

  @TempDir Path folder;

  /** Records carry the time of the computer; this clock starts there. */
  private final TestClock clock = new TestClock(Instant.now());

  private TrainingFollower follower;

  @BeforeEach
  void follow() {
    follower = new TrainingFollower(folder, clock, view -> {});
  }

  @AfterEach
  void close() {
    follower.close();
  }

  private Path training() {
    return folder.resolve("training");
  }

  @Test
  void followsAGrowingFile() {
    assertEquals(Phase.WAITING, follower.look().phase());
    try (EventWriter writer = new EventWriter(training())) {
      assertEquals(Phase.WAITING, follower.look().phase());
      writer.scalar("loss/training", 10, 0.5);
      TrainingView view = follower.look();
      assertEquals(Phase.RUNNING, view.phase());
      assertEquals(List.of("10 0.5"), points(view, "loss/training"));
      writer.scalar("loss/training", 20, 0.25);
      writer.scalar("jaccard/validation", 20, 0.75);
      writer.scalar("learningRate", 20, 1e-3);
      view = follower.look();
      assertEquals(List.of("10 0.5", "20 0.25"), points(view, "loss/training"));
      assertEquals(List.of("jaccard/validation"), view.scores().stream().map(Curve::tag).toList());
      assertEquals(List.of("loss/training"), view.losses().stream().map(Curve::tag).toList());
      assertEquals(20, view.step());
      // Nothing new: nothing is made anew.
      assertEquals(view.curves(), follower.look().curves());
    }
  }

  @Test
  void theFolderTrainingItselfMayBeGiven() {
    try (EventWriter writer = new EventWriter(training())) {
      writer.scalar("loss/training", 10, 0.5);
    }
    try (TrainingFollower within = new TrainingFollower(training(), clock, view -> {})) {
      assertEquals(folder.toAbsolutePath(), within.folder());
      assertEquals(10, within.look().step());
    }
  }

  @Test
  void whereAResumedRunRepeatsStepsTheNewerWins() throws Exception {
    try (EventWriter first = new EventWriter(training())) {
      for (int step = 10; step <= 100; step += 10) {
        first.scalar("loss/training", step, 1);
        first.image("image | target", step, picture());
      }
      first.scalar("jaccard/validation", 60, 0.9);
      first.scalar("jaccard/validation", 90, 0.99);
      first.scalar("loss/old", 95, 1);
    }
    follower.look();
    // From the checkpoint of step 55 on; the validation of step 90 has not come again yet.
    Path names = eventFiles().get(0);
    Files.move(names, names.resolveSibling("events.out.tfevents.1000000000.host"));
    try (EventWriter second = new EventWriter(training())) {
      second.graph(new byte[10]);
      assertEquals(100, follower.look().step());
      second.scalar("loss/training", 65, 2);
      second.scalar("loss/training", 75, 2);
    }
    TrainingView view = follower.look();
    assertEquals(
        List.of("10 1.0", "20 1.0", "30 1.0", "40 1.0", "50 1.0", "60 1.0", "65 2.0", "75 2.0"),
        points(view, "loss/training"));
    assertEquals(List.of("60 0.9"), points(view, "jaccard/validation"));
    assertEquals(60, view.previews().get(view.previews().size() - 1).step());
    assertFalse(view.curves().stream().anyMatch(curve -> curve.tag().equals("loss/old")));
    // Read from the start it is the same.
    try (TrainingFollower other = new TrainingFollower(folder, clock, ignored -> {})) {
      assertEquals(points(view, "loss/training"), points(other.look(), "loss/training"));
    }
  }

  @Test
  void manyFilesOfOneSecondAreReadInTheirOrder() throws Exception {
    for (int i = 0; i < 12; i++) {
      try (EventWriter writer = new EventWriter(training())) {
        writer.scalar("loss/training", 10 * (i + 1), i);
        String suffix = i == 0 ? "" : "." + i;
        Path name = training().resolve("events.out.tfevents.1500000000.host" + suffix);
        Files.move(writer.file(), name);
      }
    }
    assertEquals(
        IntStream.range(0, 12).mapToObj(i -> 10 * (i + 1) + " " + (float) i).toList(),
        points(follower.look(), "loss/training"));
  }

  @Test
  void aHalfWrittenRecordIsWaitedForWithoutAProblem() throws Exception {
    try (EventWriter writer = new EventWriter(training())) {
      writer.scalar("loss/training", 10, 1);
      writer.scalar("loss/training", 20, 2);
    }
    Path file = eventFiles().get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 7));
    TrainingView view = follower.look();
    assertEquals(List.of("10 1.0"), points(view, "loss/training"));
    assertEquals("", view.problem());
    Files.write(file, whole);
    assertEquals(List.of("10 1.0", "20 2.0"), points(follower.look(), "loss/training"));
  }

  @Test
  void aTrainingBegunAnewInTheFolderIsFollowedFromItsStart() throws Exception {
    try (EventWriter writer = new EventWriter(training())) {
      IntStream.range(1, 50).forEach(i -> writer.scalar("loss/training", i, 1));
    }
    assertEquals(49, follower.look().step());
    Files.delete(eventFiles().get(0));
    assertEquals(0, follower.look().step());
    try (EventWriter writer = new EventWriter(training())) {
      writer.scalar("loss/training", 1, 3);
    }
    assertEquals(List.of("1 3.0"), points(follower.look(), "loss/training"));
    // The same name with less in it.
    Files.write(eventFiles().get(0), new byte[0]);
    assertEquals(0, follower.look().step());
    assertEquals("", follower.look().problem());
  }

  @Test
  void damageIsSaidWithFileAndPlaceAndTheRestIsShown() throws Exception {
    try (EventWriter writer = new EventWriter(training())) {
      IntStream.range(1, 5).forEach(i -> writer.scalar("loss/training", i, 1));
    }
    Path file = eventFiles().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[40 + (bytes.length - 40) / 4 + 15] ^= 1;
    Files.write(file, bytes);
    for (int look = 0; look < 2; look++) {
      TrainingView view = follower.look();
      assertEquals(1, view.step());
      String place = "at byte " + (40 + (bytes.length - 40) / 4);
      assertTrue(view.problem().contains(file + " ") && view.problem().contains(place), "" + view);
    }
  }

  @Test
  void silenceIsToldAndEndsWithTheNextRecord() {
    try (EventWriter writer = new EventWriter(training())) {
      writer.scalar("loss/training", 10, 1);
      assertEquals(Phase.RUNNING, follower.look().phase());
      clock.advance(50);
      assertEquals(Phase.RUNNING, follower.look().phase());
      clock.advance(71);
      TrainingView view = follower.look();
      assertEquals(Phase.STALLED, view.phase());
      assertTrue(view.statusLine().endsWith("no record for 2 min 01 s"), view.statusLine());
      writer.scalar("loss/training", 20, 1);
      assertEquals(Phase.RUNNING, follower.look().phase());
    }
  }

  @Test
  void anOldModelBesideItsRecordsHasEnded() throws Exception {
    try (EventWriter writer = new EventWriter(training())) {
      writer.scalar("loss/training", 10, 1);
    }
    Files.writeString(folder.resolve("model.json"), "{}");
    assertEquals(Phase.ENDED, follower.look().phase());
  }

  @Test
  void howTheRunStandsIsTakenFromItsOwnWords() throws Exception {
    try (EventWriter writer = new EventWriter(training())) {
      writer.scalar("loss/training", 10, 1);
      writer.scalar("loss/training", 20, 1);
    }
    double started = clock.millis() / 1000.0 - 30;
    status("RUNNING", "", 40, 0.5, started, ProcessHandle.current().pid());
    TrainingView view = follower.look();
    assertEquals(Phase.RUNNING, view.phase());
    assertEquals(70, view.seconds(), 1);
    assertTrue(view.statusLine().startsWith("Step 20 of 40  ·  1 min "), view.statusLine());
    assertTrue(view.statusLine().endsWith("  ·  CPU, 2 threads"), view.statusLine());
    status("ENDED", "all 40 steps done", 40, 0, started, 1);
    assertEquals(Phase.ENDED, follower.look().phase());
    assertTrue(follower.look().statusLine().endsWith("all 40 steps done"));
    status("FAILED", "Training diverged", 40, 0, started, 1);
    assertEquals(Phase.FAILED, follower.look().phase());
    status("CANCELLED", "", 40, 0, started, 1);
    assertEquals(Phase.CANCELLED, follower.look().phase());
    Process gone =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .start();
    gone.waitFor();
    status("RUNNING", "", 40, 0, started, gone.pid());
    assertEquals(Phase.KILLED, follower.look().phase());
    assertTrue(follower.look().statusLine().contains("its process is gone"));
    Files.writeString(training().resolve("run.json"), "{");
    assertTrue(follower.look().problem().contains("run.json"));
  }

  @Test
  void timeLeftIsByTheLimitThatComesFirst() throws Exception {
    double now = clock.millis() / 1000.0;
    status("RUNNING", "", 1000, 10, now - 60, ProcessHandle.current().pid());
    TrainingHistory history = new TrainingHistory();
    history.reading(folder);
    // Two steps per second for a minute.
    for (int i = 0; i <= 60; i += 10) {
      history.scalar("loss/training", 2L * i, now - 60 + i, 1);
    }
    TrainingView status = follower.look();
    TrainingView view =
        new TrainingView(
            folder,
            history.curves(),
            List.of(),
            status.run(),
            Phase.RUNNING,
            history.firstTime(),
            history.lastTime(),
            0,
            "");
    assertEquals(2, view.stepsPerSecond().orElseThrow(), 1e-9);
    // 880 steps would take 440 s; of ten minutes, 40 s of the runs before and 60 s are over.
    assertEquals(440, view.secondsLeft().orElseThrow(), 0.5);
    status("RUNNING", "", 0, 10, now - 60, ProcessHandle.current().pid());
    assertEquals(
        500,
        new TrainingView(
                folder,
                history.curves(),
                List.of(),
                follower.look().run(),
                Phase.RUNNING,
                history.firstTime(),
                history.lastTime(),
                0,
                "")
            .secondsLeft()
            .orElseThrow(),
        0.5);
  }

  private void status(
      String state, String reason, long steps, double minutes, double started, long pid)
      throws Exception {
    long processStarted =
        ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH).getEpochSecond();
    Files.createDirectories(training());
    Files.writeString(
        training().resolve("run.json"),
        String.format(
            java.util.Locale.ROOT,
            "{\"state\": \"%s\", \"reason\": \"%s\", \"device\": \"CPU, 2 threads\","
                + " \"steps\": %d, \"minutes\": %f, \"stepsBefore\": 5, \"secondsBefore\": 40,"
                + " \"started\": %f, \"process\": %d, \"processStarted\": %d, \"host\": \"%s\"}",
            state,
            reason,
            steps,
            minutes,
            started,
            pid,
            processStarted,
            EventWriter.hostName()));
  }

  @Test
  void aLongTrainingTakesBoundedMemory() {
    Curve.Builder curve = new Curve.Builder("loss/training");
    int steps = 5 * Curve.Builder.MOST_POINTS;
    for (int i = 1; i <= steps; i++) {
      curve.add(i, i, i);
    }
    Curve built = curve.build();
    assertTrue(built.size() <= Curve.Builder.MOST_POINTS, "" + built.size());
    assertTrue(built.lastStep() > steps - 16, "" + built.lastStep());
    for (int i = 1; i < built.size(); i++) {
      assertTrue(built.step(i) > built.step(i - 1));
    }
  }

  @Test
  void aHundredThousandStepsWithPreviewsAreReadWithoutLoadingThem() throws Exception {
    try (EventWriter writer = new EventWriter(training())) {
      for (int step = 10; step <= 100_000; step += 10) {
        writer.scalar("loss/training", step, 1.0 / step);
        if (step % 1000 == 0) {
          writer.image("image | target | probability", step, picture());
        }
      }
    }
    TrainingView view = follower.look();
    assertEquals(10_000, view.losses().get(0).size());
    assertEquals(100, view.previews().size());
    List<Preview.Part> parts = view.previews().get(99).load();
    assertEquals(
        List.of("Image", "Target", "Probability"), parts.stream().map(Preview.Part::name).toList());
    assertEquals(2, parts.get(2).picture().getWidth());
    assertEquals(200, parts.get(2).picture().getRaster().getSample(1, 1, 0));
    assertEquals(0, parts.get(0).picture().getRaster().getSample(1, 1, 0));
  }

  @Test
  @Timeout(60)
  void fiftyTimesOpenedAndClosedItLeavesNoThread() throws Exception {
    try (EventWriter writer = new EventWriter(training())) {
      writer.scalar("loss/training", 1, 1);
    }
    for (int i = 0; i < 50; i++) {
      CountDownLatch told = new CountDownLatch(1);
      try (TrainingFollower other =
          new TrainingFollower(folder, Clock.systemUTC(), view -> told.countDown())) {
        other.start(10);
        assertTrue(told.await(10, TimeUnit.SECONDS));
      }
      // Afterwards nothing is done and nothing fails.
    }
    follower.close();
    follower.run(() -> {});
    while (monitorThreads() > 0) {
      Thread.sleep(10);
    }
  }

  private static long monitorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("uniem-training-monitor"))
        .count();
  }

  private static BufferedImage picture() {
    BufferedImage picture = new BufferedImage(6, 2, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSample(5, 1, 0, 200);
    return picture;
  }

  private static List<String> points(TrainingView view, String tag) {
    Curve curve = view.curves().stream().filter(c -> c.tag().equals(tag)).findFirst().orElseThrow();
    return IntStream.range(0, curve.size())
        .mapToObj(i -> (long) curve.step(i) + " " + (float) curve.value(i))
        .toList();
  }

  private List<Path> eventFiles() throws Exception {
    try (var files = Files.list(training())) {
      return files.filter(f -> f.getFileName().toString().startsWith("events")).sorted().toList();
    }
  }
}
