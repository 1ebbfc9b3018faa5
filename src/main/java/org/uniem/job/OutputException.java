package org.uniem.job;

/** A result cannot be written: the place exists and is not empty, is not writable, or is full. */
public final class OutputException extends UniemException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed, where, expected against found, and how to mend it
   */
  public OutputException(String message) {
    super(message);
  }

  /**
   * @param message what failed, where, expected against found, and how to mend it
   * @param cause the failure beneath
   */
  public OutputException(String message, Throwable cause) {
    super(message, cause);
  }
}
