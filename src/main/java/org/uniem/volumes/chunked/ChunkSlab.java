package org.uniem.volumes.chunked;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A layer of chunks that is filled slice by slice and read chunk by chunk: in memory, or in a
 * temporary file where it is too large. Chunks may be read by several threads.
 */
public final class ChunkSlab implements AutoCloseable {

  private final int width;
  private final int height;
  private final int bytesPerPixel;
  private final int chunkX;
  private final int chunkY;
  private final int tileBytes;
  private final int chunkBytes;
  private final byte[][] columns;
  private final Optional<Path> spill;
  private final Optional<RandomAccessFile> file;

  /**
   * @param width of a slice
   * @param height of a slice
   * @param bytesPerPixel bytes of a value
   * @param chunk sizes along x, y, z
   * @param spill where the layer goes, empty for memory; a new file that closing deletes
   */
  public ChunkSlab(int width, int height, int bytesPerPixel, int[] chunk, Optional<Path> spill)
      throws IOException {
    this.width = width;
    this.height = height;
    this.bytesPerPixel = bytesPerPixel;
    this.spill = spill;
    chunkX = chunk[0];
    chunkY = chunk[1];
    tileBytes = chunk[0] * chunk[1] * bytesPerPixel;
    chunkBytes = Math.multiplyExact(tileBytes, chunk[2]);
    if (spill.isPresent()) {
      columns = new byte[0][];
      file = Optional.of(new RandomAccessFile(spill.get().toFile(), "rw"));
    } else {
      columns = new byte[columnsX() * columnsY()][chunkBytes];
      file = Optional.empty();
    }
  }

  /** Bytes of such a layer. */
  public static long bytes(long width, long height, int bytesPerPixel, int[] chunk) {
    long columns = ((width - 1) / chunk[0] + 1) * ((height - 1) / chunk[1] + 1);
    return columns * chunk[0] * chunk[1] * chunk[2] * bytesPerPixel;
  }

  /** Chunks along x. */
  public int columnsX() {
    return (width - 1) / chunkX + 1;
  }

  /** Chunks along y. */
  public int columnsY() {
    return (height - 1) / chunkY + 1;
  }

  /**
   * Takes a slice.
   *
   * @param z within the layer
   * @param slice its bytes, x fastest
   */
  public void put(int z, byte[] slice) throws IOException {
    byte[] tile = new byte[file.isPresent() ? tileBytes : 0];
    for (int row = 0, column = 0; row < columnsY(); row++) {
      for (int x = 0; x < columnsX(); x++, column++) {
        if (file.isPresent()) {
          Arrays.fill(tile, (byte) 0);
          copyTile(slice, x, row, tile, 0);
          file.get().seek((long) column * chunkBytes + (long) z * tileBytes);
          file.get().write(tile);
        } else {
          copyTile(slice, x, row, columns[column], z * tileBytes);
        }
      }
    }
  }

  private void copyTile(byte[] slice, int column, int row, byte[] to, int at) {
    int left = column * chunkX;
    int length = Math.min(chunkX, width - left) * bytesPerPixel;
    for (int y = 0; y < Math.min(chunkY, height - row * chunkY); y++) {
      int from = ((row * chunkY + y) * width + left) * bytesPerPixel;
      System.arraycopy(slice, from, to, at + y * chunkX * bytesPerPixel, length);
    }
  }

  /**
   * The bytes of a chunk; used until the next slice is put.
   *
   * @param column number of the chunk, x fastest
   * @param slices how many are filled; the others are zero
   */
  public byte[] chunk(int column, int slices) throws IOException {
    byte[] bytes;
    if (file.isPresent()) {
      bytes = new byte[chunkBytes];
      synchronized (file.get()) {
        file.get().seek((long) column * chunkBytes);
        file.get().readFully(bytes, 0, slices * tileBytes);
      }
    } else {
      bytes = columns[column];
      Arrays.fill(bytes, slices * tileBytes, chunkBytes, (byte) 0);
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
      Files.deleteIfExists(spill.orElseThrow());
    }
  }
}
