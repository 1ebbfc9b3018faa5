package org.uniem.volumes.mrc;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.chunked.ChunkedArray;
import org.uniem.volumes.chunked.ElementType;

/**
 * The pixels of an MRC file with axes z, y, x, the uppermost row first: the file has the lowest
 * first. Read in pieces of some megabytes.
 */
final class MrcArray implements ChunkedArray, Closeable {

  private static final int PIECE_BYTES = 1 << 22;

  private final Path path;
  private final RandomAccessFile file;
  private final MrcHeader header;
  private final int rows;

  MrcArray(Path path, RandomAccessFile file, MrcHeader header) {
    this.path = path;
    this.file = file;
    this.header = header;
    rows = (int) Math.max(1, Math.min(header.height(), PIECE_BYTES / storedRow()));
  }

  private long storedRow() {
    return header.packed()
        ? (header.width() + 1L) / 2
        : (long) header.width() * header.type().bytes();
  }

  @Override
  public long[] shape() {
    return new long[] {header.depth(), header.height(), header.width()};
  }

  @Override
  public int[] chunk() {
    return new int[] {1, rows, header.width()};
  }

  @Override
  public ElementType type() {
    return header.type();
  }

  @Override
  public int[] strides() {
    return new int[] {0, header.width(), 1};
  }

  @Override
  public Optional<ByteBuffer> read(long... index) {
    int first = (int) index[1] * rows;
    int count = Math.min(rows, header.height() - first);
    // The same rows as the file counts them, from below.
    long lowest = (long) header.height() - first - count;
    int stored = Math.toIntExact(storedRow());
    byte[] bytes = new byte[Math.multiplyExact(count, stored)];
    try {
      synchronized (file) {
        file.seek(header.start() + (index[0] * header.height() + lowest) * stored);
        file.readFully(bytes);
      }
    } catch (IOException e) {
      throw MrcFormat.failed(path + ", section " + (index[0] + 1), e);
    }
    int row = header.width() * header.type().bytes();
    byte[] pixels = new byte[Math.multiplyExact(rows, row)];
    for (int y = 0; y < count; y++) {
      int from = (count - 1 - y) * stored;
      if (header.packed()) {
        unpack(bytes, from, pixels, y * row);
      } else {
        System.arraycopy(bytes, from, pixels, y * row, row);
      }
    }
    return Optional.of(ByteBuffer.wrap(pixels).order(header.order()));
  }

  /** The lower half of a byte is the first of two pixels. */
  private void unpack(byte[] bytes, int from, byte[] pixels, int at) {
    for (int x = 0; x < header.width(); x++) {
      int both = bytes[from + x / 2] & 0xff;
      pixels[at + x] = (byte) (x % 2 == 0 ? both & 15 : both >> 4);
    }
  }

  @Override
  public ByteBuffer fill() {
    return ByteBuffer.allocate(header.type().bytes());
  }

  @Override
  public BadInputException badValue(long[] index, IOException cause) {
    return new BadInputException(
        "Cannot read "
            + path
            + ", section "
            + (index[0] + 1)
            + ": "
            + WholeFile.reason(cause)
            + ".",
        cause);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
