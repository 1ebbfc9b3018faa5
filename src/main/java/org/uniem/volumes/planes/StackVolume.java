package org.uniem.volumes.planes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.storage.RecentlyUsed;

/** A volume whose slices are decoded when first needed, one cell per slice. */
public final class StackVolume implements Volume {

  private final String name;
  private final PlaneSource source;
  private final PlaneShape shape;
  private final RecentlyUsed<CellPlane> cache;

  /** A decoded image together with the ImgLib2 cells over its arrays. */
  private record CellPlane(Plane plane, Cell<?>[] cells) {}

  /**
   * @param name for people
   * @param source the images; closed with this volume
   * @param cacheBytes how many bytes of decoded images to keep at most; one image is always kept
   */
  public StackVolume(String name, PlaneSource source, long cacheBytes) {
    this.name = name;
    this.source = source;
    shape = source.shape();
    int planes = Math.multiplyExact(source.depth(), source.planesPerSlice());
    int capacity = (int) Math.min(planes, cacheBytes / shape.bytes());
    cache = new RecentlyUsed<>(capacity, index -> load((int) index));
  }

  private CellPlane load(int index) {
    int z = index / source.planesPerSlice();
    Plane plane = source.read(z, index % source.planesPerSlice());
    Cell<?>[] cells = new Cell<?>[shape.channels()];
    for (int c = 0; c < cells.length; c++) {
      cells[c] = new Cell<>(cellDimensions(), new long[] {0, 0, z}, access(plane.channel(c)));
    }
    return new CellPlane(plane, cells);
  }

  private static Object access(Object array) {
    if (array instanceof byte[] bytes) {
      return new ByteArray(bytes);
    }
    if (array instanceof short[] shorts) {
      return new ShortArray(shorts);
    }
    return new FloatArray((float[]) array);
  }

  private int[] cellDimensions() {
    return new int[] {shape.width(), shape.height(), 1};
  }

  private CellPlane planeOf(long z, int channel) {
    if (z < 0 || z >= depth() || channel < 0 || channel >= channels()) {
      throw new IndexOutOfBoundsException(
          "No slice " + z + ", channel " + channel + " in " + name + " of " + depth() + " slices.");
    }
    return cache.get((int) z * source.planesPerSlice() + channel / shape.channels());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long width() {
    return shape.width();
  }

  @Override
  public long height() {
    return shape.height();
  }

  @Override
  public long depth() {
    return source.depth();
  }

  @Override
  public int channels() {
    return source.planesPerSlice() * shape.channels();
  }

  @Override
  public PixelType pixelType() {
    return shape.pixelType();
  }

  @Override
  public VoxelSize voxelSize() {
    return source.voxelSize();
  }

  @Override
  public Optional<LabelKey> labelKey() {
    return source.labelKey();
  }

  @Override
  public String sliceName(long z) {
    return source.sliceName(z);
  }

  @Override
  public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    CellGrid grid = new CellGrid(new long[] {width(), height(), depth()}, cellDimensions());
    return switch (shape.pixelType()) {
      case UINT8 ->
          new LazyCellImg<UnsignedByteType, ByteArray>(
              grid, new UnsignedByteType(), z -> cell(z, channel));
      case UINT16 ->
          new LazyCellImg<UnsignedShortType, ShortArray>(
              grid, new UnsignedShortType(), z -> cell(z, channel));
      case FLOAT32 ->
          new LazyCellImg<FloatType, FloatArray>(grid, new FloatType(), z -> cell(z, channel));
      case UINT32, UINT64 ->
          throw new IllegalArgumentException(shape.pixelType() + " is not in images.");
    };
  }

  @SuppressWarnings("unchecked") // access() makes the array type of the pixel type
  private <A> Cell<A> cell(long z, int channel) {
    return (Cell<A>) planeOf(z, channel).cells()[channel % shape.channels()];
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    planeOf(z, channel).plane().copyTo(channel % shape.channels(), target);
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
