package org.uniem.volumes.stack.tiff;

/**
 * Numbers of the tags that are read or written.
 *
 * <p>Sources: TIFF Revision 6.0, Adobe 1992; its supplements of 1995 and 2002; SGI's volume tags;
 * GDAL's driver documentation; LibTIFF's list of private tags.
 */
final class TiffTag {

  static final int SUBFILE_TYPE = 254;
  static final int OLD_SUBFILE_TYPE = 255;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int DESCRIPTION = 270;
  static final int STRIP_OFFSETS = 273;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTE_COUNTS = 279;
  static final int X_RESOLUTION = 282;
  static final int Y_RESOLUTION = 283;
  static final int PLANAR_CONFIGURATION = 284;
  static final int RESOLUTION_UNIT = 296;
  static final int PREDICTOR = 317;
  static final int COLOR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTE_COUNTS = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int JPEG_TABLES = 347;
  static final int IMAGE_DEPTH = 32997;
  static final int TILE_DEPTH = 32998;

  /** Molecular Dynamics' GEL, whose values may be square roots. */
  static final int GEL_FILE = 33445;

  /** MetaMorph's stacks, whose slices lie behind one directory. */
  static final int STK_SLICES = 33629;

  /** Zeiss' LSM, every second page of which is a thumbnail. */
  static final int LSM_INFO = 34412;

  /** The value of pixels without data, as GDAL notes it in decimal digits. */
  static final int GDAL_NO_DATA = 42113;

  private TiffTag() {}

  /** Whether the values of a tag are needed; others may be long. */
  static boolean isRead(int tag) {
    return switch (tag) {
      case SUBFILE_TYPE,
          OLD_SUBFILE_TYPE,
          WIDTH,
          HEIGHT,
          BITS_PER_SAMPLE,
          COMPRESSION,
          PHOTOMETRIC,
          FILL_ORDER,
          DESCRIPTION,
          STRIP_OFFSETS,
          SAMPLES_PER_PIXEL,
          ROWS_PER_STRIP,
          STRIP_BYTE_COUNTS,
          X_RESOLUTION,
          Y_RESOLUTION,
          PLANAR_CONFIGURATION,
          RESOLUTION_UNIT,
          PREDICTOR,
          COLOR_MAP,
          TILE_WIDTH,
          TILE_HEIGHT,
          TILE_OFFSETS,
          TILE_BYTE_COUNTS,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT,
          JPEG_TABLES,
          IMAGE_DEPTH,
          TILE_DEPTH,
          GDAL_NO_DATA ->
          true;
      default -> false;
    };
  }

  /** Whether it is told that a tag is there, without its values. */
  static boolean isNoticed(int tag) {
    return tag == GEL_FILE || tag == STK_SLICES || tag == LSM_INFO;
  }
}
