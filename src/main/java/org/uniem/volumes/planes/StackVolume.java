package org.uniem.volumes.planes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
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
import org.uniem.job.BadInputException;
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

  /** A decoded image together with the ImgLib2 cells over its arrays, made when first asked for. */
  private record CellPlane(Plane plane, AtomicReferenceArray<Cell<?>> cells) {}

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
    int capacity = (int) Math.min(planes, cacheBytes / source.bytesPerPlane());
    cache = new RecentlyUsed<>(capacity, index -> load((int) index));
  }

  private CellPlane load(int index) {
    int z = index / source.planesPerSlice();
    Plane plane = source.read(z, index % source.planesPerSlice());
    return new CellPlane(plane, new AtomicReferenceArray<>(shape.channels()));
  }

  private Object access(CellPlane plane, int channel, long z) {
    Object array = plane.plane.channel(channel);
    if (array instanceof byte[] bytes) {
      return new ByteArray(bytes);
    }
    if (array instanceof short[] shorts) {
      return new ShortArray(shorts);
    }
    if (shape.pixelType() == PixelType.UINT32) {
      return new IntArray((int[]) array);
    }
    if (shape.pixelType() == PixelType.UINT64) {
      return new LongArray((long[]) array);
    }
    if (array instanceof float[] floats) {
      return new FloatArray(floats);
    }
    float[] floats = new float[shape.pixels()];
    copy(plane.plane, channel, z, floats);
    return new FloatArray(floats);
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
  public List<String> notes() {
    return source.notes();
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
      case UINT32 ->
          new LazyCellImg<UnsignedIntType, IntArray>(
              grid, new UnsignedIntType(), z -> cell(z, channel));
      case UINT64 ->
          new LazyCellImg<UnsignedLongType, LongArray>(
              grid, new UnsignedLongType(), z -> cell(z, channel));
    };
  }

  @SuppressWarnings("unchecked") // access() makes the array type of the pixel type
  private <A> Cell<A> cell(long z, int channel) {
    CellPlane plane = planeOf(z, channel);
    int c = channel % shape.channels();
    Cell<?> made = plane.cells.get(c);
    if (made == null) {
      // Of two that are made at once either is right.
      made = new Cell<>(cellDimensions(), new long[] {0, 0, z}, access(plane, c, z));
      plane.cells.set(c, made);
    }
    return (Cell<A>) made;
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    copy(planeOf(z, channel).plane, channel % shape.channels(), z, target);
  }

  private void copy(Plane plane, int channel, long z, float[] target) {
    int wrong = plane.copyTo(channel, target);
    if (wrong >= 0) {
      throw new BadInputException(
          name
              + " has the value "
              + plane.text(channel, wrong)
              + place(wrong, z)
              + ", which cannot be held exactly by a 32-bit float. If these are labels, read them"
              + " as such (convert labels=yes), or number them anew.");
    }
  }

  @Override
  public void readLabels(long z, int channel, long[] target) {
    Plane plane = planeOf(z, channel).plane;
    int wrong = plane.copyTo(channel % shape.channels(), target);
    if (wrong >= 0) {
      throw new BadInputException(
          name
              + " has the value "
              + plane.text(channel % shape.channels(), wrong)
              + place(wrong, z)
              + ": expected a label, a whole number 0 … "
              + largestId(plane.channel(channel % shape.channels()))
              + ". If it is a probability map, give a threshold where there is one, or make labels"
              + " of it with label-objects.");
    }
  }

  private static String largestId(Object array) {
    return array instanceof float[]
        ? "16777216"
        : array instanceof double[] ? "9007199254740992" : "9223372036854775807";
  }

  private String place(int i, long z) {
    return " at x=" + i % width() + ", y=" + i / width() + " of slice z=" + z + " (counted from 0)";
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
