package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What an element is.
 *
 * @param kind of it
 * @param size in bytes
 * @param signed of an integer
 * @param order of the bytes of a number
 * @param base of a sequence of variable length: the type of its elements
 * @param description for messages: {@code "strings"}
 */
public record Datatype(
    Kind kind,
    int size,
    boolean signed,
    ByteOrder order,
    Optional<Datatype> base,
    String description) {

  /** What is told apart. */
  public enum Kind {
    /** Of all its bits, numbers of an enumeration and bit fields too. */
    INTEGER,
    /** True or false, as h5py stores it: an enumeration of FALSE = 0 and TRUE = 1. */
    BOOLEAN,
    /** As IEEE 754 has them, of 2, 4 or 8 bytes. */
    FLOAT,
    /** Text of a fixed number of bytes. */
    STRING,
    /** Text of any length. */
    VARIABLE_STRING,
    /** A sequence of any length. */
    SEQUENCE,
    /** The address of an object. */
    REFERENCE,
    /** None of these. */
    OTHER
  }

  private static final int DEEPEST = 4;

  static Datatype read(Fields fields) throws IOException {
    return read(fields, 0);
  }

  private static Datatype read(Fields fields, int depth) throws IOException {
    int classAndVersion = fields.u8();
    int bits = (int) fields.number(3);
    int size = fields.count(4);
    ByteOrder order = (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    if (depth > DEEPEST) {
      return other(size, "types in types");
    }
    return switch (classAndVersion & 15) {
      case 0, 4 -> integer(fields, size, (classAndVersion & 15) == 0 && (bits & 8) != 0, order);
      case 1 -> floating(fields, size, bits, order);
      case 2 -> other(size, "times");
      case 3 -> text(Kind.STRING, size);
      case 5 -> other(size, "opaque bytes (" + fields.text() + ")");
      case 6 -> other(size, "compounds of " + (bits & 0xffff) + " parts, such as complex numbers");
      case 7 -> new Datatype(Kind.REFERENCE, size, false, order, Optional.empty(), "references");
      case 8 -> enumeration(fields, size, bits & 0xffff, classAndVersion >> 4, depth);
      case 9 -> {
        Datatype base = read(fields, depth + 1);
        yield (bits & 15) == 1
            ? text(Kind.VARIABLE_STRING, size)
            : new Datatype(Kind.SEQUENCE, size, false, order, Optional.of(base), "sequences");
      }
      case 10 -> other(size, "arrays in each element");
      case 11 -> other(size, "complex numbers");
      default -> other(size, "elements of the unknown class " + (classAndVersion & 15));
    };
  }

  private static Datatype other(int size, String description) {
    return new Datatype(
        Kind.OTHER, size, false, ByteOrder.LITTLE_ENDIAN, Optional.empty(), description);
  }

  private static Datatype text(Kind kind, int size) {
    return new Datatype(kind, size, false, ByteOrder.LITTLE_ENDIAN, Optional.empty(), "strings");
  }

  private static Datatype integer(Fields fields, int size, boolean signed, ByteOrder order)
      throws IOException {
    int shift = fields.u16();
    int precision = fields.u16();
    if (shift != 0 || precision != 8 * size || Integer.bitCount(size) != 1 || size > 8) {
      return other(size, "integers of " + precision + " bits in " + size + " bytes");
    }
    String name = (signed ? "int" : "uint") + precision;
    return new Datatype(Kind.INTEGER, size, signed, order, Optional.empty(), name);
  }

  private static Datatype floating(Fields fields, int size, int bits, ByteOrder order)
      throws IOException {
    int shift = fields.u16();
    int precision = fields.u16();
    int exponentAt = fields.u8();
    int exponentBits = fields.u8();
    int mantissaAt = fields.u8();
    int mantissaBits = fields.u8();
    long bias = fields.u32();
    int exponent = size == 2 ? 5 : size == 4 ? 8 : 11;
    boolean ieee =
        (size == 2 || size == 4 || size == 8)
            && shift == 0
            && precision == 8 * size
            && mantissaAt == 0
            && exponentBits == exponent
            && mantissaBits == precision - 1 - exponent
            && exponentAt == mantissaBits
            && bias == (1L << exponent - 1) - 1
            && (bits & 64) == 0
            && (bits >> 4 & 3) == 2
            && (bits >> 8 & 0xff) == precision - 1;
    if (!ieee) {
      return other(size, "floats of an unusual kind with " + precision + " bits");
    }
    return new Datatype(Kind.FLOAT, size, true, order, Optional.empty(), "float" + precision);
  }

  private static Datatype enumeration(Fields fields, int size, int members, int version, int depth)
      throws IOException {
    Datatype base = read(fields, depth + 1);
    if (base.kind != Kind.INTEGER || base.size != size) {
      return other(size, "an enumeration of " + base.description);
    }
    boolean truth = members == 2 && size == 1;
    for (int i = 0; i < members && truth; i++) {
      int start = fields.position();
      truth = fields.text().equals(i == 0 ? "FALSE" : "TRUE");
      int length = fields.position() - start;
      // Before version 3, names are padded to eight bytes.
      fields.skip(version < 3 ? (length + 7) / 8 * 8 - length : 0);
    }
    for (int i = 0; i < members && truth; i++) {
      truth = fields.u8() == i;
    }
    return truth
        ? new Datatype(Kind.BOOLEAN, 1, false, base.order, Optional.empty(), "booleans")
        : base;
  }

  /** Whether it is an integer or a float. */
  boolean isNumber() {
    return kind == Kind.INTEGER || kind == Kind.FLOAT;
  }
}
