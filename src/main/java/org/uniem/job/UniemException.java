package org.uniem.job;

/**
 * Root of the few exception types this suite throws on purpose.
 *
 * <p>A message says what failed, where (path, slice, block, id), what was expected and what was
 * found, and how to mend it. The command boundary shows the message alone for these types and the
 * stack trace for everything else.
 */
public abstract class UniemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  protected UniemException(String message) {
    super(message);
  }

  protected UniemException(String message, Throwable cause) {
    super(message, cause);
  }
}
