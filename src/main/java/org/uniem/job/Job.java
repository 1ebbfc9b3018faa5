package org.uniem.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One piece of work the user waits for: carries the cancel token, the progress listener and the
 * worker threads to every algorithm.
 *
 * <p>Algorithms call {@link #checkCancelled()} at least once per block, so that a cancel takes
 * effect within a second; a cancelled job ends in {@link CancellationException} and publishes
 * nothing. All methods are thread-safe. Close the job to end its threads.
 */
public final class Job implements AutoCloseable {

  private final ProgressListener listener;
  private final int threads;
  private final ExecutorService executor;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final List<String> notes = new CopyOnWriteArrayList<>();

  /**
   * Creates a job with worker threads of its own.
   *
   * @param threads number of worker threads, 1 or more
   * @param listener receives progress
   */
  public Job(int threads, ProgressListener listener) {
    if (threads < 1) {
      throw new BadParameterException("threads=" + threads + " is too small: give 1 or more.");
    }
    this.threads = threads;
    this.listener = listener;
    this.executor = Executors.newFixedThreadPool(threads, daemonThreads());
  }

  /** A job with as many threads as the machine has processors that reports to nobody. */
  public static Job silent() {
    return new Job(Runtime.getRuntime().availableProcessors(), ProgressListener.NONE);
  }

  /** The number of worker threads. */
  public int threads() {
    return threads;
  }

  /** Asks the work to stop; returns at once. */
  public void cancel() {
    cancelled.set(true);
  }

  /** Whether the work was asked to stop. */
  public boolean isCancelled() {
    return cancelled.get();
  }

  /**
   * Ends the calling work if it was asked to stop.
   *
   * @throws CancellationException if {@link #cancel()} was called or the thread was interrupted
   */
  public void checkCancelled() {
    if (cancelled.get() || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("Cancelled.");
    }
  }

  /**
   * Tells the user one sentence.
   *
   * @param message one sentence
   */
  public void message(String message) {
    listener.message(message);
  }

  /**
   * Tells the user one sentence that a reader of the result must know too, such as how the images
   * were scaled.
   *
   * @param sentence one sentence
   */
  public void note(String sentence) {
    notes.add(sentence);
    message(sentence);
  }

  /** The notes so far, in their order, each once. */
  public List<String> notes() {
    return notes.stream().distinct().toList();
  }

  /**
   * Tells the user what computes from now on.
   *
   * @param name the device in words
   */
  public void device(String name) {
    listener.device(name);
  }

  /**
   * Starts counting a stage of the work.
   *
   * @param name what is done, for people
   * @param total units in all, negative if not known
   * @param unit the unit in plural
   */
  public Stage stage(String name, long total, String unit) {
    return new Stage(name, total, unit);
  }

  /**
   * Runs tasks on the worker threads and waits for all of them. The first failure stops those not
   * yet started and is thrown after the running ones have ended, so no task outlives this call.
   * Must not be called from a task of the same job.
   *
   * @param tasks the tasks; each should be at least a millisecond of work
   * @return the results in the order of the tasks
   * @throws CancellationException if the job is cancelled
   */
  public <T> List<T> runAll(List<? extends Callable<T>> tasks) {
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<T>> futures = new ArrayList<>(tasks.size());
    for (Callable<T> task : tasks) {
      futures.add(
          executor.submit(
              () -> {
                if (failed.get() || cancelled.get()) {
                  throw new CancellationException("Cancelled.");
                }
                try {
                  return task.call();
                } catch (Exception | Error e) {
                  failed.set(true);
                  throw e;
                }
              }));
    }
    return awaitAll(futures, failed);
  }

  private <T> List<T> awaitAll(List<Future<T>> futures, AtomicBoolean failed) {
    List<T> results = new ArrayList<>(futures.size());
    Throwable failure = null;
    boolean interrupted = false;
    for (Future<T> future : futures) {
      while (true) {
        try {
          results.add(future.get());
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          failed.set(true);
        } catch (ExecutionException e) {
          Throwable cause = e.getCause();
          if (failure == null || failure instanceof CancellationException) {
            failure = cause;
          }
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted.");
    }
    checkCancelled();
    if (failure instanceof RuntimeException) {
      throw (RuntimeException) failure;
    }
    if (failure instanceof Error) {
      throw (Error) failure;
    }
    if (failure != null) {
      throw new IllegalStateException("A worker failed: " + failure.getMessage(), failure);
    }
    return results;
  }

  /** Ends the worker threads; work still running is interrupted. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  private static ThreadFactory daemonThreads() {
    AtomicInteger count = new AtomicInteger();
    return runnable -> {
      Thread thread = new Thread(runnable, "uniem-worker-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Counted progress of one stage of a job. Thread-safe. */
  public final class Stage {

    private final String name;
    private final long total;
    private final String unit;
    private final AtomicLong done = new AtomicLong();

    private Stage(String name, long total, String unit) {
      this.name = name;
      this.total = total;
      this.unit = unit;
      listener.progress(name, 0, total, unit);
    }

    /**
     * Counts units as done and reports.
     *
     * @param units number of further units done
     * @throws CancellationException if the job is cancelled
     */
    public void advance(long units) {
      report(units);
      checkCancelled();
    }

    /**
     * Counts units as done and reports, whether the job is cancelled or not: for the end of work
     * whose result is complete and would be lost by a cancel here.
     *
     * @param units number of further units done
     */
    public void report(long units) {
      listener.progress(name, done.addAndGet(units), total, unit);
    }
  }
}
