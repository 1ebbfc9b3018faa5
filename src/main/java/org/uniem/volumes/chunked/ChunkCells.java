package org.uniem.volumes.chunked;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.storage.RecentlyUsed;

/**
 * The chunks of an array as cells x, y, z of each channel: read when first needed, the recently
 * used kept. Thread-safe.
 */
final class ChunkCells {

  private final ChunkedArray array;
  private final VolumeAxes axes;
  private final PixelType type;
  private final CellGrid grid;
  private final int channelsPerChunk;
  private final long channels;
  private final RecentlyUsed<Cell<?>[]> cache;

  /**
   * @param type that of the array's elements, or {@link PixelType#UINT64} for ids in 64-bit floats
   * @param cacheBytes how many bytes of decoded chunks to keep at most; one chunk is always kept
   */
  ChunkCells(ChunkedArray array, VolumeAxes axes, PixelType type, long cacheBytes) {
    this.array = array;
    this.axes = axes;
    this.type = type;
    int[] chunk = array.chunk();
    long[] shape = array.shape();
    grid =
        new CellGrid(
            new long[] {shape[axes.x()], shape[axes.y()], VolumeAxes.length(shape, axes.z())},
            new int[] {chunk[axes.x()], chunk[axes.y()], VolumeAxes.length(chunk, axes.z())});
    channels = VolumeAxes.length(shape, axes.channel());
    channelsPerChunk = (int) Math.min(channels, VolumeAxes.length(chunk, axes.channel()));
    long bytes = (long) type.bytes() * channelsPerChunk;
    for (int d = 0; d < 3; d++) {
      bytes *= grid.cellDimension(d);
    }
    int capacity = (int) Math.min(Integer.MAX_VALUE, cacheBytes / bytes);
    cache = new RecentlyUsed<>(capacity, this::load);
  }

  CellGrid grid() {
    return grid;
  }

  PixelType type() {
    return type;
  }

  /** A channel as x, y, z. */
  RandomAccessibleInterval<? extends RealType<?>> image(int c) {
    return switch (type) {
      case UINT8 ->
          new LazyCellImg<UnsignedByteType, ByteArray>(
              grid, new UnsignedByteType(), i -> cell(i, c));
      case UINT16 ->
          new LazyCellImg<UnsignedShortType, ShortArray>(
              grid, new UnsignedShortType(), i -> cell(i, c));
      case UINT32 ->
          new LazyCellImg<UnsignedIntType, IntArray>(grid, new UnsignedIntType(), i -> cell(i, c));
      case UINT64 ->
          new LazyCellImg<UnsignedLongType, LongArray>(
              grid, new UnsignedLongType(), i -> cell(i, c));
      case FLOAT32 ->
          new LazyCellImg<FloatType, FloatArray>(grid, new FloatType(), i -> cell(i, c));
    };
  }

  @SuppressWarnings("unchecked") // access() makes the array type of the pixel type
  private <A> Cell<A> cell(long index, int channel) {
    Cell<?>[] loaded = cache.get(index + numCells() * (channel / channelsPerChunk));
    return (Cell<A>) loaded[channel % channelsPerChunk];
  }

  void clear() {
    cache.clear();
  }

  private Cell<?>[] load(long key) {
    long channelChunk = key / numCells();
    long[] position = new long[3];
    grid.getCellGridPositionFlat(key % numCells(), position);
    long[] min = new long[3];
    int[] size = new int[3];
    grid.getCellDimensions(key % numCells(), min, size);
    long[] index = new long[array.shape().length];
    index[axes.x()] = position[0];
    index[axes.y()] = position[1];
    if (axes.z() >= 0) {
      index[axes.z()] = position[2];
    }
    if (axes.channel() >= 0) {
      index[axes.channel()] = channelChunk;
    }
    Optional<ByteBuffer> chunk = array.read(index);
    int count = (int) Math.min(channelsPerChunk, channels - channelChunk * channelsPerChunk);
    Cell<?>[] cells = new Cell<?>[count];
    for (int c = 0; c < count; c++) {
      cells[c] = new Cell<>(size, min, access(pixels(chunk, c, size, index)));
    }
    return cells;
  }

  private long numCells() {
    return grid.gridDimension(0) * grid.gridDimension(1) * grid.gridDimension(2);
  }

  private Object pixels(Optional<ByteBuffer> chunk, int channel, int[] size, long[] index) {
    // All pixels are the one element of fill where nothing is stored.
    int[] strides = chunk.isPresent() ? array.strides() : new int[index.length];
    ByteBuffer bytes = chunk.orElseGet(array::fill);
    int alongX = strides[axes.x()];
    int alongY = strides[axes.y()];
    int alongZ = axes.z() < 0 ? 0 : strides[axes.z()];
    int first = axes.channel() < 0 ? 0 : channel * strides[axes.channel()];
    Object pixels = ElementType.newPixels(type, size[0] * size[1] * size[2]);
    int at = 0;
    try {
      for (int z = 0; z < size[2]; z++) {
        for (int y = 0; y < size[1]; y++) {
          copy(bytes, first + y * alongY + z * alongZ, alongX, pixels, at, size[0]);
          at += size[0];
        }
      }
    } catch (IOException e) {
      throw array.badValue(index, e);
    }
    return pixels;
  }

  private void copy(ByteBuffer from, int first, int stride, Object pixels, int at, int count)
      throws IOException {
    if (type == array.type().pixelType()) {
      array.type().copy(from, first, stride, pixels, at, count);
    } else {
      ElementType.copyIds(from, first, stride, (long[]) pixels, at, count);
    }
  }

  private static Object access(Object pixels) {
    if (pixels instanceof byte[] bytes) {
      return new ByteArray(bytes);
    }
    if (pixels instanceof short[] shorts) {
      return new ShortArray(shorts);
    }
    if (pixels instanceof int[] ints) {
      return new IntArray(ints);
    }
    if (pixels instanceof long[] longs) {
      return new LongArray(longs);
    }
    return new FloatArray((float[]) pixels);
  }
}
