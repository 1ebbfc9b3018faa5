package org.uniem.viewers.imagej;

import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Runs what touches windows on the event dispatch thread. */
final class EventThread {

  private EventThread() {}

  static <T> T get(Supplier<T> action) {
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
      throw new IllegalStateException(e.getCause());
    }
    @SuppressWarnings("unchecked") // what the supplier gave
    T typed = (T) result[0];
    return typed;
  }

  static void run(Runnable action) {
    get(
        () -> {
          action.run();
          return null;
        });
  }
}
