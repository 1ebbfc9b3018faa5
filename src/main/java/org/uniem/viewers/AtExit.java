package org.uniem.viewers;

/** Something that is done when Java ends, unless this is closed before. Thread-safe. */
public final class AtExit implements AutoCloseable {

  private final Thread hook;

  /**
   * @param action must not wait for windows, which are gone by then
   */
  public AtExit(Runnable action) {
    hook = new Thread(action, "uniem-at-exit");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** From now on the action is not done. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // Java is ending: it is being done.
    }
  }
}
