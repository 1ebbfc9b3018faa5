package org.uniem.volumes.hdf5.structure;

/**
 * The checksums of HDF5. Stateless.
 *
 * <p>Sources: Jenkins, lookup3, hash function {@code hashlittle} with initial value 0, <a
 * href="https://burtleburtle.net/bob/c/lookup3.c">in the public domain</a>; Fletcher, DOI
 * 10.1109/TCOM.1982.1095369, over big-endian 16-bit words as the HDF5 library computes it.
 */
final class Checksum {

  private static final int START = 0xdeadbeef;
  private static final int BLOCK = 12;
  private static final int WORDS_BEFORE_REDUCTION = 360;

  private Checksum() {}

  /** The checksum of metadata. */
  static int lookup3(byte[] bytes, int from, int length) {
    int a = START + length;
    int b = a;
    int c = a;
    int at = from;
    int left = length;
    while (left > BLOCK) {
      a += word(bytes, at, 4);
      b += word(bytes, at + 4, 4);
      c += word(bytes, at + 8, 4);
      a = a - c ^ Integer.rotateLeft(c, 4);
      c += b;
      b = b - a ^ Integer.rotateLeft(a, 6);
      a += c;
      c = c - b ^ Integer.rotateLeft(b, 8);
      b += a;
      a = a - c ^ Integer.rotateLeft(c, 16);
      c += b;
      b = b - a ^ Integer.rotateLeft(a, 19);
      a += c;
      c = c - b ^ Integer.rotateLeft(b, 4);
      b += a;
      at += BLOCK;
      left -= BLOCK;
    }
    return left == 0 ? c : last(bytes, at, left, a, b, c);
  }

  private static int last(byte[] bytes, int at, int left, int startA, int startB, int startC) {
    int a = startA + word(bytes, at, Math.min(4, left));
    int b = startB + word(bytes, at + 4, Math.min(4, left - 4));
    int c = startC + word(bytes, at + 8, Math.min(4, left - 8));
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    return (c ^ b) - Integer.rotateLeft(b, 24);
  }

  private static int word(byte[] bytes, int at, int count) {
    int word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[at + i] & 0xff) << 8 * i;
    }
    return word;
  }

  /** The checksum of the filter fletcher32. */
  static int fletcher32(byte[] bytes, int length) {
    long low = 0;
    long high = 0;
    int words = length / 2;
    int at = 0;
    while (words > 0) {
      int batch = Math.min(words, WORDS_BEFORE_REDUCTION);
      words -= batch;
      for (; batch > 0; batch--, at += 2) {
        low += (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        high += low;
      }
      low = (low & 0xffff) + (low >>> 16);
      high = (high & 0xffff) + (high >>> 16);
    }
    if (length % 2 != 0) {
      low += (bytes[at] & 0xff) << 8;
      high += low;
    }
    for (int i = 0; i < 2; i++) {
      low = (low & 0xffff) + (low >>> 16);
      high = (high & 0xffff) + (high >>> 16);
    }
    return (int) (high << 16 | low);
  }
}
