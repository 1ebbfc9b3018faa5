package org.uniem.volumes.mrc;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.chunked.ElementType;

/**
 * What the first 1024 bytes of an MRC file say.
 *
 * <p>Sources: MRC2014 (Cheng et al. 2015, DOI 10.1016/j.jsb.2015.04.002), and IMOD's description of
 * <a href="https://bio3d.colorado.edu/imod/doc/mrc_format.txt">its MRC files</a>. Deviations: the
 * size of 1 × 1 × 1 Å, which programs write that know none, is taken for none.
 *
 * @param width columns of a section
 * @param height rows of a section, the lowest first
 * @param depth sections
 * @param type of a pixel
 * @param packed whether two pixels of 4 bits share a byte
 * @param start of the pixels in the file
 * @param order of bytes
 * @param voxelSize in nm
 */
record MrcHeader(
    int width,
    int height,
    int depth,
    ElementType type,
    boolean packed,
    long start,
    ByteOrder order,
    VoxelSize voxelSize) {

  static final int BYTES = 1024;
  static final int IMOD_STAMP = 1146047817;
  static final int STAMP_AT = 152;
  static final int MAP_AT = 208;
  static final int MACHINE_AT = 212;
  static final int VOLUME_STACK = 401;

  private static final int PACKED_MODE = 101;
  private static final MathContext DIGITS = new MathContext(6);

  /** Whether bytes may be a header: of either byte order, and of a known kind of pixels. */
  static boolean isLikely(byte[] bytes) {
    return bytes.length >= BYTES && (isLikely(little(bytes)) || isLikely(big(bytes)));
  }

  /** Whether the mark is there that newer files have. */
  static boolean hasMark(byte[] bytes) {
    return bytes.length >= BYTES
        && bytes[MAP_AT] == 'M'
        && bytes[MAP_AT + 1] == 'A'
        && bytes[MAP_AT + 2] == 'P'
        && isLikely(bytes);
  }

  private static boolean isLikely(ByteBuffer header) {
    int mode = header.getInt(12);
    boolean known = mode >= 0 && mode <= 6 || mode == 12 || mode == 16 || mode == PACKED_MODE;
    boolean size = header.getInt(0) > 0 && header.getInt(4) > 0 && header.getInt(8) > 0;
    boolean axes = true;
    for (int at = 64; at <= 72; at += 4) {
      axes &= header.getInt(at) >= 0 && header.getInt(at) <= 3;
    }
    return known && size && axes && header.getInt(92) >= 0;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer big(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
  }

  /**
   * Reads a header.
   *
   * @param bytes the first of the file, the FEI header behind them included where it is there
   * @param fileSize bytes of the whole file
   * @throws IOException if it is none, promises more than the file has, or has what is not read
   */
  static MrcHeader read(byte[] bytes, long fileSize) throws IOException {
    if (!isLikely(bytes)) {
      throw new IOException("it is no MRC file, or its header is damaged");
    }
    ByteBuffer header = isLittle(bytes) ? little(bytes) : big(bytes);
    int mode = header.getInt(12);
    ElementType type = type(mode, header);
    requirePlainAxes(header);
    int width = header.getInt(0);
    int height = header.getInt(4);
    int depth = header.getInt(8);
    requireOneVolume(header, depth);
    long start = BYTES + (long) header.getInt(92);
    long row = mode == PACKED_MODE ? (width + 1L) / 2 : (long) width * type.bytes();
    BigDecimal end =
        BigDecimal.valueOf(row)
            .multiply(BigDecimal.valueOf(height))
            .multiply(BigDecimal.valueOf(depth))
            .add(BigDecimal.valueOf(start));
    if (end.compareTo(BigDecimal.valueOf(fileSize)) > 0) {
      throw new IOException(
          "it is truncated: it has " + fileSize + " bytes, its header promises " + end);
    }
    return new MrcHeader(
        width,
        height,
        depth,
        type,
        mode == PACKED_MODE,
        start,
        header.order(),
        voxelSize(header, depth));
  }

  /** By the machine stamp; old files have none, then by what makes sense. */
  private static boolean isLittle(byte[] bytes) {
    int stamp = bytes[MACHINE_AT] & 0xff;
    if (stamp == 0x44 && isLikely(little(bytes))) {
      return true;
    }
    return stamp != 0x11 && isLikely(little(bytes)) || !isLikely(big(bytes));
  }

  private static ElementType type(int mode, ByteBuffer header) throws IOException {
    return switch (mode) {
      case 0 -> isSigned(header) ? ElementType.INT8 : ElementType.UINT8;
      case 1 -> ElementType.INT16;
      case 2 -> ElementType.FLOAT32;
      case 6 -> ElementType.UINT16;
      case 12 -> ElementType.FLOAT16;
      case PACKED_MODE -> ElementType.UINT8;
      default ->
          throw new IOException(
              "its pixels are "
                  + (mode == 3 || mode == 4
                      ? "complex numbers, as of a Fourier transform,"
                      : mode == 16 ? "colours" : "unknown")
                  + " (mode "
                  + mode
                  + "): expected mode 0, 1, 2, 6, 12 or 101");
    };
  }

  /**
   * Bytes are signed in MRC2014 and unsigned in older files; IMOD says which, and so do the
   * smallest and the largest value where one is in half of the range only.
   */
  private static boolean isSigned(ByteBuffer header) {
    if (header.getInt(STAMP_AT) == IMOD_STAMP) {
      return (header.getInt(STAMP_AT + 4) & 1) != 0;
    }
    float smallest = header.getFloat(76);
    float largest = header.getFloat(80);
    return smallest < 0 || !(largest > Byte.MAX_VALUE && largest <= 255);
  }

  private static void requirePlainAxes(ByteBuffer header) throws IOException {
    int columns = header.getInt(64);
    int rows = header.getInt(68);
    int sections = header.getInt(72);
    boolean unset = columns == 0 && rows == 0 && sections == 0;
    if (!unset && !(columns == 1 && rows == 2 && sections == 3)) {
      throw new IOException(
          "its columns, rows and sections are along the axes "
              + columns
              + ", "
              + rows
              + ", "
              + sections
              + ": expected 1, 2, 3, that is x, y, z. Turn it in another program first");
    }
  }

  private static void requireOneVolume(ByteBuffer header, int depth) throws IOException {
    int inVolume = header.getInt(36);
    if (header.getInt(88) >= VOLUME_STACK && inVolume > 0 && inVolume < depth) {
      throw new IOException(
          "it holds several volumes, "
              + inVolume
              + " of its "
              + depth
              + " sections in each: expected one. Save them one by one");
    }
  }

  private static VoxelSize voxelSize(ByteBuffer header, int depth) {
    Optional<Double> x = spacing(header.getFloat(40), header.getInt(28));
    Optional<Double> y = spacing(header.getFloat(44), header.getInt(32));
    Optional<Double> z = spacing(header.getFloat(48), header.getInt(36));
    boolean images = header.getInt(88) == 0 && header.getInt(36) == 1 && depth > 1;
    if (x.isEmpty() || y.isEmpty()) {
      return VoxelSize.UNKNOWN;
    }
    if (z.isEmpty() || images) {
      return VoxelSize.ofPlane(x.get(), y.get(), nanometer());
    }
    boolean ones = x.get() == 0.1 && y.get() == 0.1 && z.get() == 0.1;
    return ones ? VoxelSize.UNKNOWN : new VoxelSize(x.get(), y.get(), z.get(), nanometer());
  }

  private static String nanometer() {
    return LengthUnit.NANOMETER.symbol();
  }

  /** In nm, with the digits that floats have. */
  private static Optional<Double> spacing(float length, int count) {
    if (!(length > 0) || Float.isInfinite(length) || count < 1) {
      return Optional.empty();
    }
    double angstroms =
        BigDecimal.valueOf(length).divide(BigDecimal.valueOf(count), DIGITS).doubleValue();
    return Optional.of(LengthUnit.ANGSTROM.convert(angstroms, LengthUnit.NANOMETER));
  }
}
