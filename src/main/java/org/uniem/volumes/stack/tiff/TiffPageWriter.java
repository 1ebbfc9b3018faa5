package org.uniem.volumes.stack.tiff;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VoxelSize;

/**
 * Writes the pages of a TIFF file, deflate-compressed.
 *
 * <p>The directories follow all pixels: only then it is known whether the file fits the 4 GiB of
 * classic TIFF or must become a BigTIFF. Memory: a few numbers per strip. Not thread-safe.
 */
public final class TiffPageWriter implements Closeable {

  /** What 32-bit offsets reach. */
  public static final long CLASSIC_LIMIT = 0xffffffffL;

  private static final int HEADER_BYTES = 16;
  private static final int STRIP_BYTES = 1 << 20;

  private final RandomAccessFile file;
  private final int width;
  private final int height;
  private final PixelType type;
  private final long classicLimit;
  private final int rowsPerStrip;
  private final List<long[]> offsets = new ArrayList<>();
  private final List<long[]> byteCounts = new ArrayList<>();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private long position = HEADER_BYTES;

  /**
   * @param classicLimit bytes beyond which the file becomes a BigTIFF, {@link #CLASSIC_LIMIT}
   *     except in tests
   */
  public TiffPageWriter(Path path, int width, int height, PixelType type, long classicLimit)
      throws IOException {
    file = new RandomAccessFile(path.toFile(), "rw");
    this.width = width;
    this.height = height;
    this.type = type;
    this.classicLimit = classicLimit;
    rowsPerStrip = Math.max(1, Math.min(height, STRIP_BYTES / rowBytes()));
  }

  private int rowBytes() {
    return width * type.bytes();
  }

  /**
   * @param pixels little-endian bytes of one page
   */
  public void writePage(byte[] pixels) throws IOException {
    int strips = (height + rowsPerStrip - 1) / rowsPerStrip;
    long[] pageOffsets = new long[strips];
    long[] pageCounts = new long[strips];
    for (int strip = 0; strip < strips; strip++) {
      int from = strip * rowsPerStrip * rowBytes();
      int length = Math.min(rowsPerStrip * rowBytes(), pixels.length - from);
      byte[] packed = deflate(pixels, from, length);
      pageOffsets[strip] = position;
      pageCounts[strip] = packed.length;
      append(packed);
    }
    offsets.add(pageOffsets);
    byteCounts.add(pageCounts);
  }

  private void append(byte[] bytes) throws IOException {
    file.seek(position);
    file.write(bytes);
    position += bytes.length;
  }

  private byte[] deflate(byte[] bytes, int from, int length) {
    deflater.reset();
    deflater.setInput(bytes, from, length);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream(length / 2 + 64);
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    return packed.toByteArray();
  }

  /**
   * Writes header and directories and syncs the file.
   *
   * @param description for the description tag of the first page
   * @param voxelSize for the resolution tags
   */
  public void finish(String description, VoxelSize voxelSize) throws IOException {
    position += position & 1; // Directories begin at even bytes.
    byte[] text = (description + '\0').getBytes(StandardCharsets.UTF_8);
    long directoriesBytes = directories(position, text, voxelSize, false).length;
    boolean big = position + directoriesBytes > classicLimit;
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 'I').put((byte) 'I').putShort((short) (big ? 43 : 42));
    if (big) {
      header.putShort((short) 8).putShort((short) 0).putLong(position);
    } else {
      header.putInt((int) position);
    }
    append(directories(position, text, voxelSize, big));
    file.seek(0);
    file.write(header.array());
    file.getFD().sync();
  }

  private byte[] directories(long start, byte[] text, VoxelSize voxelSize, boolean big) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int page = 0; page < offsets.size(); page++) {
      TiffDirectoryBuilder tags = new TiffDirectoryBuilder(big);
      tags.add(TiffTag.WIDTH, TiffDirectory.LONG, width);
      tags.add(TiffTag.HEIGHT, TiffDirectory.LONG, height);
      tags.add(TiffTag.BITS_PER_SAMPLE, TiffDirectory.SHORT, 8 * type.bytes());
      tags.add(TiffTag.COMPRESSION, TiffDirectory.SHORT, TiffCompression.DEFLATE);
      tags.add(TiffTag.PHOTOMETRIC, TiffDirectory.SHORT, 1);
      if (page == 0) {
        tags.addText(TiffTag.DESCRIPTION, text);
      }
      int offsetType = big ? TiffDirectory.LONG8 : TiffDirectory.LONG;
      tags.add(TiffTag.STRIP_OFFSETS, offsetType, offsets.get(page));
      tags.add(TiffTag.SAMPLES_PER_PIXEL, TiffDirectory.SHORT, 1);
      tags.add(TiffTag.ROWS_PER_STRIP, TiffDirectory.LONG, rowsPerStrip);
      tags.add(TiffTag.STRIP_BYTE_COUNTS, offsetType, byteCounts.get(page));
      tags.addReciprocal(TiffTag.X_RESOLUTION, writable(voxelSize).x());
      tags.addReciprocal(TiffTag.Y_RESOLUTION, writable(voxelSize).y());
      tags.add(TiffTag.RESOLUTION_UNIT, TiffDirectory.SHORT, 1);
      int format = type == PixelType.FLOAT32 ? SampleLayout.FLOAT : SampleLayout.UNSIGNED;
      tags.add(TiffTag.SAMPLE_FORMAT, TiffDirectory.SHORT, format);
      boolean last = page == offsets.size() - 1;
      all.writeBytes(tags.build(start + all.size(), last));
    }
    return all.toByteArray();
  }

  /** A voxel size in a unit in which its reciprocals fit the fractions of the tags. */
  static VoxelSize writable(VoxelSize size) {
    if (isWritable(size)) {
      return size;
    }
    return Stream.of("nm", "\u00b5m", "mm", "km")
        .map(unit -> size.in(unit).orElse(size))
        .filter(TiffPageWriter::isWritable)
        .findFirst()
        .orElse(size);
  }

  private static boolean isWritable(VoxelSize size) {
    return Math.min(size.x(), size.y()) > 1e-9 && Math.max(size.x(), size.y()) < 1e9;
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    file.close();
  }
}
