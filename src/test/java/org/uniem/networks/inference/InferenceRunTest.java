package org.uniem.networks.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.ProgressListener;
import org.uniem.job.ResourceException;
import org.uniem.networks.LoadedModel;
import org.uniem.networks.ModelDescription;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;

@Timeout(60)
class InferenceRunTest {

  /** Counts slices and remembers whether it was committed. */
  private static final class RecordingWriter implements VolumeWriter {
    final AtomicInteger slices = new AtomicInteger();
    boolean committed;
    boolean closed;

    @Override
    public void writeSlice(float[]... channels) {
      slices.incrementAndGet();
    }

    @Override
    public void commit() {
      committed = true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static LoadedModel sleeping(int milliseconds) {
    return FakeNetwork.model(
        1,
        1,
        (image, y, x, m) -> {
          if (x + y == 0) {
            pause(milliseconds);
          }
          return 0;
        });
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError("the network must not be interrupted", e);
    }
  }

  private static ArrayVolume black(long depth) {
    return ArrayVolume.grey(16, 16, depth, (x, y, z, c) -> 0);
  }

  @AfterEach
  void everyThreadEnds() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("uniem-predict")) {
        // A network's call that a cancel left behind ends in its own time.
        thread.join(30_000);
        assertFalse(thread.isAlive(), thread.getName() + " is alive");
      }
    }
  }

  @Test
  @Timeout(60)
  void cancelMidwayEndsAndCommitsNothing() throws InterruptedException {
    RecordingWriter writer = new RecordingWriter();
    try (Job job = Job.silent()) {
      Thread canceller =
          new Thread(
              () -> {
                while (writer.slices.get() < 3) {
                  pause(1);
                }
                job.cancel();
              });
      canceller.start();
      assertThrows(
          CancellationException.class,
          () -> {
            try (writer) {
              NetworkInference.predict(
                  List.of(sleeping(100)),
                  black(100_000),
                  InferenceOptions.DEFAULTS,
                  new VolumeSink(writer, OutputType.PROBABILITY),
                  job);
              writer.commit();
            }
          });
      canceller.join();
    }
    assertFalse(writer.committed);
    assertTrue(writer.closed);
  }

  @Test
  @Timeout(60)
  void cancelDoesNotWaitForALongCallOfTheNetwork() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayReturn = new CountDownLatch(1);
    LoadedModel stuck =
        FakeNetwork.model(
            1,
            1,
            (image, y, x, m) -> {
              entered.countDown();
              awaitUninterruptibly(mayReturn);
              return 0;
            });
    AtomicInteger delivered = new AtomicInteger();
    try (Job job = Job.silent()) {
      Thread canceller =
          new Thread(
              () -> {
                awaitUninterruptibly(entered);
                job.cancel();
              });
      canceller.start();
      assertThrows(
          CancellationException.class,
          () ->
              NetworkInference.predict(
                  List.of(stuck),
                  black(10),
                  InferenceOptions.DEFAULTS,
                  (z, maps) -> delivered.incrementAndGet(),
                  job));
      canceller.join();
    } finally {
      mayReturn.countDown();
    }
    everyThreadEnds();
    assertEquals(0, delivered.get());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void predictionArrivesInATiffStackAndACancelledOneLeavesNothing(@TempDir Path folder)
      throws IOException {
    ArrayVolume images = ArrayVolume.grey(33, 20, 7, (x, y, z, c) -> (x * 3 + y * 5 + 7 * z) % 256);
    OutputType type = OutputType.PROBABILITY;
    Path output = folder.resolve("map.tif");
    try (Job job = Job.silent();
        VolumeWriter writer = Volumes.create(output, type.spec(images, 1))) {
      NetworkInference.predict(
          FakeNetwork.identity(8),
          images,
          InferenceOptions.DEFAULTS,
          new VolumeSink(writer, type),
          job);
      writer.commit();
    }
    float[] expected = new float[33 * 20];
    float[] found = new float[33 * 20];
    try (Volume map = Volumes.open(output)) {
      assertEquals(PixelType.UINT8, map.pixelType());
      for (long z = 0; z < 7; z++) {
        images.readSlice(z, 0, expected);
        map.readSlice(z, 0, found);
        assertArrayEquals(expected, found);
      }
    }
    Files.delete(output);
    try (Job job = Job.silent()) {
      assertThrows(
          CancellationException.class,
          () -> {
            try (VolumeWriter writer = Volumes.create(output, type.spec(images, 1))) {
              VolumeSink sink = new VolumeSink(writer, type);
              NetworkInference.predict(
                  FakeNetwork.identity(8),
                  images,
                  InferenceOptions.DEFAULTS,
                  (z, maps) -> {
                    sink.accept(z, maps);
                    job.cancel();
                  },
                  job);
              writer.commit();
            }
          });
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void interruptOfTheCallerCancelsAndIsKept() {
    try (Job job = Job.silent()) {
      Thread caller = Thread.currentThread();
      assertThrows(
          CancellationException.class,
          () ->
              NetworkInference.predict(
                  List.of(sleeping(5)),
                  black(100_000),
                  InferenceOptions.DEFAULTS,
                  (z, maps) -> {
                    if (z == 2) {
                      caller.interrupt();
                    }
                  },
                  job));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void failureOfTheNetworkIsThrownItself() {
    IllegalStateException failure = new IllegalStateException("network");
    LoadedModel model =
        FakeNetwork.model(
            1,
            1,
            (image, y, x, m) -> {
              throw failure;
            });
    assertSame(failure, failureOf(model, black(1000), (z, maps) -> {}));
  }

  @Test
  void failureOfTheReaderIsThrownItself() {
    IllegalStateException failure = new IllegalStateException("reader");
    ArrayVolume images =
        ArrayVolume.grey(
            4,
            4,
            1000,
            (x, y, z, c) -> {
              if (z == 5) {
                throw failure;
              }
              return 0;
            });
    assertSame(failure, failureOf(sleeping(1), images, (z, maps) -> {}));
  }

  @Test
  void failureOfTheWriterIsThrownItself() {
    OutputException failure = new OutputException("disk full");
    assertSame(
        failure,
        failureOf(
            sleeping(1),
            black(1000),
            (z, maps) -> {
              if (z == 7) {
                throw failure;
              }
            }));
  }

  @Test
  void runningOutOfMemoryNamesTheWayOut() {
    LoadedModel model =
        FakeNetwork.model(
            1,
            1,
            (image, y, x, m) -> {
              throw new OutOfMemoryError("fake");
            });
    Throwable failure = failureOf(model, black(3), (z, maps) -> {});
    assertTrue(failure instanceof ResourceException, failure::toString);
    assertTrue(failure.getMessage().contains("-Xmx"), failure.getMessage());
    assertTrue(failure.getCause() instanceof OutOfMemoryError);
  }

  private static Throwable failureOf(LoadedModel model, ArrayVolume images, Sink sink) {
    try (Job job = Job.silent()) {
      return assertThrows(
          Throwable.class,
          () ->
              NetworkInference.predict(
                  List.of(model), images, InferenceOptions.DEFAULTS, sink, job));
    }
  }

  @Test
  void slicesInMemoryDoNotGrowWithTheirNumber() {
    ArrayVolume images = black(400);
    Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    AtomicLong lead = new AtomicLong();
    LoadedModel context =
        FakeNetwork.model(
            ModelDescription.builder("context", "fake").context(1, 1), (image, y, x, m) -> 0);
    try (Job job = Job.silent()) {
      NetworkInference.predict(
          List.of(context),
          images,
          InferenceOptions.DEFAULTS,
          (z, maps) -> {
            arrays.add(maps[0]);
            lead.accumulateAndGet(images.lastRead.get() - z, Math::max);
            if (z < 20) {
              pause(10);
            }
          },
          job);
    }
    assertTrue(arrays.size() <= 3, arrays.size() + " buffers");
    // Slices wait in the reader (3), the window (1), as patches (6) and as maps (3).
    assertTrue(lead.get() <= 13, "the reader was " + lead + " slices ahead");
  }

  @Test
  void readingAndWritingGoOnWhileTheNetworkRuns() {
    ArrayVolume images = black(20);
    AtomicLong written = new AtomicLong(-1);
    AtomicInteger calls = new AtomicInteger();
    LoadedModel model =
        FakeNetwork.model(
            1,
            1,
            (image, y, x, m) -> {
              // The call for slice 3 returns only once slice 5 is read and slice 2 is written.
              if (x + y == 0 && calls.getAndIncrement() == 3) {
                for (int i = 0; i < 3000 && (images.lastRead.get() < 5 || written.get() < 2); i++) {
                  pause(10);
                }
                assertTrue(images.lastRead.get() >= 5 && written.get() == 2);
              }
              return 0;
            });
    try (Job job = Job.silent()) {
      NetworkInference.predict(
          List.of(model), images, InferenceOptions.DEFAULTS, (z, maps) -> written.set(z), job);
    }
    assertEquals(20, calls.get());
  }

  @Test
  void statisticsCountSlicesPatchesAndTheTimeOfTheNetwork() {
    try (Job job = Job.silent()) {
      InferenceStatistics statistics =
          NetworkInference.predict(
              List.of(sleeping(20)),
              black(10),
              new InferenceOptions(4, 0, 0, 0),
              (z, maps) -> {},
              job);
      assertEquals(10, statistics.slices());
      assertEquals(40, statistics.patches());
      assertTrue(statistics.networkBusy() * statistics.seconds() >= 0.8, statistics::summary);
      assertTrue(statistics.networkBusy() <= 1, statistics::summary);
      assertEquals(10 * 256 / statistics.seconds() * 1e-6, statistics.megapixelsPerSecond(), 1e-9);
    }
  }

  /** One slice of four tiles in four orientations: the time left can be told after the first. */
  @Test
  void progressCountsTilesFromTheFirstOn() {
    AtomicInteger slices = new AtomicInteger();
    List<String> beforeTheFirstSlice = Collections.synchronizedList(new ArrayList<>());
    AtomicLong last = new AtomicLong();
    ProgressListener listener =
        (stage, done, total, unit) -> {
          if (stage.equals("Predicting")) {
            assertEquals(last.getAndSet(done), Math.max(0, done - 1));
            if (slices.get() == 0) {
              beforeTheFirstSlice.add(done + " of " + total + " " + unit);
            }
          }
        };
    try (Job job = new Job(1, listener)) {
      NetworkInference.predict(
          List.of(sleeping(0)),
          ArrayVolume.grey(24, 24, 1, (x, y, z, c) -> 0),
          new InferenceOptions(4, 16, 8, 0),
          (z, maps) -> slices.incrementAndGet(),
          job);
    }
    assertEquals(List.of("0 of 16 tiles", "1 of 16 tiles"), beforeTheFirstSlice.subList(0, 2));
    assertEquals(16, last.get());
    assertEquals(1, slices.get());
  }

  @Test
  void tooLittleMemoryIsToldInNumbersBeforehand() {
    MemoryNeed need = new MemoryNeed(3L << 30, 2L << 30);
    need.requireFits(5L << 30);
    ResourceException e = assertThrows(ResourceException.class, () -> need.requireFits(1L << 30));
    for (String part : List.of("5120 MiB", "1024 MiB", "smaller tile", "-Xmx")) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void sliceThatCannotFitIsRefusedBeforeAnythingIsRead() {
    ArrayVolume images = ArrayVolume.grey(200_000, 100_000, 3, (x, y, z, c) -> 0);
    ResourceException e =
        assertThrows(
            ResourceException.class,
            () ->
                NetworkInference.predict(
                    FakeNetwork.identity(1),
                    images,
                    InferenceOptions.DEFAULTS,
                    (z, maps) -> {},
                    Job.silent()));
    assertTrue(e.getMessage().contains("200000 x 100000"), e.getMessage());
    assertEquals(-1, images.lastRead.get());
  }
}
