package org.uniem.volumes.codecs;

/**
 * How Blosc orders the bytes of a block so that like ones lie together: first the first byte of all
 * values, then the second, …; or the same with single bits.
 */
enum Shuffle {
  NONE,
  BYTES,
  BITS;

  /** Restores the order of a block. */
  void undo(byte[] from, byte[] to, int at, int size, int typeSize) {
    if (this == BYTES && typeSize > 1) {
      undoBytes(from, to, at, size, typeSize);
    } else if (this == BITS && size / typeSize % 8 == 0) {
      undoBits(from, to, at, size, typeSize);
    } else {
      System.arraycopy(from, 0, to, at, size);
    }
  }

  private static void undoBytes(byte[] from, byte[] to, int at, int size, int typeSize) {
    int count = size / typeSize;
    for (int b = 0; b < typeSize; b++) {
      int start = b * count;
      for (int i = 0, k = at + b; i < count; i++, k += typeSize) {
        to[k] = from[start + i];
      }
    }
    copyRest(from, to, at, size, count * typeSize);
  }

  private static void undoBits(byte[] from, byte[] to, int at, int size, int typeSize) {
    // Eight values at a time share a byte of each plane; blocks of other sizes stay as they are.
    int count = size / typeSize;
    int planeBytes = count / 8;
    for (int b = 0; b < typeSize; b++) {
      for (int group = 0; group < planeBytes; group++) {
        long bits = 0;
        for (int bit = 0; bit < 8; bit++) {
          bits |= (from[(8 * b + bit) * planeBytes + group] & 0xffL) << 8 * bit;
        }
        bits = transpose(bits);
        int k = at + 8 * group * typeSize + b;
        for (int i = 0; i < 8; i++, k += typeSize) {
          to[k] = (byte) (bits >>> 8 * i);
        }
      }
    }
    copyRest(from, to, at, size, count * typeSize);
  }

  /** Transposes 8 × 8 bits (Hacker's Delight, 7-3). */
  private static long transpose(long bits) {
    long x = bits;
    long t = (x ^ x >>> 7) & 0x00aa00aa00aa00aaL;
    x ^= t ^ t << 7;
    t = (x ^ x >>> 14) & 0x0000cccc0000ccccL;
    x ^= t ^ t << 14;
    t = (x ^ x >>> 28) & 0x00000000f0f0f0f0L;
    return x ^ t ^ t << 28;
  }

  private static void copyRest(byte[] from, byte[] to, int at, int size, int done) {
    System.arraycopy(from, done, to, at + done, size - done);
  }

  /** Orders the bytes of a block by {@link #BYTES}. */
  static void doBytes(byte[] from, int at, byte[] to, int size, int typeSize) {
    int count = size / typeSize;
    for (int b = 0; b < typeSize; b++) {
      for (int i = 0, k = at + b; i < count; i++, k += typeSize) {
        to[b * count + i] = from[k];
      }
    }
    int done = count * typeSize;
    System.arraycopy(from, at + done, to, done, size - done);
  }
}
