package org.uniem.volumes.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.job.BadInputException;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/**
 * A volume whose parts are read when first needed; the recently used are kept. Thread-safe.
 *
 * <p>Slices are read fast where one layer of parts fits into the cache.
 */
public final class CellVolume implements Volume {

  private static final long LARGEST_SHARE = 4;

  private final String name;
  private final VoxelSize voxelSize;
  private final boolean labels;
  private final Optional<LabelKey> labelKey;
  private final CellSource source;
  private final CellGrid grid;
  private final long cells;
  private final RecentlyUsed<Cell<?>[]> cache;
  private final List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();

  /**
   * @param name for people
   * @param source of the parts; closed with this volume
   * @param voxelSize of the whole
   * @param labels whether the file says that the values are ids
   * @param labelKey what painted labels mean, empty where the file says nothing
   * @param memory the largest heap: an eighth of it holds parts; one is always kept
   * @throws BadInputException if a part takes more than a quarter of it
   */
  public CellVolume(
      String name,
      CellSource source,
      VoxelSize voxelSize,
      boolean labels,
      Optional<LabelKey> labelKey,
      long memory) {
    this.name = name;
    this.source = source;
    this.voxelSize = voxelSize;
    this.labels = labels;
    this.labelKey = labelKey;
    requireSlices(name, source.size());
    grid = new CellGrid(source.size(), source.cell());
    cells = grid.gridDimension(0) * grid.gridDimension(1) * grid.gridDimension(2);
    long bytes = (long) source.pixelType().bytes() * source.channelsPerCell();
    for (int d = 0; d < 3; d++) {
      bytes *= Math.min(grid.imgDimension(d), grid.cellDimension(d));
    }
    if (bytes > memory / LARGEST_SHARE || bytes < 1) {
      throw new BadInputException(
          name
              + " is stored in parts of "
              + Arrays.toString(source.cell())
              + " voxels, "
              + (bytes >> 20)
              + " MB each: expected "
              + (memory / LARGEST_SHARE >> 20)
              + " MB at most, a quarter of Java's memory. Give it more (-Xmx), or save the file with"
              + " smaller chunks.");
    }
    cache = new RecentlyUsed<>((int) Math.min(1 << 20, memory / 8 / bytes), this::load);
    for (int c = 0; c < source.channels(); c++) {
      channels.add(image(c));
    }
  }

  private static void requireSlices(String name, long[] size) {
    // Divided, since the product could overflow.
    if (size[0] > (Integer.MAX_VALUE - 64) / size[1]) {
      throw new BadInputException(
          name
              + " has slices of "
              + size[0]
              + " x "
              + size[1]
              + " pixels: expected less than 2³¹. Cut it into parts, or check the order of its"
              + " axes.");
    }
  }

  private Cell<?>[] load(long key) {
    long[] position = new long[3];
    long[] min = new long[3];
    int[] size = new int[3];
    grid.getCellGridPositionFlat(key % cells, position);
    grid.getCellDimensions(key % cells, min, size);
    int channel = (int) (key / cells) * source.channelsPerCell();
    Object[] pixels = source.read(position, size, channel);
    return Arrays.stream(pixels)
        .map(array -> new Cell<>(size, min, access(array)))
        .toArray(Cell<?>[]::new);
  }

  @SuppressWarnings("unchecked") // access() makes the array type of the pixel type
  private <A> Cell<A> cell(long index, int channel) {
    int together = source.channelsPerCell();
    Cell<?>[] loaded = cache.get(index + cells * (channel / together));
    return (Cell<A>) loaded[channel % together];
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

  private RandomAccessibleInterval<? extends RealType<?>> image(int c) {
    return switch (source.pixelType()) {
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

  @Override
  public String name() {
    return name;
  }

  @Override
  public long width() {
    return grid.imgDimension(0);
  }

  @Override
  public long height() {
    return grid.imgDimension(1);
  }

  @Override
  public long depth() {
    return grid.imgDimension(2);
  }

  @Override
  public int channels() {
    return channels.size();
  }

  @Override
  public PixelType pixelType() {
    return source.pixelType();
  }

  @Override
  public VoxelSize voxelSize() {
    return voxelSize;
  }

  @Override
  public boolean holdsLabels() {
    return labels || labelKey.isPresent();
  }

  @Override
  public Optional<LabelKey> labelKey() {
    return labelKey;
  }

  @Override
  public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    return channels.get(channel);
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    Object pixels = slice(z, channel);
    int size = Math.toIntExact(width() * height());
    if (pixels instanceof float[] floats) {
      System.arraycopy(floats, 0, target, 0, size);
    } else if (pixels instanceof byte[] bytes) {
      for (int i = 0; i < size; i++) {
        target[i] = bytes[i] & 0xff;
      }
    } else if (pixels instanceof short[] shorts) {
      for (int i = 0; i < size; i++) {
        target[i] = shorts[i] & 0xffff;
      }
    } else if (pixels instanceof int[] ints) {
      for (int i = 0; i < size; i++) {
        target[i] = ints[i] & 0xffff_ffffL;
      }
    } else {
      UnsignedLongType value = new UnsignedLongType();
      for (int i = 0; i < size; i++) {
        value.set(((long[]) pixels)[i]);
        target[i] = value.getRealFloat();
      }
    }
  }

  @Override
  public void readLabels(long z, int channel, long[] target) {
    if (pixelType() == PixelType.UINT64) {
      System.arraycopy(slice(z, channel), 0, target, 0, Math.toIntExact(width() * height()));
    } else if (pixelType() == PixelType.UINT32) {
      int[] ints = (int[]) slice(z, channel);
      for (int i = 0; i < ints.length; i++) {
        target[i] = ints[i] & 0xffff_ffffL;
      }
    } else {
      Volume.super.readLabels(z, channel, target);
    }
  }

  private Object slice(long z, int channel) {
    if (z < 0 || z >= depth() || channel < 0 || channel >= channels()) {
      throw new IndexOutOfBoundsException(
          "No slice " + z + ", channel " + channel + " in " + name + " of " + depth() + " slices.");
    }
    Object pixels = NumberType.newPixels(pixelType(), Math.toIntExact(width() * height()));
    copy(channels.get(channel), z, pixels);
    return pixels;
  }

  private <T extends NativeType<T>> void copy(
      RandomAccessibleInterval<? extends RealType<?>> image, long z, Object pixels) {
    @SuppressWarnings("unchecked") // every image is of a native type
    RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) (Object) image;
    long[] min = {0, 0, z};
    long[] max = {width() - 1, height() - 1, z};
    PrimitiveBlocks.of(typed).threadSafe().copy(new FinalInterval(min, max), pixels);
  }

  @Override
  public void close() {
    cache.clear();
    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + name + ".", e);
    }
  }
}
