package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the strips and tiles of TIFF files: none, LZW, deflate and PackBits.
 *
 * <p>Source: TIFF Revision 6.0, Adobe 1992, sections 9 and 13; Adobe Photoshop TIFF Technical Notes
 * 2002 for deflate.
 */
final class TiffCompression {

  static final int NONE = 1;
  static final int LZW = 5;
  static final int DEFLATE = 8;
  static final int PACK_BITS = 32773;
  static final int OLD_DEFLATE = 32946;

  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int LARGEST_TABLE = 4096;

  private TiffCompression() {}

  static boolean isSupported(int compression) {
    return switch (compression) {
      case NONE, LZW, DEFLATE, PACK_BITS, OLD_DEFLATE -> true;
      default -> false;
    };
  }

  /**
   * @param stored the bytes of the file
   * @param size bytes once unpacked
   * @throws IOException if the stored bytes are damaged or too few
   */
  static byte[] unpack(int compression, byte[] stored, int size) throws IOException {
    return switch (compression) {
      case NONE -> stored;
      case LZW -> unpackLzw(stored, size);
      case PACK_BITS -> unpackBits(stored, size);
      default -> inflate(stored, size);
    };
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
