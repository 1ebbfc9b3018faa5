package org.uniem.volumes.stack.tiff;

import java.io.IOException;

/**
 * How an image is cut into strips or tiles.
 *
 * @param width of the image
 * @param height of the image
 * @param depth slices in it, 1 except in volumes
 * @param tiled whether segments are tiles, which are all of one size, else strips
 * @param tileWidth width of a segment
 * @param tileHeight height of a segment; the last strip may have less
 * @param tileDepth slices in a segment, 1 for strips
 * @param planes 1, or the number of samples where each has segments of its own
 * @param rowBytes bytes of a row of a segment
 */
record SegmentGrid(
    int width,
    int height,
    int depth,
    boolean tiled,
    int tileWidth,
    int tileHeight,
    int tileDepth,
    int planes,
    int rowBytes) {

  /**
   * Interprets a directory.
   *
   * @throws IOException if its sizes are not possible; says why
   */
  static SegmentGrid of(TiffDirectory tags, SampleLayout samples) throws IOException {
    long width = tags.number(TiffTag.WIDTH, 0);
    long height = tags.number(TiffTag.HEIGHT, 0);
    long depth = tags.number(TiffTag.IMAGE_DEPTH, 1);
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE / 8 / height) {
      throw new IOException("its size of " + width + " x " + height + " pixels is not supported");
    }
    if (depth < 1 || depth > Integer.MAX_VALUE / 8) {
      throw new IOException("its depth of " + depth + " slices is not supported");
    }
    boolean separate = samples.stored() > 1 && tags.number(TiffTag.PLANAR_CONFIGURATION, 1) == 2;
    boolean tiled = isTiled(tags);
    long rows = tags.number(TiffTag.ROWS_PER_STRIP, height);
    long tileWidth = tiled ? tags.number(TiffTag.TILE_WIDTH, 0) : width;
    long tileHeight = tiled ? tags.number(TiffTag.TILE_HEIGHT, 0) : Math.min(rows, height);
    long tileDepth = tiled ? tags.number(TiffTag.TILE_DEPTH, 1) : 1;
    long perRow = tileWidth * (separate ? 1 : samples.stored());
    if (tileWidth < 1
        || tileHeight < 1
        || tileDepth < 1
        || tileWidth > Integer.MAX_VALUE
        || perRow > Integer.MAX_VALUE
        || tileDepth > Integer.MAX_VALUE
        || tileHeight > Integer.MAX_VALUE / 8 / perRow / tileDepth) {
      throw new IOException(
          "its strips or tiles of "
              + tileWidth
              + " x "
              + tileHeight
              + (tileDepth == 1 ? "" : " x " + tileDepth)
              + " pixels are not possible");
    }
    return new SegmentGrid(
        (int) width,
        (int) height,
        (int) depth,
        tiled,
        (int) tileWidth,
        (int) tileHeight,
        (int) tileDepth,
        separate ? samples.stored() : 1,
        (int) ((perRow * samples.bits() + 7) / 8));
  }

  /** Some writers leave the size of tiles in files of strips. */
  private static boolean isTiled(TiffDirectory tags) {
    boolean sized = tags.has(TiffTag.TILE_WIDTH) && tags.has(TiffTag.TILE_HEIGHT);
    if (!sized || tags.has(TiffTag.TILE_OFFSETS) || !tags.has(TiffTag.STRIP_OFFSETS)) {
      return sized;
    }
    long height = tags.number(TiffTag.HEIGHT, 0);
    long rows = Math.min(height, tags.number(TiffTag.ROWS_PER_STRIP, height));
    boolean strips = tags.numbers(TiffTag.STRIP_OFFSETS).length == ceil(height, rows);
    return !tags.has(TiffTag.ROWS_PER_STRIP) || !strips;
  }

  private static long ceil(long size, long part) {
    return part < 1 ? 0 : (size + part - 1) / part;
  }

  int across() {
    return (width + tileWidth - 1) / tileWidth;
  }

  int down() {
    return (height + tileHeight - 1) / tileHeight;
  }

  int layers() {
    return (depth + tileDepth - 1) / tileDepth;
  }

  /** Number of segments of the whole image. */
  long count() {
    return (long) across() * down() * layers() * planes;
  }

  /** The segment at a place: sample plane, layer of tiles, row and column of segments. */
  int index(int plane, int layer, int row, int column) {
    return ((plane * layers() + layer) * down() + row) * across() + column;
  }

  /** Rows that a segment stores; only the last strip has fewer than the others. */
  int rows(int row) {
    return tiled ? tileHeight : Math.min(tileHeight, height - row * tileHeight);
  }

  /** Decoded bytes of a segment in a row of segments. */
  int bytes(int row) {
    return Math.toIntExact((long) rowBytes * rows(row) * tileDepth);
  }

  /** Decoded bytes of one slice without what tiles have beyond the image. */
  long sliceBytes() {
    return (long) rowBytes * height * planes;
  }
}
