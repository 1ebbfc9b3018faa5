package org.uniem.volumes.codecs.numbers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.storage.HalfFloat;

/**
 * Numbers in bytes.
 *
 * @param type of each
 * @param order of the bytes of each
 */
public record NumberType(ElementType type, ByteOrder order) {

  /** The type of a name as NumPy has it: {@code "<u2"}; empty where it is not known. */
  public static Optional<NumberType> of(String name) {
    if (!name.matches("[<>|=]?[a-z][0-9]+")) {
      return Optional.empty();
    }
    ByteOrder order = name.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return ElementType.ofCode(name.replaceFirst("^[<>|=]", ""))
        .map(type -> new NumberType(type, order));
  }

  int count(byte[] bytes) throws IOException {
    if (bytes.length % type.bytes() != 0) {
      throw new IOException(
          "it has " + bytes.length + " bytes: expected a multiple of " + type.bytes());
    }
    return bytes.length / type.bytes();
  }

  ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** Room for numbers. */
  ByteBuffer allocate(int count, int limit) throws IOException {
    if ((long) count * type.bytes() > limit) {
      throw new IOException(
          "its content is larger than the " + limit + " bytes that it should have");
    }
    return ByteBuffer.allocate(count * type.bytes()).order(order);
  }

  /** A number as a 64-bit integer, that of a float cut to whole; unsigned ones of 64 bits too. */
  long integer(ByteBuffer bytes, int i) {
    int k = i * type.bytes();
    return switch (type) {
      case BOOL, UINT8 -> bytes.get(k) & 0xff;
      case INT8 -> bytes.get(k);
      case UINT16 -> bytes.getShort(k) & 0xffff;
      case INT16 -> bytes.getShort(k);
      case UINT32 -> bytes.getInt(k) & 0xffff_ffffL;
      case INT32 -> bytes.getInt(k);
      case UINT64, INT64 -> bytes.getLong(k);
      case FLOAT16, FLOAT32, FLOAT64 -> (long) real(bytes, i);
    };
  }

  /** A number as a float of 64 bits. */
  double real(ByteBuffer bytes, int i) {
    int k = i * type.bytes();
    return switch (type) {
      case FLOAT16 -> HalfFloat.toFloat(bytes.getShort(k));
      case FLOAT32 -> bytes.getFloat(k);
      case FLOAT64 -> bytes.getDouble(k);
      case UINT64 -> unsigned(bytes.getLong(k));
      default -> integer(bytes, i);
    };
  }

  private static double unsigned(long value) {
    // The lowest bit is kept, so that halves are rounded as they should be.
    return value >= 0 ? value : 2.0 * (value >>> 1 | value & 1);
  }

  /** Stores the lower bits of an integer, or a float. */
  void putInteger(ByteBuffer bytes, int i, long value) {
    int k = i * type.bytes();
    switch (type) {
      case BOOL -> bytes.put(k, (byte) (value == 0 ? 0 : 1));
      case UINT8, INT8 -> bytes.put(k, (byte) value);
      case UINT16, INT16 -> bytes.putShort(k, (short) value);
      case UINT32, INT32 -> bytes.putInt(k, (int) value);
      case UINT64, INT64 -> bytes.putLong(k, value);
      case FLOAT32 -> bytes.putFloat(k, value);
      case FLOAT64 -> bytes.putDouble(k, value);
      case FLOAT16 -> throw new IllegalArgumentException("Floats of 16 bits are not written.");
    }
  }

  /** Stores a float; of integers what is left when it is cut to whole. */
  void putReal(ByteBuffer bytes, int i, double value) throws IOException {
    switch (type) {
      case FLOAT32 -> bytes.putFloat(i * Float.BYTES, (float) value);
      case FLOAT64 -> bytes.putDouble(i * Double.BYTES, value);
      case BOOL -> putInteger(bytes, i, value == 0 ? 0 : 1);
      default -> {
        if (!(value > lowest() - 1 && value < highest() + 1)) {
          throw new IOException(
              "it has the value " + value + ": expected one of " + type.versionThreeName());
        }
        putInteger(bytes, i, value >= 0x1p63 ? (long) (value - 0x1p63) ^ 1L << 63 : (long) value);
      }
    }
  }

  private double lowest() {
    return switch (type) {
      case INT8, INT16, INT32, INT64 -> -Math.scalb(1.0, 8 * type.bytes() - 1);
      default -> 0;
    };
  }

  /** Of 64 bits one more, since their largest is no float; adding 1 to that changes nothing. */
  private double highest() {
    int bits = 8 * type.bytes() - (lowest() < 0 ? 1 : 0);
    return Math.scalb(1.0, bits) - (bits < 53 ? 1 : 0);
  }
}
