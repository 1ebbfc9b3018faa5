package org.uniem.volumes.stack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.uniem.job.OutputException;
import org.uniem.volumes.PixelType;

/** Turns values into the bytes of a pixel type. */
final class PixelBytes {

  private PixelBytes() {}

  /**
   * Encodes values; those of integer types are rounded to the nearest, halves up.
   *
   * @param where the slice and file, for the message
   * @throws OutputException if a value does not fit
   */
  static byte[] encode(float[] values, PixelType type, ByteOrder order, String where) {
    int size = PlaneShape.bytesPerValue(type);
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, size)).order(order);
    if (type == PixelType.FLOAT32) {
      bytes.asFloatBuffer().put(values);
      return bytes.array();
    }
    for (float value : values) {
      int rounded = Math.round(value);
      if (!(rounded >= 0 && rounded <= type.largestLabel()) || Float.isNaN(value)) {
        throw new OutputException(
            "The value "
                + value
                + " of "
                + where
                + " does not fit "
                + type
                + ": expected 0 to "
                + type.largestLabel()
                + ". Choose a larger pixel type.");
      }
      if (size == 1) {
        bytes.put((byte) rounded);
      } else {
        bytes.putShort((short) rounded);
      }
    }
    return bytes.array();
  }
}
