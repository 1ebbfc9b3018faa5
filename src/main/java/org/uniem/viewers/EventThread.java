package org.uniem.viewers;

import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Runs what touches windows on the event dispatch thread. */
public final class EventThread {

  private EventThread() {}

  /** Runs an action there, waits for it and gives its result or failure. */
  public static <T> T get(Supplier<T> action) {
    if (EventQueue.isDispatchThread()) {
      return action.get();
    }
    Object[] result = new Object[1];
    try {
      EventQueue.invokeAndWait(() -> result[0] = action.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted.");
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
    @SuppressWarnings("unchecked") // what the supplier gave
    T typed = (T) result[0];
    return typed;
  }

  /** Runs an action there and waits for it. */
  public static void run(Runnable action) {
    get(
        () -> {
          action.run();
          return null;
        });
  }
}
