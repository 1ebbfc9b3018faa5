package org.uniem.fiji.voxels;

import bdv.cache.SharedQueue;
import bdv.util.volatiles.VolatileViews;
import java.util.ArrayList;
import java.util.List;
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
 * loaded. Each slice is decoded once as long as there is room. Where the whole volume does not fit,
 * there is a coarse level beside the full one (level 1), which fits: a view across all slices is
 * then complete, if coarse.
 */
public final class CachedVoxels {

  private static final int LEAST_SLICES = 4;

  private final List<CachedCellImg<?, ?>> cells = new ArrayList<>();
  private final List<RandomAccessibleInterval<? extends Volatile<? extends RealType<?>>>> lazy =
      new ArrayList<>();
  private final int factor;

  private <T extends NativeType<T> & RealType<T>> CachedVoxels(
      RandomAccessibleInterval<? extends RealType<?>> voxels,
      T type,
      SharedQueue queue,
      long bytes) {
    RandomAccessibleInterval<? extends RealType<?>> full = Views.zeroMin(voxels);
    factor = factor(full, type, bytes);
    addLevel(full, type, queue, factor == 1 ? bytes : bytes / 2);
    if (factor > 1) {
      addLevel(Views.subsample(full, factor, factor, 1), type, queue, bytes / 2);
    }
  }

  /** How much narrower slices must be for all of them to fit into half of the room. */
  private static int factor(RandomAccessibleInterval<?> voxels, NativeType<?> type, long room) {
    double needed = bytes(type);
    for (long size : voxels.dimensionsAsLongArray()) {
      needed *= size;
    }
    if (needed <= room) {
      return 1;
    }
    int factor = 1;
    while (needed > room / 2.0 && factor < Math.min(voxels.dimension(0), voxels.dimension(1))) {
      factor *= 2;
      needed /= 4;
    }
    return factor;
  }

  private static int bytes(NativeType<?> type) {
    return ((RealType<?>) type).getBitsPerPixel() / Byte.SIZE;
  }

  private <T extends NativeType<T> & RealType<T>> void addLevel(
      RandomAccessibleInterval<? extends RealType<?>> voxels,
      T type,
      SharedQueue queue,
      long bytes) {
    int width = Math.toIntExact(voxels.dimension(0));
    int height = Math.toIntExact(voxels.dimension(1));
    long slices = Math.max(LEAST_SLICES, bytes / ((long) width * height * bytes(type)));
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
                cell -> copy(Views.interval(voxels, cell), cell));
    cells.add(img);
    lazy.add(VolatileViews.wrapAsVolatile(img, queue));
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

  /** Number of levels: 1, or 2 where the volume does not fit. */
  public int levels() {
    return cells.size();
  }

  /** Every how many pixels a level has one, along x and y. */
  public int factor(int level) {
    return level == 0 ? 1 : factor;
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
  public RandomAccessibleInterval<VolatileUnsignedLongType> lazyIds(int level) {
    return Converters.convert(
        lazy.get(level),
        (in, out) -> {
          out.setValid(in.isValid());
          if (in.isValid()) {
            out.get().set(idOf(in.get()));
          }
        },
        new VolatileUnsignedLongType());
  }

  /** The same ids, for readers that wait. */
  public RandomAccessibleInterval<UnsignedLongType> ids(int level) {
    return Converters.convert(reals(level), (in, out) -> out.set(idOf(in)), new UnsignedLongType());
  }

  /** The values, those not loaded yet marked as invalid. */
  public RandomAccessibleInterval<VolatileFloatType> lazyValues(int level) {
    return Converters.convert(
        lazy.get(level),
        (in, out) -> {
          out.setValid(in.isValid());
          if (in.isValid()) {
            out.get().set(in.get().getRealFloat());
          }
        },
        new VolatileFloatType());
  }

  /** The same values, for readers that wait. */
  public RandomAccessibleInterval<FloatType> values(int level) {
    return Converters.convert(
        reals(level), (in, out) -> out.set(in.getRealFloat()), new FloatType());
  }

  @SuppressWarnings("unchecked") // of() makes cells of real types alone
  private RandomAccessibleInterval<? extends RealType<?>> reals(int level) {
    return (RandomAccessibleInterval<? extends RealType<?>>)
        (RandomAccessibleInterval<?>) cells.get(level);
  }

  /** The id that a voxel stands for. */
  public static long idOf(RealType<?> value) {
    return value instanceof IntegerType<?> whole
        ? whole.getIntegerLong()
        : (long) value.getRealDouble();
  }

  /** Forgets all slices, so that they are loaded anew. */
  public void clear() {
    cells.forEach(level -> level.getCache().invalidateAll());
  }
}
