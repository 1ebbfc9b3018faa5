package org.uniem.volumes.omezarr.arrays;

import com.google.gson.JsonElement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.uniem.job.BadInputException;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.storage.HalfFloat;

/**
 * The element that stands for those not stored, in all the ways that files spell it: numbers to the
 * last digit of 64 bits, as texts too, NaN and infinities, booleans, bits in hexadecimal digits.
 */
final class FillValue {

  private static final int MOST_DIGITS = 100;

  private FillValue() {}

  /**
   * Its bytes; of zero where there is none, or it is null.
   *
   * @throws BadInputException if the entry is no value of the type
   */
  static byte[] bytes(Metadata metadata, ElementType type, ByteOrder order) {
    byte[] bytes = new byte[type.bytes()];
    if (!metadata.has("fill_value")) {
      return bytes;
    }
    JsonElement value = metadata.json().get("fill_value");
    try {
      put(ByteBuffer.wrap(bytes).order(order), type, bits(value.getAsString().strip(), type));
    } catch (NumberFormatException
        | ArithmeticException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw metadata.wrong("fill_value", "a value of type " + type.versionThreeName());
    }
    return bytes;
  }

  private static long bits(String text, ElementType type) {
    if (text.startsWith("0x")) {
      long bits = Long.parseUnsignedLong(text.substring(2), 16);
      if (type.bytes() < Long.BYTES && bits >>> 8 * type.bytes() != 0) {
        throw new NumberFormatException("too many bits");
      }
      return bits;
    }
    return switch (type) {
      case FLOAT16 -> half(Float.parseFloat(text));
      case FLOAT32 -> Float.floatToRawIntBits(Float.parseFloat(text));
      case FLOAT64 -> Double.doubleToRawLongBits(Double.parseDouble(text));
      case BOOL -> truth(text);
      default -> integer(text, type);
    };
  }

  /** The nearest of all floats of 16 bits. */
  private static short half(float value) {
    if (Float.isNaN(value)) {
      return 0x7e00;
    }
    short nearest = 0;
    for (int bits = 0; bits <= 0xffff; bits++) {
      float candidate = HalfFloat.toFloat((short) bits);
      if (candidate == value) {
        return (short) bits;
      }
      if (Math.abs(candidate - value) < Math.abs(HalfFloat.toFloat(nearest) - value)) {
        nearest = (short) bits;
      }
    }
    return nearest;
  }

  private static long truth(String text) {
    return switch (text) {
      case "true", "True", "1" -> 1;
      case "false", "False", "0" -> 0;
      default -> throw new NumberFormatException("no boolean");
    };
  }

  private static long integer(String text, ElementType type) {
    if (text.equals("false") || text.equals("true")) {
      return truth(text);
    }
    BigDecimal number = new BigDecimal(text);
    if (Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS) {
      throw new ArithmeticException("too many digits");
    }
    BigInteger whole = number.toBigIntegerExact();
    boolean signed = type.name().startsWith("INT");
    int bits = 8 * type.bytes();
    BigInteger least = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
    BigInteger most = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
    if (whole.compareTo(least) < 0 || whole.compareTo(most) >= 0) {
      throw new ArithmeticException("out of range");
    }
    return whole.longValue();
  }

  private static void put(ByteBuffer buffer, ElementType type, long bits) {
    switch (type.bytes()) {
      case 1 -> buffer.put((byte) bits);
      case 2 -> buffer.putShort((short) bits);
      case 4 -> buffer.putInt((int) bits);
      default -> buffer.putLong(bits);
    }
  }
}
