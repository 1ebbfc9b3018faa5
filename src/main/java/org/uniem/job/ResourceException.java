package org.uniem.job;

/** The machine lacks what the work needs: memory, a native library, a device. */
public final class ResourceException extends UniemException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed, where, expected against found, and how to mend it
   */
  public ResourceException(String message) {
    super(message);
  }

  /**
   * @param message what failed, where, expected against found, and how to mend it
   * @param cause the failure beneath
   */
  public ResourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
