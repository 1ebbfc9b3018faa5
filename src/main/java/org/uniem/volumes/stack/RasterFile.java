package org.uniem.volumes.stack;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.storage.FileBytes;

/**
 * A PNG or JPEG file: the header is read at once, the pixels on demand.
 *
 * <p>Palette images have their indices as values, 1-bit images 0 and 255, and transparency is left
 * out. Pixels are those of the file: no gamma or colour profile is applied.
 *
 * @param shape size and type as decoded
 * @param greyStep factor that spreads 1-, 2- and 4-bit grey over 0 … 255, else 1
 * @param voxelSizeText the text chunk {@value #VOXEL_SIZE_KEY} of a PNG, empty if there is none
 */
record RasterFile(Path path, ImageKind kind, PlaneShape shape, int greyStep, String voxelSizeText) {

  /** Keyword of the PNG text chunk with the voxel size: {@code "8.0 8.0 30.0 nm"}. */
  static final String VOXEL_SIZE_KEY = "Voxel size";

  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int RGB_ALPHA = 6;

  /**
   * Reads the header.
   *
   * @throws IOException if the file is not of this kind, or damaged
   */
  static RasterFile open(Path path, ImageKind kind) throws IOException {
    try (FileBytes file = new FileBytes(path)) {
      return kind == ImageKind.PNG ? openPng(path, file) : openJpeg(path, file);
    }
  }

  private static RasterFile openPng(Path path, FileBytes file) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(file.read(0, 33));
    if (header.getInt(0) != 0x89504e47 || header.getInt(12) != 0x49484452) {
      throw new IOException("it is not a PNG file");
    }
    int bits = header.get(24);
    int colour = header.get(25);
    PixelType type = bits == 16 ? PixelType.UINT16 : PixelType.UINT8;
    int channels = colour == RGB || colour == RGB_ALPHA ? 3 : 1;
    PlaneShape shape = shape(header.getInt(16), header.getInt(20), channels, type);
    // Writers of 1-bit images disagree on whether they have a palette, and mean black and white.
    boolean spread = bits == 1 || bits < 8 && colour == GREY;
    int step = spread && colour != PALETTE || bits == 1 ? 255 / ((1 << bits) - 1) : 1;
    return new RasterFile(path, ImageKind.PNG, shape, step, pngText(file));
  }

  /** The voxel size's text chunk, where it stands before the pixels. */
  private static String pngText(FileBytes file) throws IOException {
    long at = 33;
    while (true) {
      ByteBuffer chunk = ByteBuffer.wrap(file.read(at, 8));
      long length = chunk.getInt(0) & 0xffffffffL;
      if (chunk.getInt(4) == 0x49444154) { // IDAT
        return "";
      }
      if (chunk.getInt(4) == 0x74455874) { // tEXt
        String text = new String(file.read(at + 8, length), StandardCharsets.ISO_8859_1);
        if (text.startsWith(VOXEL_SIZE_KEY + '\0')) {
          return text.substring(VOXEL_SIZE_KEY.length() + 1);
        }
      }
      at += length + 12;
    }
  }

  private static RasterFile openJpeg(Path path, FileBytes file) throws IOException {
    ByteBuffer start = ByteBuffer.wrap(file.read(0, 2));
    if (start.getShort() != (short) 0xffd8) {
      throw new IOException("it is not a JPEG file");
    }
    long at = 2;
    while (true) {
      ByteBuffer segment = ByteBuffer.wrap(file.read(at, 4));
      int marker = segment.getShort() & 0xffff;
      int length = segment.getShort() & 0xffff;
      if (marker >>> 8 != 0xff) {
        throw new IOException("no JPEG marker at byte " + at);
      }
      // Start of frame, except the tables DHT, JPG and DAC between them.
      boolean frame = marker >= 0xffc0 && marker <= 0xffcf && (marker & 3) != 0 || marker == 0xffc0;
      if (frame) {
        ByteBuffer size = ByteBuffer.wrap(file.read(at + 4, 6));
        int components = size.get(5);
        if (size.get(0) != 8 || components != 1 && components != 3) {
          throw new IOException(
              components + " components of " + size.get(0) + " bits are not supported in JPEG");
        }
        int height = size.getShort(1) & 0xffff;
        int width = size.getShort(3) & 0xffff;
        PlaneShape shape = shape(width, height, components, PixelType.UINT8);
        return new RasterFile(path, ImageKind.JPEG, shape, 1, "");
      }
      at += 2 + length;
    }
  }

  private static PlaneShape shape(int width, int height, int channels, PixelType type)
      throws IOException {
    if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE / 8) {
      throw new IOException("its size of " + width + " x " + height + " pixels is not supported");
    }
    return new PlaneShape(width, height, channels, type);
  }

  /**
   * Decodes the pixels.
   *
   * @throws IOException if they are damaged
   */
  Plane read() throws IOException {
    byte[] bytes;
    try (FileBytes file = new FileBytes(path)) {
      bytes = file.read(0, file.length());
    }
    requireEnd(bytes);
    Raster raster = decode(bytes);
    if (raster.getWidth() != shape.width()
        || raster.getHeight() != shape.height()
        || raster.getNumBands() < shape.channels()) {
      throw new IOException("its pixels do not match its header");
    }
    Plane plane = new Plane(shape);
    for (int c = 0; c < shape.channels(); c++) {
      copy(raster, c, plane.channel(c));
    }
    return plane;
  }

  /** The decoder fills what is missing at the end of a JPEG with grey, and says nothing. */
  private void requireEnd(byte[] bytes) throws IOException {
    if (kind != ImageKind.JPEG) {
      return;
    }
    int last = bytes.length - 2;
    while (last >= Math.max(0, bytes.length - 4096)) {
      if ((bytes[last] & 0xff) == 0xff && (bytes[last + 1] & 0xff) == 0xd9) {
        return;
      }
      last--;
    }
    throw new IOException("its end is missing after " + bytes.length + " bytes");
  }

  private Raster decode(byte[] bytes) throws IOException {
    ImageReader reader = builtInReader();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
      return reader.read(0).getRaster();
    } catch (RuntimeException e) {
      // The decoders answer damaged files with all kinds of them.
      throw new IOException("its data are damaged (" + e + ")", e);
    } finally {
      reader.dispose();
    }
  }

  /** The reader of the Java runtime: others that an application adds may convert colours. */
  private ImageReader builtInReader() throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.name());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
        return reader;
      }
    }
    throw new IOException("this Java has no reader for " + kind);
  }

  private void copy(Raster raster, int band, Object target) {
    int width = shape.width();
    int[] row = new int[width];
    for (int y = 0; y < shape.height(); y++) {
      raster.getSamples(0, y, width, 1, band, row);
      int at = y * width;
      if (target instanceof byte[] bytes) {
        for (int x = 0; x < width; x++) {
          bytes[at + x] = (byte) (row[x] * greyStep);
        }
      } else {
        short[] shorts = (short[]) target;
        for (int x = 0; x < width; x++) {
          shorts[at + x] = (short) row[x];
        }
      }
    }
  }
}
