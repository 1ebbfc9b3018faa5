package org.uniem.volumes.stack.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Undoes the differences that make rows pack better, in place.
 *
 * <p>Source: TIFF Revision 6.0, section 14, for whole numbers, of 24 and 64 bits as of the others;
 * Adobe Photoshop TIFF Technical Note 3, 2005, for floats.
 */
final class TiffPredictor {

  private TiffPredictor() {}

  /**
   * Restores the rows of a segment.
   *
   * @param step samples of a pixel, each of which differs from that of the pixel before
   * @param rowBytes of a row
   */
  static void undoDifferences(byte[] bytes, ByteOrder order, int bits, int step, int rowBytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    int size = bits / 8;
    for (int row = 0; row + rowBytes <= bytes.length; row += rowBytes) {
      for (int at = row + step * size; at < row + rowBytes; at += size) {
        int before = at - step * size;
        switch (size) {
          case 1 -> bytes[at] += bytes[before];
          case 2 -> buffer.putShort(at, (short) (buffer.getShort(at) + buffer.getShort(before)));
          case 3 -> add24(bytes, order, at, before);
          case 4 -> buffer.putInt(at, buffer.getInt(at) + buffer.getInt(before));
          default -> buffer.putLong(at, buffer.getLong(at) + buffer.getLong(before));
        }
      }
    }
  }

  private static void add24(byte[] bytes, ByteOrder order, int at, int before) {
    boolean big = order == ByteOrder.BIG_ENDIAN;
    int carry = 0;
    for (int i = 0; i < 3; i++) {
      int k = big ? 2 - i : i;
      carry += (bytes[at + k] & 0xff) + (bytes[before + k] & 0xff);
      bytes[at + k] = (byte) carry;
      carry >>>= 8;
    }
  }

  /** Floats are stored as planes of their bytes, the most significant first, then differences. */
  static void undoFloats(byte[] bytes, int bits, int step, int rowBytes) {
    int size = bits / 8;
    int perRow = rowBytes / size;
    byte[] planes = new byte[rowBytes];
    for (int row = 0; row + rowBytes <= bytes.length; row += rowBytes) {
      for (int i = row + step; i < row + rowBytes; i++) {
        bytes[i] += bytes[i - step];
      }
      System.arraycopy(bytes, row, planes, 0, rowBytes);
      for (int i = 0; i < perRow; i++) {
        for (int b = 0; b < size; b++) {
          bytes[row + size * i + b] = planes[b * perRow + i];
        }
      }
    }
  }
}
