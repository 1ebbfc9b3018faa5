package org.uniem.volumes.stack.raster;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;

/** The readers of the Java runtime: others that an application adds may convert colours. */
final class BuiltInReader {

  private BuiltInReader() {}

  /**
   * Decodes a whole file.
   *
   * @param format as Java calls it: {@code "PNG"}
   * @param bytes the file
   * @throws IOException if the data are damaged, also where the decoder would make up what is
   *     missing and only warn
   */
  static Raster decode(String format, byte[] bytes) throws IOException {
    ImageReader reader = reader(format);
    List<String> warnings = new ArrayList<>();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      Raster raster = reader.read(0).getRaster();
      if (!warnings.isEmpty()) {
        throw new IOException("its data are damaged (" + warnings.get(0) + ")");
      }
      return raster;
    } catch (RuntimeException e) {
      // The decoders answer damaged files with all kinds of them.
      throw new IOException("its data are damaged (" + e + ")", e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(String format) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
        return reader;
      }
    }
    throw new IOException("this Java has no reader for " + format);
  }

  /**
   * The first bands of an image as channels.
   *
   * @param factor multiplies values of 8 bits
   * @throws IOException if the image is not of this shape
   */
  static Plane plane(Raster raster, PlaneShape shape, int factor) throws IOException {
    if (raster.getWidth() != shape.width()
        || raster.getHeight() != shape.height()
        || raster.getNumBands() < shape.channels()) {
      throw new IOException("its pixels do not match its header");
    }
    Plane plane = new Plane(shape);
    int[] row = new int[shape.width()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        raster.getSamples(0, y, row.length, 1, c, row);
        copy(row, factor, plane.channel(c), y * row.length);
      }
    }
    return plane;
  }

  private static void copy(int[] row, int factor, Object target, int at) {
    if (target instanceof byte[] bytes) {
      for (int x = 0; x < row.length; x++) {
        bytes[at + x] = (byte) (row[x] * factor);
      }
    } else {
      short[] shorts = (short[]) target;
      for (int x = 0; x < row.length; x++) {
        shorts[at + x] = (short) row[x];
      }
    }
  }
}
