package org.uniem.volumes.omezarr.arrays;

import java.util.List;
import java.util.function.BiFunction;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.codecs.Blosc;
import org.uniem.volumes.codecs.Bzip2;
import org.uniem.volumes.codecs.Checksum32;
import org.uniem.volumes.codecs.Crc32Checksum;
import org.uniem.volumes.codecs.Decoder;
import org.uniem.volumes.codecs.Deflate;
import org.uniem.volumes.codecs.Lz4;
import org.uniem.volumes.codecs.Xz;
import org.uniem.volumes.codecs.Zstandard;
import org.uniem.volumes.codecs.numbers.ByteShuffle;
import org.uniem.volumes.codecs.numbers.Cast;
import org.uniem.volumes.codecs.numbers.Delta;
import org.uniem.volumes.codecs.numbers.NumberType;
import org.uniem.volumes.codecs.numbers.PackedBits;
import org.uniem.volumes.codecs.numbers.ScaleOffset;

/** The codecs of both versions by their names: the standard ones and those of NumCodecs. */
final class NamedCodecs {

  private static final String PREFIX = "numcodecs.";
  private static final int LARGEST_NUMBER = 8;

  private NamedCodecs() {}

  /** Whether a codec changes numbers, not bytes. */
  static boolean isFilter(Decoder codec) {
    return codec instanceof Delta || codec instanceof Cast || codec instanceof ScaleOffset;
  }

  /**
   * What restores the bytes that a codec made.
   *
   * @param name in the file
   * @param options its configuration
   * @return one codec, or none where there is nothing to do
   * @throws org.uniem.job.BadInputException if it is not known
   */
  static List<Decoder> of(String name, Metadata options) {
    String id = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    return switch (id) {
      case "gzip" -> List.of(new Deflate(true, 1));
      case "zlib" -> List.of(new Deflate(false, 1));
      case "zstd" -> List.of(new Zstandard(1));
      case "blosc" -> List.of(new Blosc("zstd", 1, 1));
      case "lz4" -> List.of(new Lz4(false));
      case "bz2" -> List.of(new Bzip2());
      case "lzma" -> List.of(xz(options));
      case "crc32c" -> List.of(new Crc32Checksum());
      case "crc32", "adler32" -> List.of(checksum(id, options));
      case "delta" -> List.of(converted(options, "dtype", "astype", Delta::new));
      case "astype" -> List.of(converted(options, "decode_dtype", "encode_dtype", Cast::new));
      case "quantize" -> List.of(converted(options, "dtype", "astype", Cast::new));
      case "fixedscaleoffset" -> List.of(scaled(options));
      case "shuffle" -> List.of(shuffled(options));
      case "packbits" -> List.of(new PackedBits());
      case "bitround" -> List.of();
      default ->
          throw options.unsupported(
              "the codec " + name,
              "gzip, zlib, zstd, blosc, lz4, bz2, lzma, checksums or filters of numbers");
    };
  }

  private static Decoder xz(Metadata options) {
    int format = options.number("format", 1);
    if (format != 1 && format != 2) {
      throw options.wrong("format", "1 (xz) or 2 (LZMA alone)");
    }
    return new Xz(format == 2);
  }

  private static Decoder checksum(String id, Metadata options) {
    String place = options.text("location", "start");
    if (!place.equals("start") && !place.equals("end")) {
      throw options.wrong("location", "start or end");
    }
    return new Checksum32(id.equals("adler32"), place.equals("end"));
  }

  private static Decoder converted(
      Metadata options,
      String type,
      String stored,
      BiFunction<NumberType, NumberType, Decoder> codec) {
    NumberType number = number(options, type);
    if (number.type() == ElementType.FLOAT16) {
      throw options.wrong(type, "whole numbers or floats of 32 or 64 bits");
    }
    return codec.apply(number, options.has(stored) ? number(options, stored) : number);
  }

  private static NumberType number(Metadata options, String key) {
    return NumberType.of(options.text(key))
        .orElseThrow(() -> options.wrong(key, "a type of numbers"));
  }

  private static Decoder scaled(Metadata options) {
    double scale = options.real("scale");
    double offset = options.real("offset");
    if (scale == 0) {
      throw options.wrong("scale", "a number that is not 0");
    }
    return converted(
        options, "dtype", "astype", (type, stored) -> new ScaleOffset(type, stored, scale, offset));
  }

  private static Decoder shuffled(Metadata options) {
    int size = options.number("elementsize", 4);
    if (size < 1 || size > LARGEST_NUMBER) {
      throw options.wrong("elementsize", "1 to " + LARGEST_NUMBER);
    }
    return new ByteShuffle(size);
  }
}
