package org.uniem.volumes.stack.tiff;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Lays out one little-endian image file directory. */
final class TiffDirectoryBuilder {

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

  /** Adds a positive fraction with the denominator that keeps most digits. */
  void addFraction(int tag, double value) {
    double limit = 0x7fffffff;
    double denominator = Math.min(limit, Math.floor(limit / Math.max(value, 1)));
    if (value > 0 && 1 / value == Math.rint(1 / value) && 1 / value < limit) {
      denominator = 1 / value; // 1/8 is exact as 1/8.
    }
    long numerator = Math.max(1, Math.round(value * denominator));
    ByteBuffer values = little(8).putInt((int) numerator).putInt((int) Math.max(1, denominator));
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
