package org.uniem.fiji.voxels;

import bdv.cache.SharedQueue;
import bdv.util.volatiles.VolatileViews;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.Volatile;
import net.imglib2.cache.img.CachedCellImg;
import net.imglib2.cache.img.ReadOnlyCachedCellImgFactory;
import net.imglib2.cache.img.ReadOnlyCachedCellImgOptions;
import net.imglib2.cache.img.optional.CacheOptions.CacheType;
import net.imglib2.converter.Converters;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.type.volatiles.VolatileFloatType;
import net.imglib2.type.volatiles.VolatileUnsignedLongType;
import net.imglib2.view.Views;

/**
 * The voxels of a layer, loaded slice by slice in the background and kept up to a limit.
 *
 * <p>Painting never waits for a slice: it shows nothing there and paints anew when the slice is
 * loaded. Each slice is decoded once as long as there is room.
 */
public final class CachedVoxels {

  private static final int LEAST_SLICES = 4;

  private final CachedCellImg<?, ?> cells;
  private final RandomAccessibleInterval<? extends Volatile<? extends RealType<?>>> lazy;

  private <T extends NativeType<T> & RealType<T>> CachedVoxels(
      RandomAccessibleInterval<? extends RealType<?>> voxels,
      T type,
      SharedQueue queue,
      long bytes) {
    int width = Math.toIntExact(voxels.dimension(0));
    int height = Math.toIntExact(voxels.dimension(1));
    long sliceBytes = (long) width * height * type.getBitsPerPixel() / 8;
    long slices = Math.max(LEAST_SLICES, bytes / sliceBytes);
    CachedCellImg<T, ?> img =
        new ReadOnlyCachedCellImgFactory(
                ReadOnlyCachedCellImgOptions.options()
                    .cellDimensions(width, height, 1)
                    .cacheType(CacheType.BOUNDED)
                    .maxCacheSize(Math.min(slices, voxels.dimension(2)))
                    .volatileAccesses(true))
            .create(
                voxels.dimensionsAsLongArray(),
                type,
                cell -> copy(Views.interval(Views.zeroMin(voxels), cell), cell));
    cells = img;
    lazy = VolatileViews.wrapAsVolatile(img, queue);
  }

  /**
   * @param voxels read from several threads
   * @param queue loads slices
   * @param bytes how many bytes of slices to keep
   */
  public static CachedVoxels of(
      RandomAccessibleInterval<? extends RealType<?>> voxels, SharedQueue queue, long bytes) {
    RealType<?> type = voxels.getType();
    if (type instanceof UnsignedByteType) {
      return new CachedVoxels(voxels, new UnsignedByteType(), queue, bytes);
    }
    if (type instanceof UnsignedShortType) {
      return new CachedVoxels(voxels, new UnsignedShortType(), queue, bytes);
    }
    if (type instanceof IntegerType) {
      return new CachedVoxels(voxels, new UnsignedLongType(), queue, bytes);
    }
    return new CachedVoxels(voxels, new FloatType(), queue, bytes);
  }

  private static <T extends RealType<T>> void copy(
      RandomAccessibleInterval<? extends RealType<?>> from, RandomAccessibleInterval<T> to) {
    Cursor<? extends RealType<?>> source = Views.flatIterable(from).cursor();
    Cursor<T> target = Views.flatIterable(to).cursor();
    boolean whole = to.getType() instanceof UnsignedLongType;
    while (target.hasNext()) {
      if (whole) {
        ((UnsignedLongType) (Object) target.next())
            .set(((IntegerType<?>) source.next()).getIntegerLong());
      } else {
        target.next().setReal(source.next().getRealDouble());
      }
    }
  }

  /** The ids of labels, those not loaded yet marked as invalid. */
  public RandomAccessibleInterval<VolatileUnsignedLongType> lazyIds() {
    return Converters.convert(
        lazy,
        (in, out) -> {
          out.setValid(in.isValid());
          if (in.isValid()) {
            out.get().set(idOf(in.get()));
          }
        },
        new VolatileUnsignedLongType());
  }

  /** The same ids, for readers that wait. */
  public RandomAccessibleInterval<UnsignedLongType> ids() {
    return Converters.convert(reals(), (in, out) -> out.set(idOf(in)), new UnsignedLongType());
  }

  /** The values, those not loaded yet marked as invalid. */
  public RandomAccessibleInterval<VolatileFloatType> lazyValues() {
    return Converters.convert(
        lazy,
        (in, out) -> {
          out.setValid(in.isValid());
          if (in.isValid()) {
            out.get().set(in.get().getRealFloat());
          }
        },
        new VolatileFloatType());
  }

  /** The same values, for readers that wait. */
  public RandomAccessibleInterval<FloatType> values() {
    return Converters.convert(reals(), (in, out) -> out.set(in.getRealFloat()), new FloatType());
  }

  @SuppressWarnings("unchecked") // of() makes cells of real types alone
  private RandomAccessibleInterval<? extends RealType<?>> reals() {
    return (RandomAccessibleInterval<? extends RealType<?>>) (RandomAccessibleInterval<?>) cells;
  }

  /** The id that a voxel stands for. */
  public static long idOf(RealType<?> value) {
    return value instanceof IntegerType<?> whole
        ? whole.getIntegerLong()
        : (long) value.getRealDouble();
  }

  /** Forgets all slices, so that they are loaded anew. */
  public void clear() {
    cells.getCache().invalidateAll();
  }
}
