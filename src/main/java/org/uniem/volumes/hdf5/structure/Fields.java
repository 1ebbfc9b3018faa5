package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads little-endian numbers one after the other, never beyond the end. Not thread-safe. */
final class Fields {

  /** The address of what is not there. */
  static final long UNDEFINED = -1;

  private final byte[] bytes;
  private final int offsetSize;
  private final int lengthSize;
  private int position;

  /**
   * @param offsetSize bytes of an address
   * @param lengthSize bytes of a length
   */
  Fields(byte[] bytes, int offsetSize, int lengthSize) {
    this.bytes = bytes;
    this.offsetSize = offsetSize;
    this.lengthSize = lengthSize;
  }

  /** The same kind of fields over other bytes. */
  Fields over(byte[] other) {
    return new Fields(other, offsetSize, lengthSize);
  }

  int position() {
    return position;
  }

  int remaining() {
    return bytes.length - position;
  }

  int offsetSize() {
    return offsetSize;
  }

  int lengthSize() {
    return lengthSize;
  }

  /** An unsigned number of 1, 2 or 4 bytes, or one of up to 8 whose highest bit may be set. */
  long number(int size) throws IOException {
    if (size < 0 || size > 8) {
      throw new IOException("a number has " + size + " bytes: expected 8 at most");
    }
    require(size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = value << 8 | bytes[position + i] & 0xff;
    }
    position += size;
    return value;
  }

  int u8() throws IOException {
    return (int) number(1);
  }

  int u16() throws IOException {
    return (int) number(2);
  }

  long u32() throws IOException {
    return number(4);
  }

  /** A count or size that must fit an int. */
  int count(int size) throws IOException {
    long value = number(size);
    if (value < 0 || value > Integer.MAX_VALUE - 64) {
      throw new IOException("a size is " + Long.toUnsignedString(value) + ", which is too large");
    }
    return (int) value;
  }

  /** An address in the file, {@link #UNDEFINED} where all its bits are set. */
  long offset() throws IOException {
    long value = number(offsetSize);
    return offsetSize < 8 && value == (1L << 8 * offsetSize) - 1 ? UNDEFINED : value;
  }

  /** A length; those of 2⁶³ and more are refused. */
  long length() throws IOException {
    long value = number(lengthSize);
    if (value < 0) {
      throw new IOException("a length is " + Long.toUnsignedString(value));
    }
    return value;
  }

  byte[] take(int count) throws IOException {
    require(count);
    position += count;
    return Arrays.copyOfRange(bytes, position - count, position);
  }

  void skip(int count) throws IOException {
    require(count);
    position += count;
  }

  /** Moves on to a multiple of eight from the start. */
  void align() {
    position = Math.min(bytes.length, (position + 7) / 8 * 8);
  }

  /** Text up to a zero byte, which is skipped, or the end. */
  String text() {
    int end = position;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    String text = new String(bytes, position, end - position, StandardCharsets.UTF_8);
    position = Math.min(bytes.length, end + 1);
    return text;
  }

  /** Text of a given number of bytes, up to a zero byte in it. */
  String text(int size) throws IOException {
    return over(take(size)).text();
  }

  /**
   * Checks the four letters that a structure begins with.
   *
   * @throws IOException if others are there
   */
  void signature(String expected) throws IOException {
    byte[] found = take(4);
    if (!Arrays.equals(found, expected.getBytes(StandardCharsets.ISO_8859_1))) {
      throw new IOException("where " + expected + " is expected something else is found");
    }
  }

  /**
   * Checks a version number.
   *
   * @throws UnsupportedFeatureException if it is another
   */
  void version(int expected, String what) throws IOException {
    int found = u8();
    if (found != expected) {
      throw new UnsupportedFeatureException(
          what + " has version " + found + ": expected " + expected);
    }
  }

  /**
   * Checks the four bytes that follow against the checksum of all before them.
   *
   * @throws IOException if they differ
   */
  void checksum(String what) throws IOException {
    int computed = Checksum.lookup3(bytes, 0, position);
    if ((int) u32() != computed) {
      throw new IOException("the checksum of " + what + " is wrong");
    }
  }

  private void require(int count) throws IOException {
    if (count < 0 || count > remaining()) {
      throw new IOException(
          "a structure ends after " + remaining() + " bytes, where " + count + " are expected");
    }
  }
}
