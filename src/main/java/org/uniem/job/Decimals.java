package org.uniem.job;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as text in tables and files that other programs read. */
public final class Decimals {

  private static final int DIGITS = 9;
  private static final double LARGEST_PLAIN = 1e15;
  private static final double SMALLEST_PLAIN = 1e-4;

  private Decimals() {}

  /**
   * A number with up to nine significant digits, whatever its size, without zeros at the end: 18,
   * 0.333333333, 4.5E-8. So lengths keep their digits in every unit. With a decimal point whatever
   * the language; exponents from 1E15 up and below 0.0001.
   *
   * @param value any; NaN and infinities as Java writes them
   */
  public static String of(double value) {
    return of(value, DIGITS);
  }

  /**
   * As {@link #of(double)}, with fewer digits: for shares and scores, whose last ones say nothing.
   *
   * @param value any
   * @param most significant digits, 1 or more
   */
  public static String of(double value, int most) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    BigDecimal digits = new BigDecimal(value).round(new MathContext(most)).stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN) {
      // One digit before the point: 4.5E-8, not 45E-9.
      int exponent = digits.precision() - digits.scale() - 1;
      return digits.scaleByPowerOfTen(-exponent).toPlainString() + "E" + exponent;
    }
    return digits.toPlainString();
  }
}
