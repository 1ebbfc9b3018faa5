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
  private final float black;
  private final float white;

  private Pixels(byte[] bytes, short[] shorts, float[] floats, float black, float white) {
    this.bytes = bytes;
    this.shorts = shorts;
    this.floats = floats;
    this.black = black;
    this.white = white;
  }

  /**
   * Keeps a slice.
   *
   * @param values in the range of the type; copied
   * @param black the value that is read as 0, as are smaller ones; 0 for 8-bit
   * @param white the value that is read as 1, as are larger ones; 255 for 8-bit
   */
  static Pixels of(PixelType type, float[] values, float black, float white) {
    switch (type) {
      case UINT8:
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (int) values[i];
        }
        return new Pixels(bytes, null, null, 0, 255);
      case UINT16:
        short[] shorts = new short[values.length];
        for (int i = 0; i < shorts.length; i++) {
          shorts[i] = (short) (int) values[i];
        }
        return new Pixels(null, shorts, null, black, white);
      default:
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = scaled(values[i], black, white);
        }
        return new Pixels(null, null, floats, 0, 1);
    }
  }

  private static float scaled(float value, float black, float white) {
    return Math.min(1, Math.max(0, (value - black) / (white - black)));
  }

  /** The pixel at an index, x fastest, 0 … 1. */
  float get(int index) {
    if (bytes != null) {
      return (bytes[index] & 0xff) * (1f / 255);
    }
    if (shorts != null) {
      return scaled(shorts[index] & 0xffff, black, white);
    }
    return floats[index];
  }
}
