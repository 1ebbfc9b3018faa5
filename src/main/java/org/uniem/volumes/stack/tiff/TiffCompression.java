package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.uniem.volumes.codecs.Zstandard;

/**
 * Unpacks the strips and tiles of TIFF files: none, LZW, deflate, PackBits and Zstandard.
 *
 * <p>Source: TIFF Revision 6.0, Adobe 1992, sections 9 and 13; Adobe Photoshop TIFF Technical Notes
 * 2002 for deflate; the numbers that LibTIFF gives to others.
 */
final class TiffCompression {

  static final int NONE = 1;
  static final int LZW = 5;
  static final int JPEG = 7;
  static final int DEFLATE = 8;
  static final int PACK_BITS = 32773;
  static final int OLD_DEFLATE = 32946;
  static final int OLD_ZSTANDARD = 34926;
  static final int ZSTANDARD = 50000;

  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int LARGEST_TABLE = 4096;

  /** More than any of them packs, so that damaged numbers do not cost memory. */
  private static final int EXPANSION = 1 << 16;

  private TiffCompression() {}

  /**
   * Checks that a compression is read.
   *
   * @throws IOException if not; names it and says what to do
   */
  static void requireSupported(int compression) throws IOException {
    switch (compression) {
      case NONE, LZW, JPEG, DEFLATE, PACK_BITS, OLD_DEFLATE, OLD_ZSTANDARD, ZSTANDARD -> {
        return;
      }
      default ->
          throw new IOException(
              "TIFF compression "
                  + compression
                  + name(compression)
                  + " is not supported: save the images in Fiji, uncompressed or as ZIP or LZW");
    }
  }

  private static String name(int compression) {
    String name =
        switch (compression) {
          case 2 -> "CCITT modified Huffman";
          case 3 -> "CCITT Group 3 fax";
          case 4 -> "CCITT Group 4 fax";
          case 6 -> "old-style JPEG";
          case 9, 10 -> "JBIG";
          case 32766 -> "NeXT";
          case 32771 -> "CCITT with words aligned";
          case 32809 -> "ThunderScan";
          case 32895, 32896, 32897, 32898 -> "of prepress files (IT8)";
          case 32908, 32909 -> "Pixar";
          case 33003, 33004, 33005, 34712 -> "JPEG 2000";
          case 34661 -> "JBIG";
          case 34676, 34677 -> "SGI LogLuv";
          case 34887 -> "LERC";
          case 34892, 33007 -> "JPEG without loss";
          case 34925 -> "LZMA";
          case 34927, 50001 -> "WebP";
          case 34933 -> "PNG";
          case 22610, 34934 -> "JPEG XR";
          case 50002, 52546 -> "JPEG XL";
          case 48124 -> "Jetraw";
          case 65000, 65001, 65002, 42112, 65536 -> "of a camera";
          default -> "";
        };
    return name.isEmpty() ? "" : " (" + name + ")";
  }

  /**
   * @param stored the bytes of the file
   * @param size bytes once unpacked
   * @param most bytes that may come out, of which those beyond {@code size} are not needed
   * @throws IOException if the stored bytes are damaged or too few
   */
  static byte[] unpack(int compression, byte[] stored, int size, int most) throws IOException {
    if (size / EXPANSION > stored.length + 1024) {
      throw new IOException(
          stored.length + " packed bytes are damaged: expected " + size + " of them unpacked");
    }
    return switch (compression) {
      case NONE -> stored;
      case LZW -> unpackLzw(stored, size);
      case PACK_BITS -> unpackBits(stored, size);
      case ZSTANDARD, OLD_ZSTANDARD -> unpackZstandard(stored, size, most);
      default -> inflate(stored, size);
    };
  }

  private static byte[] unpackZstandard(byte[] stored, int size, int most) throws IOException {
    byte[] result = new Zstandard(0).decode(stored, most);
    if (result.length < size) {
      throw tooShort(result.length, size);
    }
    return result;
  }

  private static byte[] inflate(byte[] stored, int size) throws IOException {
    byte[] result = new byte[size];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stored);
      int done = 0;
      while (done < size) {
        int count = inflater.inflate(result, done, size - done);
        if (count == 0) {
          throw tooShort(done, size);
        }
        done += count;
      }
      return result;
    } catch (DataFormatException e) {
      throw new IOException("damaged deflate data: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] unpackBits(byte[] stored, int size) throws IOException {
    byte[] result = new byte[size];
    int in = 0;
    int out = 0;
    while (out < size) {
      if (in + 1 >= stored.length) {
        throw tooShort(out, size);
      }
      int n = stored[in++];
      if (n >= 0) {
        int count = Math.min(n + 1, Math.min(size - out, stored.length - in));
        System.arraycopy(stored, in, result, out, count);
        in += n + 1;
        out += count;
      } else if (n != -128) {
        int count = Math.min(1 - n, size - out);
        Arrays.fill(result, out, out + count, stored[in++]);
        out += count;
      }
    }
    return result;
  }

  /**
   * A table entry is a run of bytes already written: its start and length in the result, so nothing
   * is copied into the table.
   */
  private static byte[] unpackLzw(byte[] stored, int size) throws IOException {
    if (stored.length > 1 && stored[0] == 0 && (stored[1] & 1) == 1) {
      throw new IOException(
          "LZW of before 1988, with the lowest bits first, is not supported: save the images in"
              + " Fiji, uncompressed or as ZIP or LZW");
    }
    byte[] result = new byte[size];
    int[] starts = new int[LARGEST_TABLE];
    int[] lengths = new int[LARGEST_TABLE];
    int next = END + 1;
    int width = 9;
    int previousStart = -1;
    int previousLength = 0;
    int out = 0;
    long bit = 0;
    while (out < size) {
      int code = bits(stored, bit, width);
      bit += width;
      if (code < 0 || code == END) {
        throw tooShort(out, size);
      }
      if (code == CLEAR) {
        next = END + 1;
        width = 9;
        previousStart = -1;
        continue;
      }
      if (code > next || code == next && previousStart < 0 || code > END && code >= LARGEST_TABLE) {
        throw new IOException("damaged LZW data: code " + code + " before it was defined");
      }
      int start = out;
      if (code < CLEAR) {
        result[out++] = (byte) code;
      } else {
        // The newest entry is the previous run and its first byte, which this loop just wrote.
        int from = code == next ? previousStart : starts[code];
        int length = code == next ? previousLength + 1 : lengths[code];
        for (int i = 0; i < length && out < size; i++) {
          result[out++] = result[from + i];
        }
      }
      if (previousStart >= 0 && next < LARGEST_TABLE) {
        starts[next] = previousStart;
        lengths[next++] = previousLength + 1;
      }
      previousStart = start;
      previousLength = out - start;
      // TIFF widens one code early.
      width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
    }
    return result;
  }

  /** The code at a bit position, most significant bit first; −1 past the end. */
  private static int bits(byte[] bytes, long bit, int width) {
    int at = (int) (bit >>> 3);
    int spare = (int) (bit & 7);
    if (bit + width > bytes.length * 8L) {
      return -1;
    }
    int three = 0;
    for (int i = 0; i < 3; i++) {
      three = three << 8 | (at + i < bytes.length ? bytes[at + i] & 0xff : 0);
    }
    return three >>> (24 - spare - width) & (1 << width) - 1;
  }

  private static IOException tooShort(int found, int expected) {
    return new IOException("its data end after " + found + " bytes, expected " + expected);
  }
}
