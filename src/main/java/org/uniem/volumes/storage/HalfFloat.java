package org.uniem.volumes.storage;

/** Floats of 16 bits, as IEEE 754 has them. Stateless. */
public final class HalfFloat {

  private static final int EXPONENT = 0x1f;
  private static final float SMALLEST = 0x1p-24f;

  private HalfFloat() {}

  /** The number of 16 bits, exact. */
  public static float toFloat(short bits) {
    int exponent = bits >> 10 & EXPONENT;
    int fraction = bits & 0x3ff;
    float size;
    if (exponent == 0) {
      size = fraction * SMALLEST;
    } else if (exponent == EXPONENT) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      size = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
    }
    return bits < 0 ? -size : size;
  }
}
