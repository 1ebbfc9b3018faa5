package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.uniem.volumes.PixelType;

/**
 * What the numbers of a pixel are.
 *
 * @param bits of one number: 1 … 32 or 64 of whole numbers; 16, 32 or 64 of floats
 * @param format {@link #UNSIGNED}, {@link #SIGNED} or {@link #FLOAT}
 * @param stored numbers per pixel
 * @param kept which of them are channels, without transparency
 * @param type what they are decoded to
 * @param whiteFirst whether 0 is white, of images of 1 bit
 */
record SampleLayout(
    int bits, int format, int stored, int[] kept, PixelType type, boolean whiteFirst) {

  static final int UNSIGNED = 1;
  static final int SIGNED = 2;
  static final int FLOAT = 3;

  /** Whole numbers of up to this many bits are exact as floats. */
  private static final int FLOAT_BITS = 24;

  private static final int WHITE_IS_ZERO = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  static final int YCBCR = 6;

  /**
   * Interprets a directory.
   *
   * @throws IOException if its numbers are of a kind that is not supported; says which
   */
  static SampleLayout of(TiffDirectory tags) throws IOException {
    long count = tags.number(TiffTag.SAMPLES_PER_PIXEL, 1);
    if (count < 1 || count > 65535) {
      throw new IOException("it has " + count + " samples per pixel: expected 1 or more");
    }
    int stored = (int) count;
    int bits = uniform(tags, TiffTag.BITS_PER_SAMPLE, stored, 1, "bits");
    int format = uniform(tags, TiffTag.SAMPLE_FORMAT, stored, UNSIGNED, "number formats");
    requireNumbers(bits, format);
    int photometric = (int) tags.number(TiffTag.PHOTOMETRIC, 1);
    requireColours(photometric, (int) tags.number(TiffTag.COMPRESSION, 1));
    return new SampleLayout(
        bits,
        format,
        stored,
        opaque(tags, stored, photometric),
        type(bits, format),
        bits == 1 && isWhiteFirst(tags, photometric));
  }

  private static int uniform(TiffDirectory tags, int tag, int samples, int absent, String what)
      throws IOException {
    long[] all = tags.numbers(tag);
    // Some microscopes list more than there are.
    long[] numbers = Arrays.copyOf(all, Math.min(all.length, samples));
    for (long number : numbers) {
      if (number != numbers[0]) {
        throw new IOException(
            "its channels differ in their "
                + what
                + ": "
                + Arrays.toString(numbers)
                + "; save them as images of their own");
      }
    }
    return numbers.length == 0 ? absent : (int) numbers[0];
  }

  private static void requireNumbers(int bits, int format) throws IOException {
    String kind =
        switch (format) {
          case UNSIGNED, SIGNED, FLOAT -> "";
          case 4 -> "undefined numbers";
          case 5 -> "complex integers";
          case 6 -> "complex numbers";
          default -> "numbers of an unknown kind";
        };
    if (!kind.isEmpty()) {
      throw new IOException(
          "it holds "
              + kind
              + " (SampleFormat "
              + format
              + "): expected whole numbers or floats. Save "
              + (format == 5 || format == 6
                  ? "their magnitude or real part as 32-bit float"
                  : "it again with a program that knows them"));
    }
    boolean known =
        format == FLOAT
            ? bits == 16 || bits == 32 || bits == 64
            : bits == 64 || bits >= format && bits <= 32;
    if (!known) {
      throw new IOException(
          "pixels of "
              + bits
              + (format == FLOAT ? "-bit float" : " bits")
              + " are not supported: convert the images to 8-bit, 16-bit or 32-bit float in Fiji");
    }
  }

  private static void requireColours(int photometric, int compression) throws IOException {
    String kind =
        switch (photometric) {
          case WHITE_IS_ZERO, 1, RGB, PALETTE, 4 -> "";
          case 5 -> "CMYK";
          case YCBCR -> compression == TiffCompression.JPEG ? "" : "YCbCr";
          case 8 -> "CIE L*a*b*";
          case 9 -> "ICC L*a*b*";
          case 10 -> "ITU L*a*b*";
          case 32803 -> "of a camera's colour filter (CFA)";
          case 32844, 32845 -> "logarithmic (LogLuv)";
          case 34892 -> "of a raw photograph (LinearRaw)";
          default -> "of an unknown kind";
        };
    if (!kind.isEmpty()) {
      throw new IOException(
          "its colours are "
              + kind
              + " (PhotometricInterpretation "
              + photometric
              + "): expected grey, RGB or a palette. Convert it to RGB or grey");
    }
  }

  /** Samples without those that say how transparent a pixel is. */
  private static int[] opaque(TiffDirectory tags, int samples, int photometric) {
    long[] extra = tags.numbers(TiffTag.EXTRA_SAMPLES);
    int first = samples - Math.min(extra.length, samples);
    int[] kept =
        IntStream.range(0, samples)
            .filter(i -> i < first || extra[i - first] != 1 && extra[i - first] != 2)
            .filter(i -> extra.length > 0 || photometric != RGB || samples != 4 || i < 3)
            .toArray();
    return kept.length == 0 ? IntStream.range(0, samples).toArray() : kept;
  }

  /** Palettes of two colours come with either the darker or the brighter first. */
  private static boolean isWhiteFirst(TiffDirectory tags, int photometric) {
    if (photometric != PALETTE) {
      return photometric == WHITE_IS_ZERO;
    }
    long[] colours = tags.numbers(TiffTag.COLOR_MAP);
    return colours.length == 6
        && colours[0] + colours[2] + colours[4] > colours[1] + colours[3] + colours[5];
  }

  private static PixelType type(int bits, int format) {
    if (format != UNSIGNED) {
      return PixelType.FLOAT32;
    }
    return bits <= 8
        ? PixelType.UINT8
        : bits <= 16 ? PixelType.UINT16 : bits <= 32 ? PixelType.UINT32 : PixelType.UINT64;
  }

  /**
   * The value of pixels that are not stored.
   *
   * @param noData decimal digits, empty where the file does not say; of no use where these numbers
   *     do not have it
   */
  double fill(String noData) {
    String text = noData.strip();
    if (text.equalsIgnoreCase("nan")) {
      return format == FLOAT ? Double.NaN : 0;
    }
    try {
      double value = Double.parseDouble(text);
      double limit = Math.scalb(1.0, format == SIGNED ? bits - 1 : bits);
      boolean held =
          value == Math.rint(value) && value < limit && value >= (format == SIGNED ? -limit : 0);
      return held || format == FLOAT ? value : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** For people. */
  String describe() {
    String kind =
        format == FLOAT ? "-bit floats" : format == SIGNED ? " bits signed" : " bits unsigned";
    return bits + kind;
  }

  /** An array for one channel, see {@link org.uniem.volumes.planes.Plane}. */
  Object newArray(int size) {
    return switch (type) {
      case UINT8 -> new byte[size];
      case UINT16 -> new short[size];
      case UINT32 -> new int[size];
      case UINT64 -> new long[size];
      case FLOAT32 -> {
        if (format == FLOAT) {
          yield bits == 64 ? new double[size] : new float[size];
        }
        yield bits <= FLOAT_BITS ? new float[size] : bits <= 32 ? new int[size] : new long[size];
      }
    };
  }

  /** Bytes of one number in memory, as float too where it is not kept as such. */
  int memoryBytes() {
    boolean both =
        type == PixelType.FLOAT32 && bits > FLOAT_BITS && !(format == FLOAT && bits == 32);
    return both ? 4 + (bits + 31) / 32 * 4 : type.bytes();
  }
}
