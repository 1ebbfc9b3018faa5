package org.uniem.networks.training;

import org.uniem.volumes.PixelType;

/**
 * One channel of one slice, kept in the type of the file and read as 0 … 1. Immutable.
 *
 * <p>One final class with a branch per type rather than one class per type: the calls stay direct
 * whatever types were loaded before, which the resampling loop needs.
 */
final class Pixels {

  private final byte[] bytes;
  private final short[] shorts;
  private final float[] floats;

  private Pixels(byte[] bytes, short[] shorts, float[] floats) {
    this.bytes = bytes;
    this.shorts = shorts;
    this.floats = floats;
  }

  /**
   * Keeps a slice.
   *
   * @param values in the range of the type; floats 0 … 1; copied
   */
  static Pixels of(PixelType type, float[] values) {
    switch (type) {
      case UINT8:
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (int) values[i];
        }
        return new Pixels(bytes, null, null);
      case UINT16:
        short[] shorts = new short[values.length];
        for (int i = 0; i < shorts.length; i++) {
          shorts[i] = (short) (int) values[i];
        }
        return new Pixels(null, shorts, null);
      default:
        return new Pixels(null, null, values.clone());
    }
  }

  /** The pixel at an index, x fastest, 0 … 1. */
  float get(int index) {
    if (bytes != null) {
      return (bytes[index] & 0xff) * (1f / 255);
    }
    if (shorts != null) {
      return (shorts[index] & 0xffff) * (1f / 65535);
    }
    return floats[index];
  }
}
