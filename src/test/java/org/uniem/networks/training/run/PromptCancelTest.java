package org.uniem.networks.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

class PromptCancelTest {

  @Test
  void resultAndFailureOfTheWorkComeThrough() {
    try (Job job = Job.silent()) {
      assertEquals(7, PromptCancel.call("work", () -> 7, job));
      BadInputException e =
          assertThrows(
              BadInputException.class,
              () ->
                  PromptCancel.call(
                      "work",
                      () -> {
                        throw new BadInputException("bad");
                      },
                      job));
      assertEquals("bad", e.getMessage());
    }
  }

  @Test
  @Timeout(60)
  void aCancelDoesNotWaitForALongCallWhichStillEnds() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Job job = Job.silent()) {
      job.cancel();
      assertThrows(
          CancellationException.class,
          () ->
              PromptCancel.call(
                  "work",
                  () -> {
                    release.await();
                    ended.countDown();
                    return null;
                  },
                  job));
      assertEquals(1, ended.getCount(), "the call goes on behind the cancel");
    }
    release.countDown();
    assertTrue(ended.await(10, TimeUnit.SECONDS));
  }

  @Test
  void aCancelWaitsForAShortCallSoThatItsEffectsAreSeen() {
    boolean[] done = {false};
    try (Job job = Job.silent()) {
      job.cancel();
      PromptCancel.call(
          "work",
          () -> {
            Thread.sleep(100);
            done[0] = true;
            return null;
          },
          job);
    }
    assertTrue(done[0]);
  }

  @Test
  void anInterruptCancelsTheJobAndIsKept() {
    try (Job job = Job.silent()) {
      Thread.currentThread().interrupt();
      assertThrows(
          CancellationException.class,
          () ->
              PromptCancel.call(
                  "work",
                  () -> {
                    while (true) {
                      job.checkCancelled();
                      Thread.sleep(5);
                    }
                  },
                  job));
      assertTrue(job.isCancelled());
    }
    assertTrue(Thread.interrupted());
    assertFalse(Thread.interrupted());
  }
}
