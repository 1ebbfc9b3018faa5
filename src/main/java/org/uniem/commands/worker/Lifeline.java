package org.uniem.commands.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends this worker when its parent is gone: at first politely, so that half-written files are
 * cleared away, then by halting. Thread-safe.
 */
final class Lifeline {

  private static final long GRACE_SECONDS = 3;
  private static final int STATUS = 0;

  /** Between 0 and 1000: the kernel ends the process with the highest first. */
  private static final String FIRST_TO_END = "500";

  private final Runnable cancel;
  private final AtomicBoolean cut = new AtomicBoolean();

  /**
   * @param cancel asks the work to stop; returns at once
   */
  Lifeline(Runnable cancel) {
    this.cancel = cancel;
  }

  /** Makes Linux, when memory runs out, end this process before Fiji. */
  static void preferForMemoryShortage() {
    Path score = Path.of("/proc/self/oom_score_adj");
    if (Files.isWritable(score)) {
      try {
        Files.writeString(score, FIRST_TO_END);
      } catch (IOException e) {
        // A wish only: some containers forbid it.
        return;
      }
    }
  }

  /** Also watches the parent itself, since a child of it could hold the pipe open. */
  void watchParent() {
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(this::cut));
  }

  /** The parent is gone. */
  void cut() {
    if (cut.getAndSet(true)) {
      return;
    }
    cancel.run();
    Thread end = new Thread(this::halt, "uniem-halt");
    end.setDaemon(true);
    end.start();
  }

  private void halt() {
    try {
      TimeUnit.SECONDS.sleep(GRACE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(STATUS);
  }
}
