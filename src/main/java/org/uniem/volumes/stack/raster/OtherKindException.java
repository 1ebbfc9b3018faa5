package org.uniem.volumes.stack.raster;

import java.io.IOException;

/** A sound image of a kind that is not read; the message says what to do about it. */
public final class OtherKindException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * @param message begins with "it", ends without a full stop
   */
  OtherKindException(String message) {
    super(message);
  }
}
