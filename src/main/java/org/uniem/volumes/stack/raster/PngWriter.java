package org.uniem.volumes.stack.raster;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.uniem.volumes.PixelType;

/**
 * Encodes grey PNG images of 8 or 16 bits.
 *
 * <p>Source: PNG Specification, Second Edition, W3C 2003. Rows are stored unfiltered, which suits
 * labels and is fast.
 */
public final class PngWriter {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private PngWriter() {}

  /**
   * @param pixels big-endian, rows from the top
   * @param voxelSizeText for the text chunk {@value RasterFile.VOXEL_SIZE_KEY}
   */
  public static byte[] encode(
      byte[] pixels, int width, int height, PixelType type, String voxelSizeText) {
    ByteArrayOutputStream png = new ByteArrayOutputStream(pixels.length / 2 + 128);
    png.writeBytes(SIGNATURE);
    int bits = 8 * type.bytes();
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) bits);
    writeChunk(png, "IHDR", header.array());
    String text = RasterFile.VOXEL_SIZE_KEY + '\0' + voxelSizeText;
    writeChunk(png, "tEXt", text.getBytes(StandardCharsets.ISO_8859_1));
    writeChunk(png, "IDAT", deflateRows(pixels, height));
    writeChunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static byte[] deflateRows(byte[] pixels, int height) {
    int rowBytes = pixels.length / height;
    byte[] rows = new byte[pixels.length + height];
    for (int y = 0; y < height; y++) {
      // Each row begins with its filter: 0, none.
      System.arraycopy(pixels, y * rowBytes, rows, y * (rowBytes + 1) + 1, rowBytes);
    }
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(rows);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream(rows.length / 2 + 64);
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void writeChunk(ByteArrayOutputStream png, String name, byte[] data) {
    byte[] nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(nameBytes);
    crc.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(nameBytes);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
