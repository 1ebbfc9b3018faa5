package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.Arrays;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.planes.PlaneShape;

/**
 * How the pixels of one page of a TIFF file are stored.
 *
 * @param shape size and type as they are decoded to
 * @param bits bits per sample
 * @param format 1 unsigned, 2 signed, 3 float
 * @param samples stored samples per pixel, with transparency
 * @param planar whether each sample has segments of its own
 * @param whiteIsZero whether 0 is white, heeded for 1-bit images
 * @param compression TIFF's number
 * @param predictor 1 none, 2 horizontal difference, 3 float
 * @param tiled whether segments are tiles, else strips
 * @param segmentWidth width of a segment
 * @param segmentHeight height of a segment; the last strip may have less
 * @param offsets where each segment begins
 * @param byteCounts stored bytes of each segment
 */
record TiffPage(
    PlaneShape shape,
    int bits,
    int format,
    int samples,
    boolean planar,
    boolean whiteIsZero,
    int compression,
    int predictor,
    boolean tiled,
    int segmentWidth,
    int segmentHeight,
    long[] offsets,
    long[] byteCounts) {

  static final int UNSIGNED = 1;
  static final int SIGNED = 2;
  static final int FLOAT = 3;

  /**
   * Interprets a directory.
   *
   * @throws IOException if it is damaged or of a kind that is not supported; says why
   */
  static TiffPage of(TiffDirectory tags) throws IOException {
    long width = tags.number(TiffDirectory.WIDTH, 0);
    long height = tags.number(TiffDirectory.HEIGHT, 0);
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE / 8 / height) {
      throw new IOException("its size of " + width + " x " + height + " pixels is not supported");
    }
    int samples = (int) tags.number(TiffDirectory.SAMPLES_PER_PIXEL, 1);
    int bits = uniform(tags, TiffDirectory.BITS_PER_SAMPLE, 1);
    int format = uniform(tags, TiffDirectory.SAMPLE_FORMAT, UNSIGNED);
    if (format != SIGNED && format != FLOAT) {
      format = UNSIGNED; // 4 means undefined, and some writers leave a 0.
    }
    int photometric = (int) tags.number(TiffDirectory.PHOTOMETRIC, 1);
    int channels = samples - transparentSamples(tags, samples, photometric);
    PlaneShape shape =
        new PlaneShape((int) width, (int) height, channels, pixelType(bits, format, photometric));
    boolean tiled = tags.has(TiffDirectory.TILE_WIDTH);
    long rows = Math.min(height, tags.number(TiffDirectory.ROWS_PER_STRIP, height));
    return new TiffPage(
            shape,
            bits,
            format,
            samples,
            samples > 1 && tags.number(TiffDirectory.PLANAR_CONFIGURATION, 1) == 2,
            photometric == 0,
            (int) tags.number(TiffDirectory.COMPRESSION, 1),
            (int) tags.number(TiffDirectory.PREDICTOR, 1),
            tiled,
            (int) (tiled ? tags.number(TiffDirectory.TILE_WIDTH, width) : width),
            (int) (tiled ? tags.number(TiffDirectory.TILE_HEIGHT, height) : rows),
            tags.numbers(tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS),
            tags.numbers(tiled ? TiffDirectory.TILE_BYTE_COUNTS : TiffDirectory.STRIP_BYTE_COUNTS))
        .checked();
  }

  private static int uniform(TiffDirectory tags, int tag, int absent) throws IOException {
    long[] numbers = tags.numbers(tag);
    for (long number : numbers) {
      if (number != numbers[0]) {
        throw new IOException("its channels differ in type: " + Arrays.toString(numbers));
      }
    }
    return numbers.length == 0 ? absent : (int) numbers[0];
  }

  private static int transparentSamples(TiffDirectory tags, int samples, int photometric) {
    boolean rgb = photometric == 2;
    long[] extra = tags.numbers(TiffDirectory.EXTRA_SAMPLES);
    boolean alpha = extra.length > 0 && (extra[0] == 1 || extra[0] == 2);
    return (samples == 2 || samples == 4) && (alpha || (rgb && samples == 4)) ? 1 : 0;
  }

  private static PixelType pixelType(int bits, int format, int photometric) throws IOException {
    boolean integer = format != FLOAT;
    boolean known =
        integer
            ? bits == 1 || bits == 8 || bits == 16 || bits == 32 || bits == 64
            : bits == 32 || bits == 64;
    if (!known) {
      throw new IOException(
          "pixels of "
              + bits
              + (integer ? " bits" : "-bit float")
              + " are not supported: convert the images to 8-bit, 16-bit or 32-bit float in Fiji");
    }
    if (photometric > 3) {
      throw new IOException(
          "colours of TIFF kind " + photometric + " are not supported: convert to RGB or grey");
    }
    if (format == UNSIGNED && bits <= 8) {
      return PixelType.UINT8;
    }
    return format == UNSIGNED && bits == 16 ? PixelType.UINT16 : PixelType.FLOAT32;
  }

  private TiffPage checked() throws IOException {
    if (!TiffCompression.isSupported(compression)) {
      throw new IOException(
          "TIFF compression "
              + compression
              + " is not supported: save the images in Fiji, uncompressed or as ZIP or LZW");
    }
    if (segmentWidth < 1 || segmentHeight < 1 || predictor < 1 || predictor > 3 || samples < 1) {
      throw new IOException("its tags contradict each other");
    }
    if (predictor == 2 && bits != 8 && bits != 16 && bits != 32
        || predictor == 3 && (format != FLOAT || bits != 32)) {
      throw new IOException("predictor " + predictor + " for " + bits + " bits is not supported");
    }
    if (offsets.length < segments() || byteCounts.length < segments() && !oneRawSegment()) {
      throw new IOException(
          "it has " + offsets.length + " strips or tiles, expected " + segments());
    }
    return this;
  }

  /** Old writers leave out the byte count of the only strip. */
  private boolean oneRawSegment() {
    return segments() == 1 && compression == TiffCompression.NONE;
  }

  int across() {
    return (shape.width() + segmentWidth - 1) / segmentWidth;
  }

  int down() {
    return (shape.height() + segmentHeight - 1) / segmentHeight;
  }

  int segments() {
    return across() * down() * (planar ? samples : 1);
  }

  int samplesPerSegment() {
    return planar ? 1 : samples;
  }

  /** Rows of a segment; only the last strip has fewer than the others. */
  int rows(int segment) {
    int row = segment / across() % down();
    return tiled ? segmentHeight : Math.min(segmentHeight, shape.height() - row * segmentHeight);
  }

  /** Decoded bytes of a row of a segment. */
  int rowBytes() {
    return (int) (((long) segmentWidth * samplesPerSegment() * bits + 7) / 8);
  }

  /** Stored bytes of a segment. */
  long storedBytes(int segment) {
    return compression == TiffCompression.NONE
        ? (long) rowBytes() * rows(segment)
        : byteCounts[segment];
  }

  /** Where in the file the last of the pixels ends. */
  long end() {
    long end = 0;
    for (int i = 0; i < segments(); i++) {
      end = Math.max(end, offsets[i] + storedBytes(i));
    }
    return end;
  }

  /** Bytes of the whole page where it is stored as one uncompressed run, 0 where it is not. */
  long contiguousBytes() {
    if (compression != TiffCompression.NONE || tiled) {
      return 0;
    }
    long bytes = 0;
    for (int i = 0; i < segments(); i++) {
      if (offsets[i] != offsets[0] + bytes) {
        return 0;
      }
      bytes += storedBytes(i);
    }
    return bytes;
  }

  /** A page of the same layout, further on in the file. */
  TiffPage shifted(long bytes) {
    long[] shifted = Arrays.stream(offsets).map(offset -> offset + bytes).toArray();
    return new TiffPage(
        shape,
        bits,
        format,
        samples,
        planar,
        whiteIsZero,
        compression,
        predictor,
        tiled,
        segmentWidth,
        segmentHeight,
        shifted,
        byteCounts);
  }
}
