package org.uniem.volumes.stack.tiff;

import java.io.IOException;

/**
 * How strips and tiles are packed.
 *
 * @param compression TIFF's number
 * @param predictor {@link #NO_PREDICTOR}, {@link #DIFFERENCES} or {@link #FLOAT_DIFFERENCES}
 * @param reversed whether the lowest bit of each stored byte comes first
 * @param colours whether JPEG holds brightness and two colours, which become red, green and blue
 * @param jpegTables what the JPEG streams of all segments share, empty where nothing
 */
record SegmentCoding(
    int compression, int predictor, boolean reversed, boolean colours, byte[] jpegTables) {

  static final int NO_PREDICTOR = 1;
  static final int DIFFERENCES = 2;
  static final int FLOAT_DIFFERENCES = 3;

  /**
   * Interprets a directory.
   *
   * @throws IOException if it is of a kind that is not supported; says which
   */
  static SegmentCoding of(TiffDirectory tags, SampleLayout samples) throws IOException {
    int compression = (int) tags.number(TiffTag.COMPRESSION, TiffCompression.NONE);
    TiffCompression.requireSupported(compression);
    if (compression == TiffCompression.JPEG && samples.bits() != 8) {
      throw new IOException(
          "JPEG of "
              + samples.bits()
              + " bits is not supported: save the images in Fiji, uncompressed or as ZIP");
    }
    long order = tags.number(TiffTag.FILL_ORDER, 1);
    if (order != 1 && order != 2) {
      throw new IOException("its order of bits (FillOrder " + order + ") is not known");
    }
    boolean jpeg = compression == TiffCompression.JPEG;
    return new SegmentCoding(
        compression,
        predictor((int) tags.number(TiffTag.PREDICTOR, NO_PREDICTOR), compression, samples),
        order == 2 && !jpeg,
        jpeg && tags.number(TiffTag.PHOTOMETRIC, 1) == SampleLayout.YCBCR,
        jpeg ? tags.bytes(TiffTag.JPEG_TABLES) : new byte[0]);
  }

  /** Other readers heed the tag for these compressions alone; some writers leave it in others. */
  private static int predictor(int predictor, int compression, SampleLayout samples)
      throws IOException {
    boolean heeded =
        switch (compression) {
          case TiffCompression.NONE, TiffCompression.PACK_BITS, TiffCompression.JPEG -> false;
          default -> true;
        };
    if (!heeded || predictor == NO_PREDICTOR) {
      return NO_PREDICTOR;
    }
    int bits = samples.bits();
    boolean real = samples.format() == SampleLayout.FLOAT;
    boolean known =
        switch (predictor) {
          case DIFFERENCES -> bits == 8 || bits == 16 || bits == 24 || bits == 32 || bits == 64;
          case FLOAT_DIFFERENCES -> real;
          default -> false;
        };
    if (!known) {
      throw new IOException(
          "predictor "
              + predictor
              + " for "
              + (real ? "floats of " : "")
              + bits
              + " bits is not supported: save the images in Fiji, uncompressed or as ZIP");
    }
    return predictor;
  }

  boolean isRaw() {
    return compression == TiffCompression.NONE;
  }
}
