package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.storage.FileBytes;

/**
 * Decodes the pixels of TIFF pages. Thread-safe.
 *
 * @param file the open file
 * @param order of its bytes
 */
record TiffPixels(FileBytes file, ByteOrder order) {

  /**
   * Reads a slice.
   *
   * @param slice of the page, from 0; 0 except in volumes
   * @param shift bytes by which the pixels lie further on than the page says
   * @throws IOException if its data are damaged or outside the file
   */
  Plane read(TiffPage page, int slice, long shift) throws IOException {
    int depth = page.grid().tileDepth();
    return read(page, slice / depth, slice % depth, 1, shift).get(0);
  }

  /**
   * Reads all slices of a layer of tiles.
   *
   * @param layer from 0
   * @throws IOException if its data are damaged or outside the file
   */
  List<Plane> readLayer(TiffPage page, int layer) throws IOException {
    int depth = page.grid().tileDepth();
    return read(page, layer, 0, Math.min(depth, page.grid().depth() - layer * depth), 0);
  }

  private List<Plane> read(TiffPage page, int layer, int first, int count, long shift)
      throws IOException {
    List<Plane> slices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slices.add(newPlane(page));
    }
    SegmentGrid grid = page.grid();
    int[] kept = page.samples().kept();
    boolean separate = grid.planes() > 1;
    for (int k = 0; k < (separate ? kept.length : 1); k++) {
      for (int row = 0; row < grid.down(); row++) {
        for (int column = 0; column < grid.across(); column++) {
          int segment = grid.index(separate ? kept[k] : 0, layer, row, column);
          byte[] bytes = page.isStored(segment) ? unpack(page, segment, shift) : null;
          for (int i = 0; i < count; i++) {
            Place place = new Place(row, column, first + i, separate ? k : -1);
            if (bytes == null) {
              fill(page, place, slices.get(i));
            } else {
              store(bytes, page, place, slices.get(i));
            }
          }
        }
      }
    }
    return slices;
  }

  private static Plane newPlane(TiffPage page) {
    Object[] channels = new Object[page.samples().kept().length];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = page.samples().newArray(page.shape().pixels());
    }
    return new Plane(page.shape(), channels);
  }

  /**
   * A segment.
   *
   * @param row of segments
   * @param column of segments
   * @param slice in the segment
   * @param channel that it holds alone, −1 where it holds all
   */
  private record Place(int row, int column, int slice, int channel) {}

  private byte[] unpack(TiffPage page, int segment, long shift) throws IOException {
    SegmentGrid grid = page.grid();
    SegmentCoding coding = page.coding();
    SampleLayout samples = page.samples();
    byte[] stored =
        file.read(page.offsets()[segment] + shift, page.storedBytes(segment, file.length()));
    if (coding.reversed()) {
      reverse(stored);
    }
    int size = page.bytes(segment);
    int step = grid.planes() > 1 ? 1 : samples.stored();
    if (coding.compression() == TiffCompression.JPEG) {
      int column = segment % grid.across() * grid.tileWidth();
      int row = segment / grid.across() % grid.down() * grid.tileHeight();
      return TiffJpeg.unpack(
          coding,
          stored,
          step,
          grid.tileWidth(),
          Math.min(grid.tileHeight(), grid.height() - row),
          Math.min(grid.tileWidth(), grid.width() - column));
    }
    byte[] bytes = TiffCompression.unpack(coding.compression(), stored, size, grid.bytes(0));
    if (coding.predictor() == SegmentCoding.DIFFERENCES) {
      TiffPredictor.undoDifferences(bytes, order, samples.bits(), step, grid.rowBytes());
    } else if (coding.predictor() == SegmentCoding.FLOAT_DIFFERENCES) {
      TiffPredictor.undoFloats(bytes, samples.bits(), step, grid.rowBytes());
    }
    return bytes;
  }

  private static void reverse(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (Integer.reverse(bytes[i]) >>> 24);
    }
  }

  private void store(byte[] bytes, TiffPage page, Place place, Plane plane) {
    SegmentGrid grid = page.grid();
    SampleLayout samples = page.samples();
    // Bytes of predicted floats are stored by significance.
    boolean big = page.coding().predictor() == SegmentCoding.FLOAT_DIFFERENCES;
    ByteBuffer pixels = ByteBuffer.wrap(bytes).order(big ? ByteOrder.BIG_ENDIAN : order);
    int x = place.column * grid.tileWidth();
    int y = place.row * grid.tileHeight();
    int columns = Math.min(grid.tileWidth(), grid.width() - x);
    int rows = Math.min(grid.tileHeight(), grid.height() - y);
    int stride = grid.planes() > 1 ? 1 : samples.stored();
    for (int row = 0; row < rows; row++) {
      long line = ((long) place.slice * grid.tileHeight() + row) * grid.rowBytes();
      SampleRow stored = new SampleRow(pixels, (int) line, samples, stride);
      int at = (y + row) * grid.width() + x;
      if (place.channel >= 0) {
        stored.copy(0, columns, plane.channel(place.channel), at);
        continue;
      }
      for (int c = 0; c < samples.kept().length; c++) {
        stored.copy(samples.kept()[c], columns, plane.channel(c), at);
      }
    }
  }

  private static void fill(TiffPage page, Place place, Plane plane) {
    if (page.fill() == 0 && !page.samples().whiteFirst()) {
      return;
    }
    SegmentGrid grid = page.grid();
    int x = place.column * grid.tileWidth();
    int y = place.row * grid.tileHeight();
    int columns = Math.min(grid.tileWidth(), grid.width() - x);
    int rows = Math.min(grid.tileHeight(), grid.height() - y);
    for (int c = 0; c < page.samples().kept().length; c++) {
      if (place.channel < 0 || place.channel == c) {
        for (int row = 0; row < rows; row++) {
          int at = (y + row) * grid.width() + x;
          SampleRow.fill(page.samples(), page.fill(), plane.channel(c), at, at + columns);
        }
      }
    }
  }
}
