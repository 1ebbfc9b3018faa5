package org.uniem.volumes.storage;

import java.io.IOException;

/** Says which number of an undamaged file cannot be a pixel, and what to do. */
public final class UnreadableValueException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what the file has and what to do, as a clause: {@code "it has the value −1: …"}
   */
  public UnreadableValueException(String message) {
    super(message);
  }
}
