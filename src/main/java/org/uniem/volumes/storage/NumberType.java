package org.uniem.volumes.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.uniem.volumes.PixelType;

/**
 * The numbers that files hold, each with the pixel type that holds its values: of signed integers
 * of 32 and 64 bits, which label images often have, only those from 0 on; 64-bit floats are rounded
 * to 32 bits, where that keeps whole numbers whole.
 */
public enum NumberType {
  BOOL(1, PixelType.UINT8),
  UINT8(1, PixelType.UINT8),
  INT8(1, PixelType.FLOAT32),
  UINT16(2, PixelType.UINT16),
  INT16(2, PixelType.FLOAT32),
  UINT32(4, PixelType.UINT32),
  INT32(4, PixelType.UINT32),
  UINT64(8, PixelType.UINT64),
  INT64(8, PixelType.UINT64),
  FLOAT16(2, PixelType.FLOAT32),
  FLOAT32(4, PixelType.FLOAT32),
  FLOAT64(8, PixelType.FLOAT32);

  private static final double LARGEST_EXACT = 1 << 24;

  private final int bytes;
  private final PixelType pixelType;

  NumberType(int bytes, PixelType pixelType) {
    this.bytes = bytes;
    this.pixelType = pixelType;
  }

  /** The type that a pixel type is written as. */
  public static NumberType of(PixelType type) {
    return valueOf(type.name());
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** The type that its numbers are read as. */
  public PixelType pixelType() {
    return pixelType;
  }

  /** A new array for pixels of a type: byte[], short[], int[], long[] or float[]. */
  public static Object newPixels(PixelType type, int size) {
    return switch (type) {
      case UINT8 -> new byte[size];
      case UINT16 -> new short[size];
      case UINT32 -> new int[size];
      case UINT64 -> new long[size];
      case FLOAT32 -> new float[size];
    };
  }

  /**
   * Copies numbers to pixels.
   *
   * @param from in its byte order
   * @param first the first number, counted in numbers
   * @param stride from one number to the next, counted in numbers
   * @param pixels from {@link #newPixels} of {@link #pixelType}
   * @param at where the first goes
   * @param count how many
   * @throws UnreadableValueException if one is negative where ids are expected, or would change
   */
  public void copy(ByteBuffer from, int first, int stride, Object pixels, int at, int count)
      throws IOException {
    if (stride == 1 && copyRow(from, first, pixels, at, count)) {
      return;
    }
    for (int i = 0, k = first; i < count; i++, k += stride) {
      copyOne(from, k * bytes, pixels, at + i);
    }
  }

  private boolean copyRow(ByteBuffer from, int first, Object pixels, int at, int count) {
    switch (this) {
      case UINT8 -> from.get(first, (byte[]) pixels, at, count);
      case UINT16 -> from.asShortBuffer().get(first, (short[]) pixels, at, count);
      case UINT32 -> from.asIntBuffer().get(first, (int[]) pixels, at, count);
      case UINT64 -> from.asLongBuffer().get(first, (long[]) pixels, at, count);
      case FLOAT32 -> from.asFloatBuffer().get(first, (float[]) pixels, at, count);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void copyOne(ByteBuffer from, int k, Object pixels, int at) throws IOException {
    switch (this) {
      case BOOL -> ((byte[]) pixels)[at] = (byte) (from.get(k) == 0 ? 0 : 1);
      case UINT8 -> ((byte[]) pixels)[at] = from.get(k);
      case INT8 -> ((float[]) pixels)[at] = from.get(k);
      case UINT16 -> ((short[]) pixels)[at] = from.getShort(k);
      case INT16 -> ((float[]) pixels)[at] = from.getShort(k);
      case UINT32 -> ((int[]) pixels)[at] = from.getInt(k);
      case INT32 -> ((int[]) pixels)[at] = (int) notNegative(from.getInt(k));
      case UINT64 -> ((long[]) pixels)[at] = from.getLong(k);
      case INT64 -> ((long[]) pixels)[at] = notNegative(from.getLong(k));
      case FLOAT16 -> ((float[]) pixels)[at] = HalfFloat.toFloat(from.getShort(k));
      case FLOAT32 -> ((float[]) pixels)[at] = from.getFloat(k);
      case FLOAT64 -> ((float[]) pixels)[at] = rounded(from.getDouble(k));
    }
  }

  private long notNegative(long value) throws IOException {
    if (value < 0) {
      throw new UnreadableValueException(
          "it has the value "
              + value
              + ": expected 0 or more in images of "
              + 8 * bytes
              + "-bit integers, which are read as labels; save it as floats where they are"
              + " intensities");
    }
    return value;
  }

  /** Whole numbers are ids in many files: one that 32 bits do not hold would become another. */
  private static float rounded(double value) throws IOException {
    float rounded = (float) value;
    boolean lost = Float.isInfinite(rounded) && !Double.isInfinite(value);
    if (lost || Math.abs(value) > LARGEST_EXACT && value == Math.rint(value) && rounded != value) {
      throw new UnreadableValueException(
          "it has the 64-bit float "
              + value
              + ", which 32 bits do not hold: save ids as integers, intensities as 32-bit floats");
    }
    return rounded;
  }
}
