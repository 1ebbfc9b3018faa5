package org.uniem.volumes.codecs;

import java.io.IOException;

/**
 * Restores what Blosc's own compressor BloscLZ made; it has no other description than its <a
 * href="https://github.com/Blosc/c-blosc">source</a>.
 *
 * <p>A stream of instructions. One below 32 is followed by itself + 1 bytes to be taken as they
 * are; one above holds the length of an earlier run in its upper three bits and the upper five bits
 * of the distance to it in the others; lengths from 9 on and distances from 8191 on go on in the
 * bytes that follow.
 */
final class BloscLz {

  private static final int LONG_LENGTH = 7;
  private static final int LONG_DISTANCE = 31 << 8;
  private static final int NEAR = 8191;

  private final byte[] from;
  private final byte[] to;
  private int in;
  private int out;

  private BloscLz(byte[] from, int start, byte[] to, int at) {
    this.from = from;
    this.to = to;
    in = start;
    out = at;
  }

  /**
   * Restores exactly the given number of bytes.
   *
   * @throws IOException if the data are damaged
   */
  static void decode(byte[] from, int start, int length, byte[] to, int at, int size)
      throws IOException {
    BloscLz stream = new BloscLz(from, start, to, at);
    try {
      stream.run(start + length, at, at + size);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("its BloscLZ data end too soon", e);
    }
    if (stream.out != at + size) {
      throw new IOException("it holds " + (stream.out - at) + " bytes: expected " + size);
    }
  }

  private void run(int end, int first, int limit) throws IOException {
    // The upper bits of the first instruction are the version: it is always a literal one.
    int instruction = from[in++] & 31;
    while (true) {
      if (instruction < 32) {
        int count = instruction + 1;
        require(count <= limit - out && count <= end - in);
        System.arraycopy(from, in, to, out, count);
        in += count;
        out += count;
      } else {
        copy(instruction, first, limit);
      }
      if (in >= end) {
        return;
      }
      instruction = from[in++] & 0xff;
    }
  }

  private void copy(int instruction, int first, int limit) throws IOException {
    int length = instruction >> 5;
    int upper = (instruction & 31) << 8;
    if (length == LONG_LENGTH) {
      int more;
      do {
        more = from[in++] & 0xff;
        length += more;
      } while (more == 255);
    }
    length += 2;
    int lower = from[in++] & 0xff;
    int distance = upper + lower + 1;
    if (lower == 255 && upper == LONG_DISTANCE) {
      distance = ((from[in++] & 0xff) << 8) + (from[in++] & 0xff) + NEAR + 1;
    }
    require(distance <= out - first && length <= limit - out && length >= 0);
    // Byte by byte, since a run may copy what it has just written.
    for (int i = 0; i < length; i++, out++) {
      to[out] = to[out - distance];
    }
  }

  private static void require(boolean holds) throws IOException {
    if (!holds) {
      throw new IOException("its BloscLZ data are damaged");
    }
  }
}
