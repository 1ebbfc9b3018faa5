package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.Arrays;
import org.uniem.volumes.planes.PlaneShape;

/**
 * How the pixels of one directory of a TIFF file are stored.
 *
 * @param samples what the numbers of a pixel are
 * @param grid how the image is cut
 * @param coding how segments are packed
 * @param offsets where each segment begins; 0 where it is not stored
 * @param byteCounts stored bytes of each segment; empty where they must be found out
 * @param fill the value of pixels that are not stored
 */
record TiffPage(
    SampleLayout samples,
    SegmentGrid grid,
    SegmentCoding coding,
    long[] offsets,
    long[] byteCounts,
    double fill) {

  /** What a segment may take more than its pixels where its size must be found out. */
  private static final int SLACK = 1 << 16;

  /**
   * Interprets a directory.
   *
   * @throws IOException if it is damaged or of a kind that is not supported; says why
   */
  static TiffPage of(TiffDirectory tags) throws IOException {
    SampleLayout samples = SampleLayout.of(tags);
    SegmentGrid grid = SegmentGrid.of(tags, samples);
    SegmentCoding coding = SegmentCoding.of(tags, samples);
    long[] offsets = either(tags, grid, TiffTag.TILE_OFFSETS, TiffTag.STRIP_OFFSETS);
    long[] counts = either(tags, grid, TiffTag.TILE_BYTE_COUNTS, TiffTag.STRIP_BYTE_COUNTS);
    int segments = (int) Math.min(grid.count(), Integer.MAX_VALUE);
    if (offsets.length < segments) {
      throw new IOException(
          "it has " + offsets.length + " strips or tiles, expected " + grid.count());
    }
    if (counts.length < segments || isNowhere(counts, segments) && !isNowhere(offsets, segments)) {
      counts = new long[0]; // Left out by old writers.
    }
    return new TiffPage(
            samples,
            grid,
            coding,
            trimmed(offsets, segments),
            trimmed(counts, Math.min(segments, counts.length)),
            samples.fill(tags.text(TiffTag.GDAL_NO_DATA)))
        .checked();
  }

  /** Offsets of tiles may stand in the tags of strips, and the other way round. */
  private static long[] either(TiffDirectory tags, SegmentGrid grid, int tiles, int strips) {
    return tags.numbers(tags.has(tiles) && (grid.tiled() || !tags.has(strips)) ? tiles : strips);
  }

  private static boolean isNowhere(long[] numbers, int count) {
    return Arrays.stream(numbers).limit(count).allMatch(number -> number == 0);
  }

  private static long[] trimmed(long[] numbers, int count) {
    return numbers.length == count ? numbers : Arrays.copyOf(numbers, count);
  }

  private TiffPage checked() throws IOException {
    for (int i = 0; i < offsets.length; i++) {
      boolean here = offsets[i] != 0;
      boolean counted = byteCounts.length > 0 && byteCounts[i] != 0;
      if (here != counted && byteCounts.length > 0) {
        throw new IOException(
            "its strip or tile "
                + (i + 1)
                + " of "
                + offsets.length
                + (here ? " has no bytes" : " has bytes but no place"));
      }
      if (counted && coding.isRaw() && offsets.length > 1 && byteCounts[i] < bytes(i)) {
        throw new IOException(
            "its strip or tile "
                + (i + 1)
                + " of "
                + offsets.length
                + " has "
                + byteCounts[i]
                + " bytes: expected "
                + bytes(i));
      }
    }
    return this;
  }

  /** Size and type of one slice. */
  PlaneShape shape() {
    return new PlaneShape(grid.width(), grid.height(), samples.kept().length, samples.type());
  }

  /** Bytes of a decoded slice. */
  long memoryBytes() {
    return (long) grid.width() * grid.height() * samples.kept().length * samples.memoryBytes();
  }

  boolean isStored(int segment) {
    return offsets[segment] != 0;
  }

  /** Decoded bytes of a segment. */
  int bytes(int segment) {
    return grid.bytes(segment / grid.across() % grid.down());
  }

  /**
   * Stored bytes of a segment.
   *
   * @param fileLength bytes of the file, which end what ends nowhere else
   */
  long storedBytes(int segment, long fileLength) {
    if (coding.isRaw()) {
      return bytes(segment);
    }
    if (byteCounts.length > 0) {
      return byteCounts[segment];
    }
    long begin = offsets[segment];
    long next = Arrays.stream(offsets).filter(offset -> offset > begin).min().orElse(fileLength);
    return Math.max(0, Math.min(Math.min(next, fileLength) - begin, 2L * bytes(segment) + SLACK));
  }

  /** Where in the file the last of the pixels ends, as far as it is known. */
  long end() {
    long end = 0;
    for (int i = 0; i < offsets.length; i++) {
      if (isStored(i)) {
        boolean known = coding.isRaw() || byteCounts.length > 0;
        long bytes = known ? storedBytes(i, Long.MAX_VALUE) : 1;
        // Sums of two large numbers are negative.
        end = offsets[i] < 0 || bytes < 0 ? Long.MAX_VALUE : Math.max(end, offsets[i] + bytes);
        end = end < 0 ? Long.MAX_VALUE : end;
      }
    }
    return end;
  }

  /** Bytes of the whole page where it is stored as one run of plain bytes, 0 where it is not. */
  long contiguousBytes() {
    if (!coding.isRaw() || grid.tiled()) {
      return 0;
    }
    long bytes = 0;
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] == 0 || offsets[i] != offsets[0] + bytes) {
        return 0;
      }
      bytes += bytes(i);
    }
    return bytes;
  }
}
