package org.uniem.postprocess.watershed;

import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;

/**
 * How values of an image become levels of a flood, whole numbers in the same order.
 *
 * <p>Unsigned 8-bit and 16-bit values are their own levels. All other types are compared as 32-bit
 * floats, every float being a level of its own, but that floats nearer to 0 than 2⁻¹⁰⁰ count as 0
 * and those beyond ±2²⁸ as ±2²⁸.
 */
enum Heights {
  BYTES(256),
  SHORTS(65536),
  FLOATS(0);

  private static final int SMALLEST = (127 - 100) << 23;
  private static final int MIDDLE = 1 << 30;

  private final int levels;

  Heights(int levels) {
    this.levels = levels;
  }

  /** How the values of images of a type become levels. */
  static Heights of(Object type) {
    if (type instanceof UnsignedByteType) {
      return BYTES;
    }
    return type instanceof UnsignedShortType ? SHORTS : FLOATS;
  }

  /** A queue for these levels. */
  LevelQueue newQueue() {
    return this == FLOATS ? new RadixQueue() : new BucketQueue(levels);
  }

  /** The level of a value that is a number. */
  int level(float value) {
    if (this != FLOATS) {
      return (int) value;
    }
    int bits = Float.floatToRawIntBits(value);
    int size = Math.max(0, Math.min((bits & Integer.MAX_VALUE) - SMALLEST, MIDDLE - 1));
    return bits < 0 ? MIDDLE - size : MIDDLE + size;
  }
}
