package org.uniem.networks.training.run;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.uniem.job.Job;

/** Runs work with uninterruptible native calls so that a cancel does not wait for them. */
public final class PromptCancel {

  private static final long POLL_MILLISECONDS = 50;

  /** Most calls end within this time after a cancel; then the caller sees all of their effects. */
  private static final long GRACE_MILLISECONDS = 700;

  /** A Java that ends waits this long for work that was left behind. */
  private static final long LAST_SECONDS = 120;

  private PromptCancel() {}

  /**
   * Runs work on a thread of its own and waits for it. Once the job is cancelled it waits a moment
   * longer and then leaves the work to end by itself; the work frees what it holds. A Java that
   * ends before the work waits for it, so that a checkpoint is not lost by Ctrl-C.
   *
   * @param name of the thread
   * @param work looks at the job's cancel flag whenever it can
   * @param job its cancel ends the wait; an interrupt of the calling thread cancels it
   * @throws CancellationException if the job was cancelled
   */
  public static <T> T call(String name, Callable<T> work, Job job) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread worker = new Thread(task, name);
    worker.start();
    boolean interrupted = false;
    long deadline = Long.MAX_VALUE;
    try {
      while (true) {
        if (job.isCancelled() && deadline == Long.MAX_VALUE) {
          deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLISECONDS);
        }
        try {
          return task.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
          job.cancel();
        } catch (TimeoutException e) {
          if (deadline - System.nanoTime() < 0) {
            job.message("The running step is finished in the background, then its checkpoint.");
            keepJavaFor(worker);
            throw new CancellationException("Cancelled.");
          }
        }
      }
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void keepJavaFor(Thread worker) {
    Thread hook = new Thread(() -> await(worker), "uniem-last-step");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Java is ending already, as after Ctrl-C, and waits for the caller.
      await(worker);
    }
  }

  private static void await(Thread worker) {
    try {
      worker.join(TimeUnit.SECONDS.toMillis(LAST_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException unwrapped(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException("The work failed: " + failure.getMessage(), failure);
  }
}
