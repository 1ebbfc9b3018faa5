package org.uniem.volumes.hdf5.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.uniem.volumes.PixelType;

/**
 * An attribute to be written. Immutable.
 *
 * @param name of ASCII letters
 * @param type how the file describes its type
 * @param count number of values, 0 for a single one
 * @param data its values
 */
public record NewAttribute(String name, byte[] type, int count, byte[] data) {

  /** A list of 64-bit floats. */
  public static NewAttribute numbers(String name, double... values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      data.putDouble(value);
    }
    byte[] type = {
      0x11, 0x20, 0x3f, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, (byte) 0xff, 3, 0, 0
    };
    return new NewAttribute(name, type, values.length, data.array());
  }

  /** A text, of variable length as Python's: others come as bytes there. */
  public static NewAttribute text(String name, String value) {
    byte[] type = {0x19, 1, 1, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0};
    return new NewAttribute(name, type, 0, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether its data is a text, which the file has elsewhere. */
  boolean isText() {
    return (type[0] & 15) == 9;
  }

  /** The same with other data. */
  NewAttribute with(byte[] other) {
    return new NewAttribute(name, type, count, other);
  }

  /** How a file describes the type of pixels. */
  static byte[] typeOf(PixelType type) {
    ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    if (type == PixelType.FLOAT32) {
      bytes.put(new byte[] {0x11, 0x20, 0x1f, 0}).putInt(4).putShort((short) 0);
      return bytes.putShort((short) 32).put(new byte[] {23, 8, 0, 23}).putInt(127).array();
    }
    bytes.put(new byte[] {0x10, 0, 0, 0}).putInt(type.bytes()).putShort((short) 0);
    bytes.putShort((short) (8 * type.bytes())).flip();
    byte[] integer = new byte[bytes.remaining()];
    bytes.get(integer);
    return integer;
  }
}
