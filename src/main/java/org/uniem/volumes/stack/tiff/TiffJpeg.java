package org.uniem.volumes.stack.tiff;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Unpacks strips and tiles of JPEG, 8 bits per sample, with the decoder of the Java runtime.
 *
 * <p>Source: TIFF Technical Note 2, T. Lane 1995, for the tables that segments share; JFIF 1.02 for
 * the colours.
 */
final class TiffJpeg {

  private static final int END_OF_IMAGE = 0xd9;

  private TiffJpeg() {}

  /**
   * Restores the samples of a segment.
   *
   * @param coding with the tables that segments share
   * @param stored the JPEG stream
   * @param samples per pixel
   * @param width of a segment
   * @param rows that are needed
   * @return rows of {@code width} pixels, samples of a pixel one after the other; what the stream
   *     lacks beyond the image's edge is 0
   * @throws IOException if it is damaged, or of another size or number of samples
   */
  static byte[] unpack(
      SegmentCoding coding, byte[] stored, int samples, int width, int rows, int columnsNeeded)
      throws IOException {
    requireEnd(stored);
    Raster raster = decode(joined(coding.jpegTables(), stored), width, rows);
    if (raster.getNumBands() != samples
        || raster.getWidth() < columnsNeeded
        || raster.getWidth() > width
        || raster.getHeight() < rows) {
      throw new IOException(
          "its JPEG stream has "
              + raster.getWidth()
              + " x "
              + raster.getHeight()
              + " pixels of "
              + raster.getNumBands()
              + " samples: expected "
              + width
              + " x "
              + rows
              + " of "
              + samples);
    }
    byte[] result = new byte[Math.multiplyExact(Math.multiplyExact(width, rows), samples)];
    int[] line = new int[raster.getWidth() * samples];
    for (int y = 0; y < rows; y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, line);
      if (coding.colours()) {
        toRgb(line);
      }
      int at = y * width * samples;
      for (int i = 0; i < line.length; i++) {
        result[at + i] = (byte) line[i];
      }
    }
    return result;
  }

  private static void toRgb(int[] line) {
    for (int i = 0; i + 2 < line.length; i += 3) {
      double y = line[i];
      double blue = line[i + 1] - 128;
      double red = line[i + 2] - 128;
      line[i] = clamp(y + 1.402 * red);
      line[i + 1] = clamp(y - 0.344136286 * blue - 0.714136286 * red);
      line[i + 2] = clamp(y + 1.772 * blue);
    }
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
  }

  /** The decoder fills what is missing at the end with grey, and says nothing. */
  private static void requireEnd(byte[] bytes) throws IOException {
    int last = bytes.length - 2;
    while (last >= Math.max(0, bytes.length - 4096)) {
      if ((bytes[last] & 0xff) == 0xff && (bytes[last + 1] & 0xff) == END_OF_IMAGE) {
        return;
      }
      last--;
    }
    throw new IOException("the end of its JPEG stream is missing after " + bytes.length + " bytes");
  }

  /** One stream of the tables, without their end, and the image, without its beginning. */
  private static byte[] joined(byte[] tables, byte[] stored) {
    if (tables.length < 4 || stored.length < 2) {
      return stored;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(tables.length + stored.length);
    boolean closed = (tables[tables.length - 1] & 0xff) == END_OF_IMAGE;
    all.write(tables, 0, tables.length - (closed ? 2 : 0));
    all.write(stored, 2, stored.length - 2);
    return all.toByteArray();
  }

  private static Raster decode(byte[] bytes, int width, int rows) throws IOException {
    ImageReader reader = builtInReader();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
      long found = (long) reader.getWidth(0) * reader.getHeight(0);
      if (found > 4L * width * rows + (1 << 16)) {
        throw new IOException(
            "its JPEG stream has " + found + " pixels, expected " + (long) width * rows);
      }
      Raster raster = reader.readRaster(0, null);
      if (!warnings.isEmpty()) {
        throw new IOException("its JPEG data are damaged (" + warnings.get(0) + ")");
      }
      return raster;
    } catch (RuntimeException e) {
      // The decoder answers damaged files with all kinds of them.
      throw new IOException("its JPEG data are damaged (" + e + ")", e);
    } finally {
      reader.dispose();
    }
  }

  /** The reader of the Java runtime: others that an application adds may convert colours. */
  private static ImageReader builtInReader() throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
        return reader;
      }
    }
    throw new IOException("this Java has no reader for JPEG");
  }
}
