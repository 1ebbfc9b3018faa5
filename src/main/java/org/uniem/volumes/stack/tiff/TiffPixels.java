package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.storage.FileBytes;

/** Decodes the pixels of TIFF pages. */
final class TiffPixels {

  private TiffPixels() {}

  /**
   * Reads a page.
   *
   * @throws IOException if its data are damaged or outside the file
   */
  static Plane read(FileBytes file, ByteOrder order, TiffPage page) throws IOException {
    Plane plane = new Plane(page.shape());
    for (int segment = 0; segment < page.segments(); segment++) {
      int size = Math.multiplyExact(page.rowBytes(), page.rows(segment));
      byte[] stored = file.read(page.offsets()[segment], page.storedBytes(segment));
      byte[] bytes = TiffCompression.unpack(page.compression(), stored, size);
      ByteOrder pixelOrder = order;
      if (page.predictor() == 2) {
        undoDifferences(bytes, order, page);
      } else if (page.predictor() == 3) {
        undoFloatPrediction(bytes, page);
        pixelOrder = ByteOrder.BIG_ENDIAN; // Its bytes are stored by significance.
      }
      store(ByteBuffer.wrap(bytes).order(pixelOrder), segment, page, plane);
    }
    return plane;
  }

  private static void undoDifferences(byte[] bytes, ByteOrder order, TiffPage page) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    int step = page.samplesPerSegment();
    int perRow = page.segmentWidth() * step;
    for (int row = 0; row < bytes.length; row += page.rowBytes()) {
      switch (page.bits()) {
        case 8 -> {
          for (int i = row + step; i < row + perRow; i++) {
            bytes[i] += bytes[i - step];
          }
        }
        case 16 -> {
          for (int i = step; i < perRow; i++) {
            int at = row + 2 * i;
            buffer.putShort(at, (short) (buffer.getShort(at) + buffer.getShort(at - 2 * step)));
          }
        }
        default -> {
          for (int i = step; i < perRow; i++) {
            int at = row + 4 * i;
            buffer.putInt(at, buffer.getInt(at) + buffer.getInt(at - 4 * step));
          }
        }
      }
    }
  }

  /** Source: Adobe Photoshop TIFF Technical Note 3, 2005: byte planes per row, then differences. */
  private static void undoFloatPrediction(byte[] bytes, TiffPage page) {
    int step = page.samplesPerSegment();
    int rowBytes = page.rowBytes();
    int perRow = rowBytes / 4;
    byte[] planes = new byte[rowBytes];
    for (int row = 0; row < bytes.length; row += rowBytes) {
      for (int i = row + step; i < row + rowBytes; i++) {
        bytes[i] += bytes[i - step];
      }
      System.arraycopy(bytes, row, planes, 0, rowBytes);
      for (int i = 0; i < perRow; i++) {
        for (int b = 0; b < 4; b++) {
          bytes[row + 4 * i + b] = planes[b * perRow + i];
        }
      }
    }
  }

  private static void store(ByteBuffer pixels, int segment, TiffPage page, Plane plane)
      throws IOException {
    PlaneShape shape = page.shape();
    int perSample = page.across() * page.down();
    int x = segment % page.across() * page.segmentWidth();
    int y = segment / page.across() % page.down() * page.segmentHeight();
    int columns = Math.min(page.segmentWidth(), shape.width() - x);
    int rows = Math.min(page.rows(segment), shape.height() - y);
    int stride = page.samplesPerSegment();
    int first = page.planar() ? segment / perSample : 0;
    int last = page.planar() ? first : shape.channels() - 1;
    for (int channel = first; channel <= Math.min(last, shape.channels() - 1); channel++) {
      int sample = page.planar() ? 0 : channel;
      for (int row = 0; row < rows; row++) {
        ByteBuffer line = pixels.slice(row * page.rowBytes(), page.rowBytes());
        line.order(pixels.order());
        int at = (y + row) * shape.width() + x;
        storeLine(line, sample, stride, columns, page, plane.channel(channel), at);
      }
    }
  }

  private static void storeLine(
      ByteBuffer line, int sample, int stride, int columns, TiffPage page, Object target, int at)
      throws IOException {
    if (target instanceof byte[] bytes) {
      if (page.bits() == 1) {
        for (int i = 0; i < columns; i++) {
          int bit = sample + i * stride;
          boolean set = (line.get(bit >> 3) >> (7 - (bit & 7)) & 1) == 1;
          bytes[at + i] = (byte) (set != page.whiteIsZero() ? 255 : 0);
        }
      } else if (stride == 1) {
        line.get(0, bytes, at, columns);
      } else {
        for (int i = 0; i < columns; i++) {
          bytes[at + i] = line.get(sample + i * stride);
        }
      }
    } else if (target instanceof short[] shorts) {
      for (int i = 0; i < columns; i++) {
        shorts[at + i] = line.getShort(2 * (sample + i * stride));
      }
    } else {
      float[] floats = (float[]) target;
      for (int i = 0; i < columns; i++) {
        floats[at + i] = toFloat(line, sample + i * stride, page);
      }
    }
  }

  private static float toFloat(ByteBuffer line, int index, TiffPage page) throws IOException {
    if (page.format() == TiffPage.FLOAT) {
      return page.bits() == 32 ? line.getFloat(4 * index) : (float) line.getDouble(8 * index);
    }
    boolean signed = page.format() == TiffPage.SIGNED;
    long value =
        switch (page.bits()) {
          case 8 -> line.get(index);
          case 16 -> line.getShort(2 * index);
          case 32 -> signed ? line.getInt(4 * index) : line.getInt(4 * index) & 0xffffffffL;
          default -> line.getLong(8 * index);
        };
    if ((long) (float) value != value) {
      throw new IOException(
          "its value "
              + (signed ? Long.toString(value) : Long.toUnsignedString(value))
              + " cannot be held exactly: numbers above 16777216 are not supported, renumber the"
              + " labels");
    }
    return value;
  }
}
