package org.uniem.floodfilling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.uniem.job.Job;

/**
 * Does several pieces of work at a time that look through one network together.
 *
 * <p>Takes threads of its own, so that each piece may use those of the job.
 */
public final class SharedFilling {

  /** One piece of work. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Does it.
     *
     * @param item what is worked on
     * @param predictor the network, shared or not
     */
    void run(T item, MaskPredictor predictor);
  }

  private SharedFilling() {}

  /**
   * Works on all items. The first failure ends the others.
   *
   * @param items in the order in which they are begun
   * @param inFlight how many are worked on at a time, 1 or more
   * @param predictor the network
   * @param batch fields of view that one piece of work asks for at a time
   * @throws CancellationException if the job is cancelled
   */
  public static <T> void forEach(
      Collection<T> items,
      int inFlight,
      MaskPredictor predictor,
      int batch,
      Work<T> work,
      Job job) {
    Queue<T> left = new ConcurrentLinkedQueue<>(items);
    int workers = Math.min(inFlight, items.size());
    if (workers <= 1) {
      runAll(left, predictor, work, job);
      return;
    }
    SharedPredictor shared =
        new SharedPredictor(
            predictor, workers, (int) Math.min(Integer.MAX_VALUE, (long) workers * batch));
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<Future<?>> all = new ArrayList<>();
    try {
      for (int i = 0; i < workers; i++) {
        all.add(
            threads.submit(
                () -> {
                  try {
                    runAll(left, shared, work, job);
                  } catch (RuntimeException | Error e) {
                    // Not by interrupts: they would close files that are being written.
                    left.clear();
                    shared.stop();
                    throw e;
                  } finally {
                    shared.leave();
                  }
                }));
      }
      awaitAll(all, job);
    } finally {
      threads.shutdown();
    }
  }

  private static <T> void runAll(Queue<T> left, MaskPredictor predictor, Work<T> work, Job job) {
    for (T item = left.poll(); item != null; item = left.poll()) {
      job.checkCancelled();
      work.run(item, predictor);
    }
  }

  /** Waits until all threads have ended and throws what ended the first that failed. */
  private static void awaitAll(List<Future<?>> all, Job job) {
    Throwable failure = null;
    boolean interrupted = false;
    for (Future<?> one : all) {
      boolean ended = false;
      while (!ended) {
        try {
          one.get();
          ended = true;
        } catch (InterruptedException e) {
          // The threads themselves are not interrupted, as above: they end like those of a cancel.
          interrupted = true;
          job.cancel();
        } catch (ExecutionException e) {
          ended = true;
          if (failure == null || failure instanceof CancellationException) {
            failure = e.getCause();
          }
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    job.checkCancelled();
  }
}
