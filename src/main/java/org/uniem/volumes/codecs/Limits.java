package org.uniem.volumes.codecs;

import java.io.IOException;
import java.io.InputStream;

/** Keeps damaged files from asking for more memory than a chunk has. */
final class Limits {

  private Limits() {}

  /** Bytes that one byte of any codec here stands for at most; Zstandard's runs are the longest. */
  private static final int MOST_FROM_ONE = 1 << 16;

  /** The most bytes that can come out of some, where that is less than a limit. */
  static int most(int encoded, int limit) {
    return (int) Math.min(limit, (long) encoded * MOST_FROM_ONE);
  }

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
