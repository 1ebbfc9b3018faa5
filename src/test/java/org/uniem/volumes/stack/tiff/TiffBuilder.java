package org.uniem.volumes.stack.tiff;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Lays out TIFF files of any kind, possible or not, tag by tag. */
final class TiffBuilder {

  private record Field(int type, long count, byte[] values) {}

  private final ByteOrder order;
  private final boolean big;
  private final List<Page> pages = new ArrayList<>();

  TiffBuilder() {
    this(ByteOrder.LITTLE_ENDIAN, false);
  }

  TiffBuilder(ByteOrder order, boolean big) {
    this.order = order;
    this.big = big;
  }

  /** A grey page of unsigned numbers; what else it has is set on it. */
  Page page(int width, int height, int bits) {
    Page page = new Page();
    pages.add(page);
    return page.set(TiffTag.WIDTH, width)
        .set(TiffTag.HEIGHT, height)
        .set(TiffTag.BITS_PER_SAMPLE, bits)
        .set(TiffTag.PHOTOMETRIC, 1);
  }

  /** A grey page of one strip of plain bytes. */
  Page page8(int width, int height, int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return page(width, height, 8).strips(bytes);
  }

  /** Room for numbers in the order of the file. */
  ByteBuffer numbers(int bytes) {
    return ByteBuffer.allocate(bytes).order(order);
  }

  byte[] shorts(int... values) {
    ByteBuffer bytes = numbers(2 * values.length);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  byte[] ints(long... values) {
    ByteBuffer bytes = numbers(4 * values.length);
    for (long value : values) {
      bytes.putInt((int) value);
    }
    return bytes.array();
  }

  byte[] longs(long... values) {
    ByteBuffer bytes = numbers(8 * values.length);
    bytes.asLongBuffer().put(values);
    return bytes.array();
  }

  byte[] floats(float... values) {
    ByteBuffer bytes = numbers(4 * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  byte[] doubles(double... values) {
    ByteBuffer bytes = numbers(8 * values.length);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    byte[] packed = new byte[2 * bytes.length + 64];
    int count = deflater.deflate(packed);
    deflater.end();
    return java.util.Arrays.copyOf(packed, count);
  }

  final class Page {

    private final TreeMap<Integer, Field> fields = new TreeMap<>();
    private byte[][] segments = new byte[0][];
    private int offsetsTag;
    private int countsTag;

    Page set(int tag, long... values) {
      boolean wide = false;
      boolean huge = false;
      for (long value : values) {
        wide |= value < 0 || value > 65535;
        huge |= value < 0 || value > 0xffffffffL;
      }
      int type =
          huge && big ? TiffDirectory.LONG8 : wide ? TiffDirectory.LONG : TiffDirectory.SHORT;
      return typed(tag, type, values);
    }

    Page typed(int tag, int type, long... values) {
      int size = type == TiffDirectory.SHORT ? 2 : type == TiffDirectory.LONG ? 4 : 8;
      ByteBuffer bytes = numbers(size * values.length);
      for (long value : values) {
        switch (size) {
          case 2 -> bytes.putShort((short) value);
          case 4 -> bytes.putInt((int) value);
          default -> bytes.putLong(value);
        }
      }
      fields.put(tag, new Field(type, values.length, bytes.array()));
      return this;
    }

    Page remove(int tag) {
      fields.remove(tag);
      return this;
    }

    Page raw(int tag, int type, long count, byte[] values) {
      fields.put(tag, new Field(type, count, values));
      return this;
    }

    Page text(int tag, byte[] text) {
      byte[] closed = java.util.Arrays.copyOf(text, text.length + 1);
      return raw(tag, TiffDirectory.ASCII, closed.length, closed);
    }

    Page description(String text) {
      return text(TiffTag.DESCRIPTION, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Pixels per unit along x and y as a fraction. */
    Page resolution(long pixels, long units, int unit) {
      byte[] fraction = numbers(8).putInt((int) pixels).putInt((int) units).array();
      return raw(TiffTag.X_RESOLUTION, TiffDirectory.RATIONAL, 1, fraction)
          .raw(TiffTag.Y_RESOLUTION, TiffDirectory.RATIONAL, 1, fraction)
          .set(TiffTag.RESOLUTION_UNIT, unit);
    }

    Page strips(byte[]... data) {
      return segments(TiffTag.STRIP_OFFSETS, TiffTag.STRIP_BYTE_COUNTS, data);
    }

    Page tiles(int width, int height, byte[]... data) {
      set(TiffTag.TILE_WIDTH, width).set(TiffTag.TILE_HEIGHT, height);
      return segments(TiffTag.TILE_OFFSETS, TiffTag.TILE_BYTE_COUNTS, data);
    }

    /** Null stands for a segment that is not stored; a countsTag of 0 for no counts. */
    Page segments(int offsets, int counts, byte[]... data) {
      offsetsTag = offsets;
      countsTag = counts;
      segments = data;
      return this;
    }

    private void place(ByteArrayOutputStream file) {
      if (offsetsTag == 0) {
        return;
      }
      long[] offsets = new long[segments.length];
      long[] counts = new long[segments.length];
      for (int i = 0; i < segments.length; i++) {
        if (segments[i] != null) {
          offsets[i] = file.size();
          counts[i] = segments[i].length;
          file.writeBytes(segments[i]);
        }
      }
      typed(offsetsTag, big ? TiffDirectory.LONG8 : TiffDirectory.LONG, offsets);
      if (countsTag != 0) {
        typed(countsTag, big ? TiffDirectory.LONG8 : TiffDirectory.LONG, counts);
      }
    }

    private byte[] build(long at, boolean last) {
      int inline = big ? 8 : 4;
      int head = (big ? 16 : 6) + fields.size() * (big ? 20 : 12);
      ByteBuffer entries = numbers(head);
      ByteArrayOutputStream outside = new ByteArrayOutputStream();
      put(entries, fields.size(), big ? 8 : 2);
      for (var entry : fields.entrySet()) {
        Field field = entry.getValue();
        entries.putShort((short) (int) entry.getKey()).putShort((short) field.type);
        put(entries, field.count, inline);
        if (field.values.length <= inline) {
          entries.put(field.values);
          entries.position(entries.position() + inline - field.values.length);
        } else {
          put(entries, at + head + outside.size(), inline);
          outside.writeBytes(field.values);
          outside.writeBytes(new byte[outside.size() % 2]);
        }
      }
      put(entries, last ? 0 : at + head + outside.size(), inline);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(entries.array());
      all.writeBytes(outside.toByteArray());
      return all.toByteArray();
    }
  }

  private void put(ByteBuffer target, long value, int bytes) {
    switch (bytes) {
      case 2 -> target.putShort((short) value);
      case 4 -> target.putInt((int) value);
      default -> target.putLong(value);
    }
  }

  byte[] build() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[16]);
    pages.forEach(page -> page.place(file));
    file.writeBytes(new byte[file.size() % 2]);
    long first = file.size();
    for (int i = 0; i < pages.size(); i++) {
      file.writeBytes(pages.get(i).build(file.size(), i == pages.size() - 1));
    }
    ByteBuffer header = ByteBuffer.wrap(file.toByteArray()).order(order);
    int mark = order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M';
    header.put((byte) mark).put((byte) mark).putShort((short) (big ? 43 : 42));
    if (big) {
      header.putShort((short) 8).putShort((short) 0).putLong(first);
    } else {
      header.putInt((int) first);
    }
    return header.array();
  }

  Path write(Path folder) throws IOException {
    return Files.write(folder.resolve("built.tif"), build());
  }
}
