package org.uniem.volumes.stack.tiff;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Lays out one little-endian image file directory. */
final class TiffDirectoryBuilder {

  private static final long LARGEST = 0xffff_ffffL;

  private record Field(int tag, int type, long count, byte[] values) {}

  private final boolean big;
  private final List<Field> fields = new ArrayList<>();

  TiffDirectoryBuilder(boolean big) {
    this.big = big;
  }

  /** Adds whole numbers; tags must be added in ascending order. */
  void add(int tag, int type, long... numbers) {
    int size = type == TiffDirectory.SHORT ? 2 : type == TiffDirectory.LONG ? 4 : 8;
    ByteBuffer values = little(size * numbers.length);
    for (long number : numbers) {
      switch (size) {
        case 2 -> values.putShort((short) number);
        case 4 -> values.putInt((int) number);
        default -> values.putLong(number);
      }
    }
    fields.add(new Field(tag, type, numbers.length, values.array()));
  }

  /**
   * @param text with its closing 0
   */
  void addText(int tag, byte[] text) {
    fields.add(new Field(tag, TiffDirectory.ASCII, text.length, text));
  }

  /**
   * Adds the reciprocal of a positive length as the fraction of two whole numbers that is nearest
   * to it; lengths of up to nine decimal digits come back exactly.
   */
  void addReciprocal(int tag, double length) {
    // The fractions nearest to a number are the convergents of its continued fraction.
    long[] numerators = {0, 1};
    long[] denominators = {1, 0};
    double rest = length;
    while (true) {
      double whole = Math.floor(rest);
      double numerator = whole * numerators[1] + numerators[0];
      double denominator = whole * denominators[1] + denominators[0];
      if (!(numerator <= LARGEST && denominator <= LARGEST)) {
        break;
      }
      numerators = new long[] {numerators[1], (long) numerator};
      denominators = new long[] {denominators[1], (long) denominator};
      if (numerator / denominator == length) {
        break;
      }
      rest = 1 / (rest - whole);
    }
    boolean none = denominators[1] == 0 || numerators[1] == 0;
    ByteBuffer values =
        little(8)
            .putInt((int) (none ? (length < 1 ? LARGEST : 1) : denominators[1]))
            .putInt((int) (none ? (length < 1 ? 1 : LARGEST) : numerators[1]));
    fields.add(new Field(tag, TiffDirectory.RATIONAL, 1, values.array()));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The bytes of the directory and of the values outside it, an even number of them.
   *
   * @param offset where in the file they will begin; if not the last, the next directory must
   *     follow at once
   */
  byte[] build(long offset, boolean last) {
    int inline = big ? 8 : 4;
    int headBytes = (big ? 16 : 6) + fields.size() * (big ? 20 : 12);
    ByteBuffer head = little(headBytes);
    ByteArrayOutputStream outside = new ByteArrayOutputStream();
    if (big) {
      head.putLong(fields.size());
    } else {
      head.putShort((short) fields.size());
    }
    for (Field field : fields) {
      head.putShort((short) field.tag).putShort((short) field.type);
      putNumber(head, field.count);
      if (field.values.length <= inline) {
        head.put(field.values).position(head.position() + inline - field.values.length);
      } else {
        putNumber(head, offset + headBytes + outside.size());
        outside.writeBytes(field.values);
        if (outside.size() % 2 == 1) {
          outside.write(0);
        }
      }
    }
    putNumber(head, last ? 0 : offset + headBytes + outside.size());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.array());
    all.writeBytes(outside.toByteArray());
    return all.toByteArray();
  }

  private void putNumber(ByteBuffer target, long number) {
    if (big) {
      target.putLong(number);
    } else {
      target.putInt((int) number);
    }
  }
}
