package org.uniem.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobTest {

  @Test
  void resultsComeInTheOrderOfTheTasks() {
    try (Job job = new Job(3, ProgressListener.NONE)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int number = i;
        tasks.add(
            () -> {
              Thread.sleep((50 - number) % 5);
              return number;
            });
      }
      assertEquals(IntStream.range(0, 50).boxed().toList(), job.runAll(tasks));
      assertEquals(List.of(), job.runAll(List.<Callable<String>>of()));
    }
  }

  @Test
  void firstFailureStopsTheRestAndIsThrown() {
    BadInputException failure = new BadInputException("slice 3 is truncated");
    AtomicInteger started = new AtomicInteger();
    try (Job job = new Job(1, ProgressListener.NONE)) {
      List<Callable<Void>> tasks =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      (Callable<Void>)
                          () -> {
                            started.incrementAndGet();
                            if (i == 3) {
                              throw failure;
                            }
                            return null;
                          })
              .toList();
      assertSame(failure, assertThrows(BadInputException.class, () -> job.runAll(tasks)));
      assertEquals(4, started.get());
      // A failure does not cancel the job: the next work may run.
      assertFalse(job.isCancelled());
      assertEquals(List.of(1), job.runAll(List.of(() -> 1)));
    }
  }

  @Test
  void runningTasksAreAwaitedAfterAFailure() {
    AtomicBoolean finished = new AtomicBoolean();
    CountDownLatch slowRuns = new CountDownLatch(1);
    Callable<Void> slow =
        () -> {
          slowRuns.countDown();
          Thread.sleep(200);
          finished.set(true);
          return null;
        };
    Callable<Void> failing =
        () -> {
          slowRuns.await();
          throw new BadInputException("broken");
        };
    try (Job job = new Job(2, ProgressListener.NONE)) {
      assertThrows(BadInputException.class, () -> job.runAll(List.of(failing, slow)));
      assertTrue(finished.get(), "a task outlived its call");
    }
  }

  @Test
  void errorsArePassedOnAndCheckedExceptionsAreWrappedWithTheirCause() {
    try (Job job = new Job(2, ProgressListener.NONE)) {
      OutOfMemoryError error = new OutOfMemoryError("a test");
      Callable<Void> starving =
          () -> {
            throw error;
          };
      assertSame(error, assertThrows(OutOfMemoryError.class, () -> job.runAll(List.of(starving))));
      IOException cause = new IOException("disk gone");
      Callable<Void> unreadable =
          () -> {
            throw cause;
          };
      IllegalStateException wrapped =
          assertThrows(IllegalStateException.class, () -> job.runAll(List.of(unreadable)));
      assertSame(cause, wrapped.getCause());
      assertTrue(wrapped.getMessage().contains("disk gone"), wrapped.getMessage());
    }
  }

  @Test
  void cancelFromAnotherThreadEndsAllWorkWithinASecond() throws InterruptedException {
    try (Job job = new Job(2, ProgressListener.NONE)) {
      CountDownLatch running = new CountDownLatch(2);
      AtomicInteger started = new AtomicInteger();
      Callable<Void> endless =
          () -> {
            started.incrementAndGet();
            running.countDown();
            while (true) {
              job.checkCancelled();
              Thread.sleep(5);
            }
          };
      Thread canceller =
          new Thread(
              () -> {
                try {
                  running.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                job.cancel();
              });
      canceller.start();
      assertThrows(
          CancellationException.class,
          () -> job.runAll(Stream.generate(() -> endless).limit(10).toList()));
      canceller.join();
      assertEquals(2, started.get(), "tasks were started after the cancel");
      assertTrue(job.isCancelled());
      assertThrows(CancellationException.class, job::checkCancelled);
      assertThrows(CancellationException.class, () -> job.runAll(List.of(() -> 1)));
    }
  }

  @Test
  void cancelWinsOverTheFailuresItCauses() {
    try (Job job = new Job(1, ProgressListener.NONE)) {
      Callable<Void> task =
          () -> {
            job.cancel();
            throw new BadInputException("half a file, because of the cancel");
          };
      assertThrows(CancellationException.class, () -> job.runAll(List.of(task)));
    }
  }

  @Test
  void interruptOfTheCallerEndsTheWorkAndStaysVisible() throws InterruptedException {
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    AtomicBoolean cancelled = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(1);
    try (Job job = new Job(1, ProgressListener.NONE)) {
      Callable<Void> task =
          () -> {
            running.countDown();
            Thread.sleep(50);
            return null;
          };
      Thread caller =
          new Thread(
              () -> {
                try {
                  job.runAll(Stream.generate(() -> task).limit(1000).toList());
                } catch (CancellationException e) {
                  cancelled.set(true);
                }
                stillInterrupted.set(Thread.currentThread().isInterrupted());
              });
      caller.start();
      assertTrue(running.await(10, TimeUnit.SECONDS));
      caller.interrupt();
      caller.join(10_000);
      assertTrue(cancelled.get());
      assertTrue(stillInterrupted.get());
    }
  }

  @Test
  void progressCountsEveryUnitOnce() {
    List<Long> reports = Collections.synchronizedList(new ArrayList<>());
    ProgressListener listener =
        (stage, done, total, unit) -> {
          assertEquals("Reading", stage);
          assertEquals(300, total);
          assertEquals("slices", unit);
          reports.add(done);
        };
    try (Job job = new Job(4, listener)) {
      Job.Stage stage = job.stage("Reading", 300, "slices");
      Callable<Void> task =
          () -> {
            stage.advance(3);
            return null;
          };
      job.runAll(Stream.generate(() -> task).limit(100).toList());
    }
    assertEquals(
        IntStream.rangeClosed(0, 100).mapToObj(i -> 3L * i).toList(),
        reports.stream().sorted().toList());
    assertEquals(0, reports.get(0));
  }

  @Test
  void progressOfACancelledJobThrows() {
    try (Job job = new Job(1, ProgressListener.NONE)) {
      Job.Stage stage = job.stage("Reading", 2, "slices");
      stage.advance(1);
      job.cancel();
      assertThrows(CancellationException.class, () -> stage.advance(1));
    }
  }

  @Test
  void messagesReachTheListener() {
    List<String> messages = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void progress(String stage, long done, long total, String unit) {}

          @Override
          public void message(String message) {
            messages.add(message);
          }
        };
    try (Job job = new Job(1, listener)) {
      job.message("Runs on the CPU.");
    }
    assertEquals(List.of("Runs on the CPU."), messages);
  }

  @Test
  void noThreadsIsRefusedAndTheNumberIsKept() {
    BadParameterException error =
        assertThrows(BadParameterException.class, () -> new Job(0, ProgressListener.NONE));
    assertTrue(error.getMessage().contains("threads=0"), error.getMessage());
    try (Job job = new Job(3, ProgressListener.NONE)) {
      assertEquals(3, job.threads());
    }
    try (Job job = Job.silent()) {
      assertEquals(Runtime.getRuntime().availableProcessors(), job.threads());
    }
  }

  @Test
  void closingEndsTheWorkerThreads() throws InterruptedException {
    Thread worker;
    try (Job job = new Job(1, ProgressListener.NONE)) {
      worker = job.runAll(List.<Callable<Thread>>of(Thread::currentThread)).get(0);
      assertTrue(worker.isAlive());
      assertTrue(worker.isDaemon());
    }
    worker.join(10_000);
    assertFalse(worker.isAlive());
  }
}
