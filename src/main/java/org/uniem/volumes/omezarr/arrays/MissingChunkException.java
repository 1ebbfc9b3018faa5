package org.uniem.volumes.omezarr.arrays;

import java.io.IOException;

/** A chunk has no file although the other files of its array say that it should. */
final class MissingChunkException extends IOException {

  private static final long serialVersionUID = 1;

  MissingChunkException(String message) {
    super(message);
  }
}
