package org.uniem.volumes.chunked;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.storage.HalfFloat;

/**
 * The types of array elements that are read, each as a pixel type that holds its values: of signed
 * integers of 32 and 64 bits, which label images often have, only those from 0 on; 64-bit floats
 * are rounded to 32 bits, but not whole numbers beyond 2²⁴, which are probably ids. Written are
 * those that are pixel types themselves.
 */
public enum ElementType {
  BOOL("b1", 1, PixelType.UINT8),
  UINT8("u1", 1, PixelType.UINT8),
  INT8("i1", 1, PixelType.FLOAT32),
  UINT16("u2", 2, PixelType.UINT16),
  INT16("i2", 2, PixelType.FLOAT32),
  UINT32("u4", 4, PixelType.UINT32),
  INT32("i4", 4, PixelType.UINT32),
  UINT64("u8", 8, PixelType.UINT64),
  INT64("i8", 8, PixelType.UINT64),
  FLOAT16("f2", 2, PixelType.FLOAT32),
  FLOAT32("f4", 4, PixelType.FLOAT32),
  FLOAT64("f8", 8, PixelType.FLOAT32);

  private static final double WHOLE_FLOATS = 0x1p24;
  private static final double WHOLE_DOUBLES = 0x1p53;

  private final String code;
  private final int bytes;
  private final PixelType pixelType;

  ElementType(String code, int bytes, PixelType pixelType) {
    this.code = code;
    this.bytes = bytes;
    this.pixelType = pixelType;
  }

  /** The type that a Zarr v2 array names, without the sign of its byte order: {@code "u2"}. */
  public static Optional<ElementType> ofCode(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  /** The type that a Zarr v3 array names: {@code "uint16"}. */
  public static Optional<ElementType> ofName(String name) {
    return Arrays.stream(values()).filter(type -> type.versionThreeName().equals(name)).findFirst();
  }

  /** The type that a pixel type is written as. */
  public static ElementType of(PixelType type) {
    return valueOf(type.name());
  }

  /** The name in Zarr v2, without the sign of the byte order. */
  public String code() {
    return code;
  }

  /** The name in Zarr v3, and in N5. */
  public String versionThreeName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Bytes of an element. */
  public int bytes() {
    return bytes;
  }

  /** Whether it is one of the floats. */
  public boolean isFloat() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
  }

  /** The type that its elements are read as. */
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
   * Copies elements to pixels.
   *
   * @param from all bytes of a chunk, in its byte order
   * @param first the first element, counted in elements
   * @param stride from one element to the next, in elements
   * @param pixels from {@link #newPixels}
   * @param at where the first goes
   * @param count how many
   * @throws IOException if one is negative where ids are expected
   */
  void copy(ByteBuffer from, int first, int stride, Object pixels, int at, int count)
      throws IOException {
    if (stride == 1 && copyRow(from, first, pixels, at, count)) {
      return;
    }
    for (int i = 0, k = first; i < count; i++, k += stride) {
      copyOne(from, k, pixels, at + i);
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

  private void copyOne(ByteBuffer from, int element, Object pixels, int at) throws IOException {
    int k = element * bytes;
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
      case FLOAT32 -> ((float[]) pixels)[at] = from.getFloat(k);
      case FLOAT16 -> ((float[]) pixels)[at] = HalfFloat.toFloat(from.getShort(k));
      case FLOAT64 -> ((float[]) pixels)[at] = rounded(from.getDouble(k));
    }
  }

  /** Ids that were saved as floats must not become those of their neighbours. */
  private static float rounded(double value) throws IOException {
    float rounded = (float) value;
    // Beyond the second bound all 64-bit floats are whole numbers, but none is an id.
    boolean id = Math.abs(value) > WHOLE_FLOATS && Math.abs(value) <= WHOLE_DOUBLES;
    boolean lost = id && value == Math.rint(value) || Float.isInfinite(rounded);
    if (rounded != value && lost && !Double.isNaN(value)) {
      throw new IOException(
          "it has the value "
              + BigDecimal.valueOf(value).toPlainString()
              + " in 64-bit floats, which would become "
              + (Float.isInfinite(rounded)
                  ? "infinite"
                  : BigDecimal.valueOf((double) rounded).toPlainString())
              + " in the 32 bits that images are read in");
    }
    return rounded;
  }

  /**
   * Copies elements of {@link #FLOAT64} that are ids, as {@link #copy} does.
   *
   * @throws IOException if one is no whole number from 0 to 2⁵³
   */
  static void copyIds(ByteBuffer from, int first, int stride, long[] ids, int at, int count)
      throws IOException {
    for (int i = 0, k = first; i < count; i++, k += stride) {
      double value = from.getDouble(k * FLOAT64.bytes);
      if (!(value >= 0 && value <= WHOLE_DOUBLES) || value != Math.rint(value)) {
        throw new IOException(
            "it has the value "
                + value
                + ": expected a label, a whole number from 0 to 9007199254740992");
      }
      ids[at + i] = (long) value;
    }
  }

  private long notNegative(long value) throws IOException {
    if (value < 0) {
      throw new IOException(
          "it has the value "
              + value
              + ": expected 0 or more in an image of "
              + versionThreeName()
              + ", which is read as labels");
    }
    return value;
  }
}
