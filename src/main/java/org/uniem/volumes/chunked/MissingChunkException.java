package org.uniem.volumes.chunked;

import java.io.IOException;

/** A chunk has no file although the other files of its array say that it should. */
public final class MissingChunkException extends IOException {

  private static final long serialVersionUID = 1;

  MissingChunkException(String message) {
    super(message);
  }
}
