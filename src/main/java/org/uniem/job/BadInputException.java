package org.uniem.job;

/**
 * Data given by the user cannot be used: missing, unreadable, truncated, of the wrong size or
 * content.
 */
public final class BadInputException extends UniemException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed, where, expected against found, and how to mend it
   */
  public BadInputException(String message) {
    super(message);
  }

  /**
   * @param message what failed, where, expected against found, and how to mend it
   * @param cause the failure beneath
   */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
