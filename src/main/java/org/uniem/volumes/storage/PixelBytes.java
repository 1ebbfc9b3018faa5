package org.uniem.volumes.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.uniem.job.OutputException;
import org.uniem.volumes.PixelType;

/** Turns values into the bytes of a pixel type. */
public final class PixelBytes {

  private PixelBytes() {}

  /**
   * Encodes values; those of integer types are rounded to the nearest, halves up.
   *
   * @param where the slice and file, for the message
   * @throws OutputException if a value does not fit
   */
  public static byte[] encode(float[] values, PixelType type, ByteOrder order, String where) {
    int size = type.bytes();
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, size)).order(order);
    if (type == PixelType.FLOAT32) {
      bytes.asFloatBuffer().put(values);
      return bytes.array();
    }
    for (float value : values) {
      // Doubles, since an int is too small for the larger types.
      double rounded = Math.floor(value + 0.5);
      if (!(rounded >= 0 && rounded < type.fullScale() + (type == PixelType.UINT64 ? 0 : 1))) {
        throw doesNotFit(String.valueOf(value), type, where);
      }
      put(bytes, rounded >= 0x1p63 ? (long) (rounded - 0x1p63) | 1L << 63 : (long) rounded, size);
    }
    return bytes.array();
  }

  /**
   * Encodes label ids exactly.
   *
   * @param ids unsigned
   * @param where the slice and file, for the message
   * @throws OutputException if an id does not fit
   */
  public static byte[] encode(long[] ids, PixelType type, ByteOrder order, String where) {
    int size = type.bytes();
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(ids.length, size)).order(order);
    for (long id : ids) {
      if (type != PixelType.UINT64 && (id < 0 || id > type.largestLabel())) {
        throw doesNotFit(Long.toUnsignedString(id), type, where);
      }
      if (type == PixelType.FLOAT32) {
        bytes.putFloat(id);
      } else {
        put(bytes, id, size);
      }
    }
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, long value, int size) {
    switch (size) {
      case 1 -> bytes.put((byte) value);
      case 2 -> bytes.putShort((short) value);
      case 4 -> bytes.putInt((int) value);
      default -> bytes.putLong(value);
    }
  }

  private static OutputException doesNotFit(String value, PixelType type, String where) {
    return new OutputException(
        "The value "
            + value
            + " of "
            + where
            + " does not fit "
            + type
            + ": expected 0 to "
            + (type == PixelType.UINT64
                ? Long.toUnsignedString(-1)
                : String.valueOf(type.largestLabel()))
            + ". Choose a larger pixel type.");
  }
}
