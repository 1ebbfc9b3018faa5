package org.uniem.fiji.labkit;

import java.util.function.Consumer;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.cache.img.ReadOnlyCachedCellImgFactory;
import net.imglib2.cache.img.ReadOnlyCachedCellImgOptions;
import net.imglib2.cache.img.optional.CacheOptions.CacheType;
import net.imglib2.img.Img;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.real.FloatType;
import sc.fiji.labkit.ui.models.CachedImageFactory;
import sc.fiji.labkit.ui.segmentation.Segmenter;

/**
 * Keeps predictions in memory, up to a limit: they are made anew every few seconds while a network
 * is trained, which would fill a disk.
 */
final class CellsInMemory implements CachedImageFactory {

  private static final long MOST_BYTES = 256L << 20;

  @Override
  public <T extends NativeType<T>> Img<T> setupCachedImage(
      Segmenter segmenter, Consumer<RandomAccessibleInterval<T>> loader, CellGrid grid, T type) {
    int[] cell = new int[grid.numDimensions()];
    grid.cellDimensions(cell);
    long bytes = type instanceof FloatType ? Float.BYTES : Byte.BYTES;
    for (int d = 0; d < cell.length; d++) {
      cell[d] = (int) Math.min(cell[d], grid.imgDimension(d));
      bytes *= cell[d];
    }
    ReadOnlyCachedCellImgOptions options =
        ReadOnlyCachedCellImgOptions.options()
            .cellDimensions(cell)
            .cacheType(CacheType.BOUNDED)
            .maxCacheSize(Math.max(16, MOST_BYTES / bytes))
            .volatileAccesses(true);
    return new ReadOnlyCachedCellImgFactory(options)
        .create(grid.getImgDimensions(), type, loader::accept);
  }
}
