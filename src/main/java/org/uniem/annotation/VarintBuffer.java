package org.uniem.annotation;

import java.util.Arrays;

/**
 * Whole numbers in few bytes, those of 0 and more that are small in one: seven bits per byte, the
 * lowest first, the highest bit set in all but the last. Not thread-safe.
 */
public final class VarintBuffer {

  private byte[] bytes;
  private int size;
  private int position;

  /** An empty buffer to write to. */
  public VarintBuffer() {
    bytes = new byte[32];
  }

  /**
   * A buffer to read from.
   *
   * @param bytes referenced, not copied
   */
  public VarintBuffer(byte[] bytes) {
    this.bytes = bytes;
    size = bytes.length;
  }

  /** Appends a number. */
  public void putNumber(long number) {
    if (size + 10 > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    long rest = number;
    while ((rest & ~127L) != 0) {
      bytes[size++] = (byte) (rest | 128);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Appends a byte. */
  public void putByte(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    bytes[size++] = (byte) value;
  }

  /** Whether there is more to read. */
  public boolean hasNext() {
    return position < size;
  }

  /** Reads the next number. */
  public long number() {
    long number = 0;
    int shift = 0;
    byte next = bytes[position++];
    while (next < 0) {
      number |= (next & 127L) << shift;
      shift += 7;
      next = bytes[position++];
    }
    return number | (long) next << shift;
  }

  /** Reads the next byte as 0 … 255. */
  public int nextByte() {
    return bytes[position++] & 255;
  }

  /** What was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
