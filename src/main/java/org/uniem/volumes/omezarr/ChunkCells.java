package org.uniem.volumes.omezarr;

import java.nio.ByteBuffer;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.omezarr.arrays.ElementType;
import org.uniem.volumes.omezarr.arrays.ZarrArray;
import org.uniem.volumes.storage.RecentlyUsed;

/**
 * The chunks of an array as cells x, y, z of each channel: read when first needed, the recently
 * used kept. Thread-safe.
 */
final class ChunkCells {

  private final ZarrArray array;
  private final Geometry geometry;
  private final CellGrid grid;
  private final int channelsPerChunk;
  private final long channels;
  private final RecentlyUsed<Cell<?>[]> cache;

  /**
   * @param cacheBytes how many bytes of decoded chunks to keep at most; one chunk is always kept
   */
  ChunkCells(ZarrArray array, Geometry geometry, long cacheBytes) {
    this.array = array;
    this.geometry = geometry;
    int[] chunk = array.chunk();
    long[] shape = array.shape();
    grid =
        new CellGrid(
            new long[] {
              shape[geometry.x()], shape[geometry.y()], Geometry.length(shape, geometry.z())
            },
            new int[] {
              chunk[geometry.x()], chunk[geometry.y()], Geometry.length(chunk, geometry.z())
            });
    channels = Geometry.length(shape, geometry.channel());
    channelsPerChunk = (int) Math.min(channels, Geometry.length(chunk, geometry.channel()));
    long bytes = (long) type().bytes() * channelsPerChunk;
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
    return array.type().pixelType();
  }

  @SuppressWarnings("unchecked") // access() makes the array type of the pixel type
  <A> Cell<A> cell(long index, int channel) {
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
    index[geometry.x()] = position[0];
    index[geometry.y()] = position[1];
    if (geometry.z() >= 0) {
      index[geometry.z()] = position[2];
    }
    if (geometry.channel() >= 0) {
      index[geometry.channel()] = channelChunk;
    }
    ByteBuffer chunk = array.read(index);
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

  private Object pixels(ByteBuffer chunk, int channel, int[] size, long[] index) {
    int[] strides = array.strides();
    int alongX = strides[geometry.x()];
    int alongY = strides[geometry.y()];
    int alongZ = geometry.z() < 0 ? 0 : strides[geometry.z()];
    int first = geometry.channel() < 0 ? 0 : channel * strides[geometry.channel()];
    Object pixels = ElementType.newPixels(type(), size[0] * size[1] * size[2]);
    int at = 0;
    for (int z = 0; z < size[2]; z++) {
      for (int y = 0; y < size[1]; y++) {
        int from = first + y * alongY + z * alongZ;
        array.copy(chunk, from, alongX, pixels, at, size[0], index);
        at += size[0];
      }
    }
    return pixels;
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
