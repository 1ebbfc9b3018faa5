package org.uniem.volumes.omezarr;

import java.util.ArrayList;
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
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.omezarr.arrays.ElementType;

/** One resolution of an OME-Zarr image, whose chunks are decoded when first needed. */
final class OmeZarrVolume implements Volume {

  private final String name;
  private final VoxelSize voxelSize;
  private final ChunkCells cells;
  private final boolean labels;
  private final Optional<LabelKey> labelKey;
  private final List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();

  /**
   * @param name for people
   * @param level what is read
   * @param geometry its axes
   * @param labels whether the file says that they are labels
   * @param labelKey what painted labels mean
   * @param cacheBytes how many bytes of decoded chunks to keep at most
   */
  OmeZarrVolume(
      String name,
      Level level,
      Geometry geometry,
      boolean labels,
      Optional<LabelKey> labelKey,
      long cacheBytes) {
    this.name = name;
    this.labels = labels;
    this.labelKey = labelKey;
    voxelSize = geometry.voxelSize(level);
    cells = new ChunkCells(level.array(), geometry, cacheBytes);
    int count = (int) Geometry.length(level.array().shape(), geometry.channel());
    for (int c = 0; c < count; c++) {
      channels.add(image(c));
    }
  }

  private RandomAccessibleInterval<? extends RealType<?>> image(int c) {
    return switch (cells.type()) {
      case UINT8 ->
          new LazyCellImg<UnsignedByteType, ByteArray>(
              cells.grid(), new UnsignedByteType(), i -> cells.cell(i, c));
      case UINT16 ->
          new LazyCellImg<UnsignedShortType, ShortArray>(
              cells.grid(), new UnsignedShortType(), i -> cells.cell(i, c));
      case UINT32 ->
          new LazyCellImg<UnsignedIntType, IntArray>(
              cells.grid(), new UnsignedIntType(), i -> cells.cell(i, c));
      case UINT64 ->
          new LazyCellImg<UnsignedLongType, LongArray>(
              cells.grid(), new UnsignedLongType(), i -> cells.cell(i, c));
      case FLOAT32 ->
          new LazyCellImg<FloatType, FloatArray>(
              cells.grid(), new FloatType(), i -> cells.cell(i, c));
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long width() {
    return cells.grid().imgDimension(0);
  }

  @Override
  public long height() {
    return cells.grid().imgDimension(1);
  }

  @Override
  public long depth() {
    return cells.grid().imgDimension(2);
  }

  @Override
  public int channels() {
    return channels.size();
  }

  @Override
  public PixelType pixelType() {
    return cells.type();
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
    Object pixels = ElementType.newPixels(pixelType(), Math.toIntExact(width() * height()));
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
    cells.clear();
  }
}
