package org.uniem.viewers;

/**
 * An open window. Its methods may be called from any thread; listeners are called on the event
 * dispatch thread.
 */
public interface View extends AutoCloseable {

  /** Whether the window is still open. */
  boolean isOpen();

  /** Adds an action that runs once, after the window was closed by the user or {@link #close()}. */
  void onClose(Runnable action);

  /** Closes the window and frees what it holds; does nothing if it is closed already. */
  @Override
  void close();
}
