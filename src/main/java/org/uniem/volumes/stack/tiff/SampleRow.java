package org.uniem.volumes.stack.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.uniem.volumes.storage.HalfFloat;

/**
 * The numbers of one row of a strip or tile.
 *
 * @param pixels all bytes of the segment, in their order
 * @param start byte at which the row begins
 * @param samples what its numbers are
 * @param stride numbers from one pixel to the next
 */
record SampleRow(ByteBuffer pixels, int start, SampleLayout samples, int stride) {

  /**
   * Copies one sample of pixels.
   *
   * @param sample of each pixel, from 0
   * @param columns how many pixels
   * @param target array of {@link SampleLayout#newArray}
   * @param at where to begin in it
   */
  void copy(int sample, int columns, Object target, int at) {
    if (target instanceof byte[] bytes) {
      copyBytes(sample, columns, bytes, at);
    } else if (target instanceof short[] shorts && samples.bits() == 16 && stride == 1) {
      bytes(2 * columns).asShortBuffer().get(shorts, at, columns);
    } else if (target instanceof short[] shorts) {
      for (int i = 0; i < columns; i++) {
        shorts[at + i] = (short) whole(sample + i * stride);
      }
    } else if (target instanceof int[] ints) {
      for (int i = 0; i < columns; i++) {
        ints[at + i] = (int) whole(sample + i * stride);
      }
    } else if (target instanceof long[] longs) {
      for (int i = 0; i < columns; i++) {
        longs[at + i] = pixels.getLong(start + 8 * (sample + i * stride));
      }
    } else if (target instanceof double[] doubles) {
      for (int i = 0; i < columns; i++) {
        doubles[at + i] = pixels.getDouble(start + 8 * (sample + i * stride));
      }
    } else {
      copyFloats(sample, columns, (float[]) target, at);
    }
  }

  private void copyBytes(int sample, int columns, byte[] bytes, int at) {
    if (samples.bits() == 8 && stride == 1) {
      pixels.get(start, bytes, at, columns);
      return;
    }
    for (int i = 0; i < columns; i++) {
      int value = (int) whole(sample + i * stride);
      bytes[at + i] =
          (byte) (samples.bits() > 1 ? value : (value == 1) != samples.whiteFirst() ? 255 : 0);
    }
  }

  private void copyFloats(int sample, int columns, float[] floats, int at) {
    boolean real = samples.format() == SampleLayout.FLOAT;
    if (real && samples.bits() == 32 && stride == 1) {
      bytes(4 * columns).asFloatBuffer().get(floats, at, columns);
      return;
    }
    for (int i = 0; i < columns; i++) {
      int index = sample + i * stride;
      floats[at + i] =
          !real
              ? whole(index)
              : samples.bits() == 32
                  ? pixels.getFloat(start + 4 * index)
                  : HalfFloat.toFloat(pixels.getShort(start + 2 * index));
    }
  }

  private ByteBuffer bytes(int count) {
    return pixels.slice(start, count).order(pixels.order());
  }

  /** A whole number of up to 32 bits. */
  private long whole(int index) {
    int bits = samples.bits();
    long value =
        switch (bits) {
          case 8 -> pixels.get(start + index) & 0xff;
          case 16 -> pixels.getShort(start + 2 * index) & 0xffff;
          case 24 -> of24(start + 3 * index);
          case 32 -> pixels.getInt(start + 4 * index) & 0xffff_ffffL;
          default -> packed((long) index * bits, bits);
        };
    return samples.format() == SampleLayout.SIGNED ? value << 64 - bits >> 64 - bits : value;
  }

  private long of24(int at) {
    int first = pixels.get(at) & 0xff;
    int second = pixels.get(at + 1) & 0xff;
    int third = pixels.get(at + 2) & 0xff;
    return pixels.order() == ByteOrder.BIG_ENDIAN
        ? first << 16 | second << 8 | third
        : third << 16 | second << 8 | first;
  }

  /** Numbers that are no whole bytes follow each other, the highest bit first in either order. */
  private long packed(long firstBit, int bits) {
    long value = 0;
    int left = bits;
    long bit = firstBit;
    while (left > 0) {
      int in = (int) (bit & 7);
      int take = Math.min(left, 8 - in);
      int part = (pixels.get(start + (int) (bit >> 3)) & 0xff) >> (8 - in - take);
      value = value << take | part & (1 << take) - 1;
      bit += take;
      left -= take;
    }
    return value;
  }

  /** Fills pixels that are not stored. */
  static void fill(SampleLayout samples, double value, Object target, int from, int to) {
    if (target instanceof byte[] bytes) {
      boolean white = (value == 1) != samples.whiteFirst();
      Arrays.fill(bytes, from, to, (byte) (samples.bits() > 1 ? (int) value : white ? 255 : 0));
    } else if (target instanceof short[] shorts) {
      Arrays.fill(shorts, from, to, (short) (int) value);
    } else if (target instanceof int[] ints) {
      Arrays.fill(ints, from, to, (int) (long) value);
    } else if (target instanceof long[] longs) {
      Arrays.fill(longs, from, to, (long) value);
    } else if (target instanceof double[] doubles) {
      Arrays.fill(doubles, from, to, value);
    } else {
      Arrays.fill((float[]) target, from, to, (float) value);
    }
  }
}
