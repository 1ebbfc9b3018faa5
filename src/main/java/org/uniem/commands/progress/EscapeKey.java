package org.uniem.commands.progress;

import ij.IJ;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Cancels work when the user presses Escape in ImageJ, until it is closed. Thread-safe. */
final class EscapeKey implements AutoCloseable {

  private static final long MILLIS_BETWEEN_LOOKS = 100;

  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param cancel called once, on a thread of its own
   */
  EscapeKey(Runnable cancel) {
    IJ.resetEscape();
    Thread watch = new Thread(() -> watch(cancel), "uniem-escape");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch(Runnable cancel) {
    try {
      while (!closed.await(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
        if (IJ.escapePressed()) {
          cancel.run();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
