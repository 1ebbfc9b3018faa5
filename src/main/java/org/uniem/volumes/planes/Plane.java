package org.uniem.volumes.planes;

import org.uniem.volumes.PixelType;

/**
 * The decoded pixels of one two-dimensional image: one primitive array per channel.
 *
 * <p>Arrays are byte[], short[], int[], long[] for the integer types, all unsigned, and float[] for
 * {@link PixelType#FLOAT32}. Numbers that floats would round are kept as they are stored, so that
 * ids stay exact: {@code FLOAT32} may also come as double[] and as int[] or long[], then signed.
 */
public final class Plane {

  private static final long EXACT_FLOATS = PixelType.FLOAT32.largestLabel();
  private static final double EXACT_DOUBLES = 0x1p53;

  private final PlaneShape shape;
  private final Object[] channels;

  /** A plane of zeros in the arrays of its type. */
  public Plane(PlaneShape shape) {
    this.shape = shape;
    channels = new Object[shape.channels()];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = newArray(shape.pixelType(), shape.pixels());
    }
  }

  /**
   * A plane of given arrays.
   *
   * @param channels one array of width × height per channel, x fastest; shared
   */
  public Plane(PlaneShape shape, Object... channels) {
    this.shape = shape;
    this.channels = channels;
  }

  private static Object newArray(PixelType type, int size) {
    return switch (type) {
      case UINT8 -> new byte[size];
      case UINT16 -> new short[size];
      case UINT32 -> new int[size];
      case UINT64 -> new long[size];
      case FLOAT32 -> new float[size];
    };
  }

  /** Its size and type. */
  public PlaneShape shape() {
    return shape;
  }

  /** The array of one channel, shared with this plane. */
  public Object channel(int c) {
    return channels[c];
  }

  /**
   * Copies a channel as floats, integers beyond 2²⁴ of the unsigned types to the nearest.
   *
   * @return −1, or the index of the first number that is no float although it may be an id: a whole
   *     one beyond 2²⁴ in a double[], or any in signed integers; or that is beyond all floats
   */
  public int copyTo(int channel, float[] target) {
    Object array = channels[channel];
    int size = shape.pixels();
    boolean signed = shape.pixelType() == PixelType.FLOAT32;
    if (array instanceof float[]) {
      System.arraycopy(array, 0, target, 0, size);
    } else if (array instanceof byte[] bytes) {
      for (int i = 0; i < size; i++) {
        target[i] = bytes[i] & 0xff;
      }
    } else if (array instanceof short[] shorts) {
      for (int i = 0; i < size; i++) {
        target[i] = shorts[i] & 0xffff;
      }
    } else if (array instanceof double[] doubles) {
      return copy(doubles, target);
    } else {
      return copyWide(array, signed, target);
    }
    return -1;
  }

  private static int copy(double[] from, float[] target) {
    for (int i = 0; i < from.length; i++) {
      double value = from[i];
      target[i] = (float) value;
      if (target[i] != value && !Double.isNaN(value)) {
        double size = Math.abs(value);
        boolean id = size > EXACT_FLOATS && size <= EXACT_DOUBLES && value == Math.rint(value);
        if (id || Float.isInfinite(target[i])) {
          return i;
        }
      }
    }
    return -1;
  }

  private int copyWide(Object array, boolean signed, float[] target) {
    for (int i = 0; i < shape.pixels(); i++) {
      long value = whole(array, i, signed);
      target[i] = !signed && value < 0 ? 2f * (value >>> 1 | value & 1) : value;
      if (signed && ((long) target[i] != value || target[i] == 0x1p63f)) {
        return i;
      }
    }
    return -1;
  }

  private static long whole(Object array, int i, boolean signed) {
    if (array instanceof long[] longs) {
      return longs[i];
    }
    int value = ((int[]) array)[i];
    return signed ? value : value & 0xffff_ffffL;
  }

  /**
   * Copies a channel as label ids, exact; those of 2⁶³ and more are negative.
   *
   * @return −1, or the index of the first number that is no id: negative, not whole, or a float or
   *     double too large to be sure of its last digits
   */
  public int copyTo(int channel, long[] target) {
    Object array = channels[channel];
    boolean signed = shape.pixelType() == PixelType.FLOAT32;
    for (int i = 0; i < shape.pixels(); i++) {
      if (array instanceof float[] floats) {
        float value = floats[i];
        target[i] = (long) value;
        if (!(value >= 0 && value <= EXACT_FLOATS) || target[i] != value) {
          return i;
        }
      } else if (array instanceof double[] doubles) {
        double value = doubles[i];
        target[i] = (long) value;
        if (!(value >= 0 && value <= EXACT_DOUBLES) || target[i] != value) {
          return i;
        }
      } else if (array instanceof byte[] bytes) {
        target[i] = bytes[i] & 0xff;
      } else if (array instanceof short[] shorts) {
        target[i] = shorts[i] & 0xffff;
      } else {
        target[i] = whole(array, i, signed);
        if (signed && target[i] < 0) {
          return i;
        }
      }
    }
    return -1;
  }

  /** A number as it is stored, for messages. */
  public String text(int channel, int i) {
    Object array = channels[channel];
    if (array instanceof float[] floats) {
      return String.valueOf(floats[i]);
    }
    if (array instanceof double[] doubles) {
      boolean whole = doubles[i] == Math.rint(doubles[i]) && Math.abs(doubles[i]) <= EXACT_DOUBLES;
      return whole ? String.valueOf((long) doubles[i]) : String.valueOf(doubles[i]);
    }
    if (array instanceof byte[] bytes) {
      return String.valueOf(bytes[i] & 0xff);
    }
    if (array instanceof short[] shorts) {
      return String.valueOf(shorts[i] & 0xffff);
    }
    boolean signed = shape.pixelType() == PixelType.FLOAT32;
    long value = whole(array, i, signed);
    return signed ? Long.toString(value) : Long.toUnsignedString(value);
  }
}
