package org.uniem.volumes.stack.raster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Makes PNG files of every kind byte by byte, for tests. */
public final class PngBytes {

  public static final int GREY = 0;
  public static final int RGB = 2;
  public static final int INDEXED = 3;
  public static final int GREY_ALPHA = 4;
  public static final int RGB_ALPHA = 6;

  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final int bits;
  private final int colour;
  private final ByteArrayOutputStream before = new ByteArrayOutputStream();
  private boolean interlaced;

  public PngBytes(int bits, int colour) {
    this.bits = bits;
    this.colour = colour;
  }

  /** Adds a chunk in front of the pixels. */
  public PngBytes with(String name, int... content) {
    before.writeBytes(chunk(name, bytes(content)));
    return this;
  }

  /** Adds a palette of colours 0xRRGGBB. */
  public PngBytes palette(int... colours) {
    ByteBuffer rgb = ByteBuffer.allocate(3 * colours.length);
    for (int c : colours) {
      rgb.put((byte) (c >> 16)).put((byte) (c >> 8)).put((byte) c);
    }
    before.writeBytes(chunk("PLTE", rgb.array()));
    return this;
  }

  public PngBytes interlaced() {
    interlaced = true;
    return this;
  }

  /**
   * @param rows per row the values as stored, those of one pixel beside each other
   */
  public byte[] of(int[]... rows) {
    int channels = channels();
    int width = rows[0].length / channels;
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int[][] passes = interlaced ? PASSES : new int[][] {{0, 0, 1, 1}};
    for (int[] pass : passes) {
      for (int y = pass[1]; y < rows.length && pass[0] < width; y += pass[3]) {
        writeRow(data, rows[y], channels, pass[0], pass[2]);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10));
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(rows.length);
    header.put((byte) bits).put((byte) colour).putShort((short) 0).put((byte) (interlaced ? 1 : 0));
    png.writeBytes(chunk("IHDR", header.array()));
    png.writeBytes(before.toByteArray());
    png.writeBytes(chunk("IDAT", deflated(data.toByteArray())));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private int channels() {
    return switch (colour) {
      case RGB -> 3;
      case GREY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  private void writeRow(ByteArrayOutputStream data, int[] row, int channels, int from, int step) {
    data.write(0);
    int pending = 0;
    int filled = 0;
    for (int x = from; x < row.length / channels; x += step) {
      for (int c = 0; c < channels; c++) {
        int value = row[x * channels + c];
        if (bits == 16) {
          data.write(value >> 8);
          data.write(value);
          continue;
        }
        pending = pending << bits | value;
        filled += bits;
        if (filled == 8) {
          data.write(pending);
          pending = 0;
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      data.write(pending << 8 - filled);
    }
  }

  static byte[] chunk(String name, byte[] content) {
    byte[] typed =
        ByteBuffer.allocate(4 + content.length)
            .put(name.getBytes(StandardCharsets.ISO_8859_1))
            .put(content)
            .array();
    CRC32 sum = new CRC32();
    sum.update(typed);
    return ByteBuffer.allocate(8 + typed.length)
        .putInt(content.length)
        .put(typed)
        .putInt((int) sum.getValue())
        .array();
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
