package org.uniem.volumes.codecs;

import java.io.EOFException;
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
    return new TooLargeException(limit);
  }

  private static final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    private TooLargeException(long limit) {
      super("its content is larger than the " + limit + " bytes of a chunk");
    }
  }

  /** What to throw where a library cannot go on. */
  static IOException damaged(String name, Exception cause) {
    if (cause instanceof TooLargeException large) {
      return large;
    }
    if (cause instanceof EOFException) {
      return new IOException("its " + name + " data end too soon", cause);
    }
    String reason = cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    return new IOException("its " + name + " data are damaged" + reason, cause);
  }
}
