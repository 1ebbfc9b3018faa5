package org.uniem.networks.training.run;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.uniem.job.Job;

/**
 * Prepares the batches of the next steps on a thread of its own while the network trains.
 *
 * <p>Batches come in the order of the steps and depend on the step alone, so how far ahead the
 * thread is has no influence. Close it to end the thread.
 */
public final class BatchQueue<T> implements AutoCloseable {

  /** Makes batches. */
  @FunctionalInterface
  public interface Source<T> {
    /** The batch of a step. */
    T batch(long step);
  }

  private static final int AHEAD = 3;

  private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>(AHEAD);
  private final Thread thread;

  /**
   * @param source makes batches
   * @param first first step
   */
  public BatchQueue(Source<T> source, long first) {
    thread = new Thread(() -> produce(source, first), "uniem-batches");
    thread.setDaemon(true);
    thread.start();
  }

  private void produce(Source<T> source, long first) {
    try {
      for (long step = first; !Thread.currentThread().isInterrupted(); step++) {
        Object item;
        try {
          item = source.batch(step);
        } catch (RuntimeException | Error e) {
          item = e;
        }
        queue.put(item);
        if (item instanceof Throwable) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The batch of the next step; waits for it. */
  @SuppressWarnings("unchecked") // whatever is no failure comes from the source
  public T next(Job job) {
    try {
      while (true) {
        job.checkCancelled();
        Object item = queue.poll(100, TimeUnit.MILLISECONDS);
        if (item instanceof RuntimeException failure) {
          throw failure;
        }
        if (item instanceof Error failure) {
          throw failure;
        }
        if (item != null) {
          return (T) item;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted.");
    }
  }

  /** Ends the thread and waits for it: at most the time of one batch. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
