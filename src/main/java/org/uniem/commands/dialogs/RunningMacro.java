package org.uniem.commands.dialogs;

import ij.macro.Interpreter;

/** The ImageJ macro that runs, if one does. */
public final class RunningMacro {

  private static final long ABORT_NANOS = 1_000_000_000L;

  private RunningMacro() {}

  /** Ends a running macro, whose next lines would work on a result that is not there. */
  public static void abort() {
    Interpreter macro = Interpreter.getInstance();
    if (macro == null) {
      return;
    }
    // The macro waits for this command and abortMacro waits for the macro: not on this thread.
    Thread aborter = new Thread(macro::abortMacro, "uniem-abort-macro");
    aborter.setDaemon(true);
    aborter.start();
    long start = System.nanoTime();
    while (!macro.done() && System.nanoTime() - start < ABORT_NANOS) {
      Thread.onSpinWait();
    }
  }
}
