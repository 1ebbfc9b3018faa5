package org.uniem.commands;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.uniem.commands.execution.UniEmCommand;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C on the terminal: the first asks a command that can to stop and keep what it has, the
 * second, or the first for all others, cancels it.
 */
final class InterruptKey implements AutoCloseable {

  /** Exit status of a program that an interrupt has ended. */
  private static final int INTERRUPTED = 130;

  private static final Signal SIGNAL = new Signal("INT");

  private final Optional<SignalHandler> before;

  private InterruptKey(Optional<SignalHandler> before) {
    this.before = before;
  }

  /**
   * Listens until it is closed.
   *
   * @param command that is about to run
   * @param messages told what happens
   */
  static InterruptKey watch(UniEmCommand command, PrintStream messages) {
    AtomicInteger pressed = new AtomicInteger();
    SignalHandler handler =
        signal -> {
          if (pressed.incrementAndGet() == 1 && command.stopAndSave()) {
            messages.println();
            messages.println(
                "Stopping: the best network so far becomes the model. Ctrl-C again cancels.");
          } else {
            // Apart, since the end of Java waits for the command, whose end may wait for us.
            new Thread(() -> System.exit(INTERRUPTED), "uniem-exit").start();
          }
        };
    try {
      return new InterruptKey(Optional.of(Signal.handle(SIGNAL, handler)));
    } catch (IllegalArgumentException e) {
      return new InterruptKey(Optional.empty()); // Java was started so that it leaves signals alone
    }
  }

  @Override
  public void close() {
    before.ifPresent(handler -> Signal.handle(SIGNAL, handler));
  }
}
