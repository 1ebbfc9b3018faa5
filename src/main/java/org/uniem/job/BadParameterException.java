package org.uniem.job;

/** A parameter is unknown, missing, of the wrong type or out of range. */
public final class BadParameterException extends UniemException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed, where, expected against found, and how to mend it
   */
  public BadParameterException(String message) {
    super(message);
  }

  /**
   * @param message what failed, where, expected against found, and how to mend it
   * @param cause the failure beneath
   */
  public BadParameterException(String message, Throwable cause) {
    super(message, cause);
  }
}
