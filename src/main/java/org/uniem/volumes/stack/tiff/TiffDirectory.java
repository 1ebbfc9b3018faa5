package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.uniem.volumes.storage.FileBytes;

/** The tags of one image file directory of a TIFF or BigTIFF file. */
final class TiffDirectory {

  static final int BYTE = 1;
  static final int ASCII = 2;
  static final int SHORT = 3;
  static final int LONG = 4;
  static final int RATIONAL = 5;
  static final int LONG8 = 16;

  /** Three numbers for each of two colours. */
  private static final int LONGEST_COLOUR_MAP = 6;

  /** Bytes per value of the field types 0 … 18; 0 where there is no such type. */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  private record Field(int type, ByteBuffer values) {

    private boolean isWhole() {
      return switch (type) {
        case 1, 3, 4, 6, 8, 9, 13, 16, 17, 18 -> true;
        default -> false;
      };
    }
  }

  private final Map<Integer, Field> fields = new HashMap<>();
  private final long longestText;
  private final long next;
  private long bytesRead;

  /**
   * Reads a directory.
   *
   * @param offset where it begins
   * @param longestText bytes of the description that are read at most
   * @throws IOException if it reaches outside the file
   */
  TiffDirectory(FileBytes file, ByteOrder order, boolean big, long offset, long longestText)
      throws IOException {
    this.longestText = longestText;
    int countBytes = big ? 8 : 2;
    int entryBytes = big ? 20 : 12;
    ByteBuffer head = ByteBuffer.wrap(file.read(offset, countBytes)).order(order);
    long count = big ? head.getLong() : head.getShort() & 0xffff;
    if (count < 1 || count > 65535) {
      throw new IOException("a directory of " + count + " tags at byte " + offset);
    }
    long bytes = count * entryBytes + (big ? 8 : 4);
    bytesRead = bytes;
    ByteBuffer entries = ByteBuffer.wrap(file.read(offset + countBytes, bytes)).order(order);
    for (int i = 0; i < count; i++) {
      readField(file, big, entries.slice(i * entryBytes, entryBytes).order(order));
    }
    entries.position((int) count * entryBytes);
    next = big ? entries.getLong() : entries.getInt() & 0xffffffffL;
  }

  private void readField(FileBytes file, boolean big, ByteBuffer entry) throws IOException {
    int tag = entry.getShort() & 0xffff;
    int type = entry.getShort() & 0xffff;
    long count = big ? entry.getLong() : entry.getInt() & 0xffffffffL;
    if (TiffTag.isNoticed(tag)) {
      fields.put(tag, new Field(BYTE, ByteBuffer.allocate(0)));
    }
    if (!TiffTag.isRead(tag) || type >= TYPE_BYTES.length || TYPE_BYTES[type] == 0) {
      return;
    }
    if (count < 0 || count > file.length()) {
      throw new IOException("its tag " + tag + " has " + count + " values, more than the file");
    }
    long all = count * TYPE_BYTES[type];
    long bytes = tag == TiffTag.DESCRIPTION && all > 8 ? Math.min(all, longestText) : all;
    ByteBuffer values;
    if (tag == TiffTag.COLOR_MAP && count > LONGEST_COLOUR_MAP) {
      return; // Indices are the values, except of two colours.
    }
    if (all <= (big ? 8 : 4)) {
      values = entry.slice(entry.position(), (int) bytes);
    } else {
      long offset = big ? entry.getLong() : entry.getInt() & 0xffffffffL;
      values = ByteBuffer.wrap(file.read(offset, bytes));
      bytesRead += bytes;
    }
    // Of tags that are there twice, others read the first too.
    fields.putIfAbsent(tag, new Field(type, values.order(entry.order())));
  }

  /** How many bytes of the file were read for it. */
  long bytesRead() {
    return bytesRead;
  }

  /** Where the next directory begins, 0 after the last. */
  long next() {
    return next;
  }

  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** The whole number of a tag, or its first. */
  long number(int tag, long absent) {
    long[] numbers = numbers(tag);
    return numbers.length == 0 ? absent : numbers[0];
  }

  /** The whole numbers of a tag, none if it is absent or holds others. */
  long[] numbers(int tag) {
    Field field = fields.get(tag);
    if (field == null || !field.isWhole()) {
      return new long[0];
    }
    ByteBuffer values = field.values.duplicate().order(field.values.order());
    long[] numbers = new long[values.remaining() / TYPE_BYTES[field.type]];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (TYPE_BYTES[field.type]) {
            case 1 -> values.get() & 0xff;
            case 2 -> values.getShort() & 0xffff;
            case 4 -> values.getInt() & 0xffffffffL;
            default -> values.getLong();
          };
    }
    return numbers;
  }

  /** A fraction upside down, such as the size of a pixel from a resolution; NaN without one. */
  double reciprocal(int tag) {
    Field field = fields.get(tag);
    if (field == null || field.type != RATIONAL || field.values.remaining() < 8) {
      return Double.NaN;
    }
    double numerator = field.values.getInt(0) & 0xffffffffL;
    double denominator = field.values.getInt(4) & 0xffffffffL;
    return numerator == 0 || denominator == 0 ? Double.NaN : denominator / numerator;
  }

  /** The bytes of a tag, empty if it is absent. */
  byte[] bytes(int tag) {
    Field field = fields.get(tag);
    if (field == null) {
      return new byte[0];
    }
    byte[] bytes = new byte[field.values.remaining()];
    field.values.duplicate().get(bytes);
    return bytes;
  }

  /**
   * The text of a tag, empty if it is absent. Where it is no UTF-8 it is Latin-1, in which ImageJ
   * writes.
   */
  String text(int tag) {
    byte[] bytes = bytes(tag);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    ByteBuffer text = ByteBuffer.wrap(bytes, 0, end);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }
  }
}
