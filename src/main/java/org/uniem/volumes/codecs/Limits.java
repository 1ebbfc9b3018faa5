package org.uniem.volumes.codecs;

import java.io.IOException;
import java.io.InputStream;

/** Keeps damaged files from asking for more memory than a chunk has. */
final class Limits {

  private Limits() {}

  /**
   * Reads a stream to its end.
   *
   * @throws IOException if more than the limit comes out
   */
  static byte[] readAll(InputStream in, int limit) throws IOException {
    byte[] bytes = in.readNBytes(limit);
    if (bytes.length == limit && in.read() >= 0) {
      throw tooLarge(limit);
    }
    return bytes;
  }

  static IOException tooLarge(long limit) {
    return new IOException("its content is larger than the " + limit + " bytes of a chunk");
  }
}
