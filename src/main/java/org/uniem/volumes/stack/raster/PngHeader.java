package org.uniem.volumes.stack.raster;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.planes.PlaneShape;

/**
 * What the first part of a PNG says.
 *
 * @param width pixels along x
 * @param height pixels along y
 * @param bits of one value
 * @param colour one of the colour types
 */
record PngHeader(int width, int height, int bits, int colour) {

  /** Signature and first chunk. */
  static final int BYTES = 33;

  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int INDEXED = 3;
  private static final int GREY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  /** Deflate makes data smaller by no more than this. */
  private static final int LARGEST_RATIO = 1032;

  /**
   * @param bytes the beginning of the file
   * @param fileLength what it has in all
   * @throws IOException if this is not a PNG, or not one that is possible
   */
  static PngHeader of(byte[] bytes, long fileLength) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    if (bytes.length < BYTES
        || file.getLong(0) != 0x89504e470d0a1a0aL
        || file.getInt(8) != 13
        || file.getInt(12) != 0x49484452) {
      throw new IOException("it is not a PNG file");
    }
    PngHeader header = new PngHeader(file.getInt(16), file.getInt(20), file.get(24), file.get(25));
    RasterFile.requireSize(header.width, header.height);
    if (!header.isPossible()) {
      throw new IOException(
          "its header is damaged: " + header.bits + " bits with colour type " + header.colour);
    }
    long rowBytes = ((long) header.width * header.valuesPerPixel() * header.bits + 7) / 8 + 1;
    if (rowBytes * header.height / LARGEST_RATIO > fileLength) {
      throw new IOException(
          "its "
              + fileLength
              + " bytes cannot hold the "
              + header.width
              + " x "
              + header.height
              + " pixels of its header");
    }
    return header;
  }

  private boolean isPossible() {
    return switch (colour) {
      case GREY -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
      case INDEXED -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
      case RGB, GREY_ALPHA, RGB_ALPHA -> bits == 8 || bits == 16;
      default -> false;
    };
  }

  private int valuesPerPixel() {
    return switch (colour) {
      case RGB -> 3;
      case GREY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  boolean isIndexed() {
    return colour == INDEXED;
  }

  boolean hasAlpha() {
    return colour == GREY_ALPHA || colour == RGB_ALPHA;
  }

  PlaneShape shape() {
    PixelType type = bits == 16 ? PixelType.UINT16 : PixelType.UINT8;
    return new PlaneShape(width, height, colour == RGB || colour == RGB_ALPHA ? 3 : 1, type);
  }

  /** What spreads grey of 1, 2 and 4 bits over 0 … 255. */
  int greyStep() {
    return colour == GREY && bits < 8 ? 255 / ((1 << bits) - 1) : 1;
  }
}
