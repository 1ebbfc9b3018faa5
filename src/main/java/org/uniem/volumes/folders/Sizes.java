package org.uniem.volumes.folders;

import java.io.IOException;
import java.io.InputStream;

/** Keeps damaged files from asking for more memory than they can need. */
final class Sizes {

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Sizes() {}

  static void requireAtMost(long size, long limit) throws IOException {
    if (size > Math.min(limit, LARGEST_ARRAY)) {
      throw new IOException("the file has " + size + " bytes: expected at most " + limit);
    }
  }

  /** All bytes of a stream, which may have grown meanwhile. */
  static byte[] readAll(InputStream in, long limit) throws IOException {
    int most = (int) Math.min(limit, LARGEST_ARRAY);
    byte[] bytes = in.readNBytes(most);
    if (bytes.length == most && in.read() >= 0) {
      throw new IOException("the file has more bytes than " + most);
    }
    return bytes;
  }

  /** The count of a part, checked against the size of its file. */
  static int ofPart(long start, long count, long size) throws IOException {
    if (start < 0 || count < 0 || count > LARGEST_ARRAY || start > size - count) {
      throw new IOException(
          "the file has " + size + " bytes: expected " + count + " from byte " + start + " on");
    }
    return (int) count;
  }
}
