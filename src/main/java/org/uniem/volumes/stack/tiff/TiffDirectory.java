package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.uniem.volumes.storage.FileBytes;

/** The tags of one image file directory of a TIFF or BigTIFF file. */
public final class TiffDirectory {

  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int DESCRIPTION = 270;
  static final int STRIP_OFFSETS = 273;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTE_COUNTS = 279;
  static final int X_RESOLUTION = 282;
  static final int Y_RESOLUTION = 283;
  static final int PLANAR_CONFIGURATION = 284;
  static final int RESOLUTION_UNIT = 296;
  static final int PREDICTOR = 317;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTE_COUNTS = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;

  static final int ASCII = 2;
  static final int SHORT = 3;
  static final int LONG = 4;
  static final int RATIONAL = 5;
  static final int LONG8 = 16;

  /** Bytes per value of the field types 0 … 18; 0 where there is no such type. */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  private record Field(int type, ByteBuffer values) {}

  private final Map<Integer, Field> fields = new HashMap<>();
  private final long next;

  /**
   * Reads a directory.
   *
   * @param offset where it begins
   * @throws IOException if it reaches outside the file
   */
  TiffDirectory(FileBytes file, ByteOrder order, boolean big, long offset) throws IOException {
    int countBytes = big ? 8 : 2;
    int entryBytes = big ? 20 : 12;
    ByteBuffer head = ByteBuffer.wrap(file.read(offset, countBytes)).order(order);
    long count = big ? head.getLong() : head.getShort() & 0xffff;
    if (count < 1 || count > 65535) {
      throw new IOException("a directory of " + count + " tags at byte " + offset);
    }
    long bytes = count * entryBytes + (big ? 8 : 4);
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
    if (tag > SAMPLE_FORMAT || type >= TYPE_BYTES.length || TYPE_BYTES[type] == 0) {
      return; // Private tags, ImageJ's overlays among them, may be long and are not needed.
    }
    long bytes = Math.multiplyExact(count, TYPE_BYTES[type]);
    ByteBuffer values;
    if (bytes <= (big ? 8 : 4)) {
      values = entry.slice(entry.position(), (int) bytes);
    } else {
      long offset = big ? entry.getLong() : entry.getInt() & 0xffffffffL;
      values = ByteBuffer.wrap(file.read(offset, bytes));
    }
    fields.put(tag, new Field(type, values.order(entry.order())));
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

  /** The whole numbers of a tag, none if it is absent. */
  long[] numbers(int tag) {
    Field field = fields.get(tag);
    if (field == null) {
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

  /** A fraction, 0 if the tag is absent or its denominator is 0. */
  double fraction(int tag) {
    Field field = fields.get(tag);
    if (field == null || field.type != RATIONAL || field.values.remaining() < 8) {
      return 0;
    }
    double numerator = field.values.getInt(0) & 0xffffffffL;
    double denominator = field.values.getInt(4) & 0xffffffffL;
    return denominator == 0 ? 0 : numerator / denominator;
  }

  /** The text of a tag, empty if it is absent. */
  String text(int tag) {
    Field field = fields.get(tag);
    if (field == null) {
      return "";
    }
    byte[] bytes = new byte[field.values.remaining()];
    field.values.duplicate().get(bytes);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
