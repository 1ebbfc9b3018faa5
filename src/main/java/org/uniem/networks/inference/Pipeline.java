package org.uniem.networks.inference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.uniem.job.JavaMemory;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;

/**
 * Stages that run at the same time, each in a thread of its own, joined by {@link Conveyor}s.
 *
 * <p>The first failure, or a cancel of the job, stops all conveyors; {@link #run()} returns or
 * throws only after every thread has ended, save for native stages. Used once, by one thread.
 */
final class Pipeline {

  /** How often the job is asked whether it was cancelled. */
  private static final long POLL_MILLISECONDS = 20;

  /** How long a stage in native code is waited for after a failure or a cancel. */
  private static final long GRACE_NANOSECONDS = 300_000_000L;

  /** The work of one stage. */
  interface Stage {
    void run() throws InterruptedException;
  }

  private final Job job;
  private final List<Thread> threads = new ArrayList<>();
  private final Set<Thread> nativeThreads = new HashSet<>();
  private final List<Conveyor<?>> conveyors = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  Pipeline(Job job) {
    this.job = job;
  }

  /** A queue of this pipeline. */
  <T> Conveyor<T> conveyor(int capacity) {
    Conveyor<T> conveyor = new Conveyor<>(capacity);
    conveyors.add(conveyor);
    return conveyor;
  }

  /** Adds a stage; it starts with {@link #run()}. */
  void stage(String name, Stage stage) {
    threads.add(thread(name, stage));
  }

  /**
   * Adds a stage whose calls into native code cannot be interrupted: after a failure or a cancel it
   * may outlive the pipeline by one such call, and then touches nothing but its stopped conveyors.
   */
  void nativeStage(String name, Stage stage) {
    Thread thread = thread(name, stage);
    threads.add(thread);
    nativeThreads.add(thread);
  }

  private Thread thread(String name, Stage stage) {
    Thread thread = new Thread(() -> runStage(stage), "uniem-predict-" + name);
    thread.setDaemon(true);
    return thread;
  }

  private void runStage(Stage stage) {
    try {
      stage.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new CancellationException("Interrupted."));
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    conveyors.forEach(Conveyor::stop);
  }

  /**
   * Runs all stages and waits until they have ended, or left native code behind.
   *
   * @throws CancellationException if the job is cancelled or the calling thread interrupted
   * @throws ResourceException if a stage ran out of memory
   */
  void run() {
    boolean interrupted = false;
    long failedAt = System.nanoTime();
    try {
      threads.forEach(Thread::start);
    } catch (OutOfMemoryError e) {
      fail(e);
    }
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        if (failure.get() == null) {
          failedAt = System.nanoTime();
        } else if (nativeThreads.contains(thread)
            && System.nanoTime() - failedAt > GRACE_NANOSECONDS) {
          break;
        }
        try {
          thread.join(POLL_MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
        if (failure.get() == null && (interrupted || job.isCancelled())) {
          fail(new CancellationException("Cancelled."));
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    throwFailure();
    job.checkCancelled();
  }

  private void throwFailure() {
    Throwable cause = failure.get();
    if (cause instanceof OutOfMemoryError) {
      throw new ResourceException(
          "Memory ran out while predicting ("
              + cause.getMessage()
              + "): choose a smaller tile, or give Java more, "
              + JavaMemory.howToGive(Runtime.getRuntime().maxMemory() >> 19)
              + ".",
          cause);
    }
    if (cause instanceof Error) {
      throw (Error) cause;
    }
    if (cause != null) {
      throw (RuntimeException) cause;
    }
  }
}
