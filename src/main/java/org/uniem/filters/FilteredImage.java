package org.uniem.filters;

import java.util.Arrays;
import net.imglib2.Dimensions;
import net.imglib2.FinalDimensions;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import org.uniem.job.BadInputException;
import org.uniem.volumes.VolumeSizes;

/** An image that takes filtered slices; for one thread. */
final class FilteredImage<R extends RealType<R>> implements FilterPipeline.Sink {

  private final RandomAccessibleInterval<R> image;
  private final double scale;
  private final double least;
  private final double most;

  /**
   * Checks the sizes.
   *
   * @param image receives the values
   * @param source what is filtered
   * @param lengths whether the values are lengths, which are not scaled
   */
  FilteredImage(
      RandomAccessibleInterval<R> image,
      RandomAccessibleInterval<? extends RealType<?>> source,
      boolean lengths) {
    requireFits(source, image);
    this.image = image;
    R type = image.getType();
    this.scale = lengths ? 1 : white(type) / white(source.getType());
    boolean isWhole = type instanceof IntegerType;
    this.least = isWhole ? type.getMinValue() : Double.NEGATIVE_INFINITY;
    this.most = isWhole ? type.getMaxValue() : Double.POSITIVE_INFINITY;
  }

  /** The value of white: the largest of integers, else 1. */
  static double white(RealType<?> type) {
    return type instanceof IntegerType ? type.getMaxValue() : 1;
  }

  /** Width, height and depth, which is 1 for an image with two axes. */
  Dimensions size() {
    long depth = image.numDimensions() == 3 ? image.dimension(2) : 1;
    return new FinalDimensions(image.dimension(0), image.dimension(1), depth);
  }

  @Override
  public void accept(long z, float[] slice) {
    RandomAccess<R> access = image.randomAccess();
    int width = (int) image.dimension(0);
    if (image.numDimensions() == 3) {
      access.setPosition(image.min(2) + z, 2);
    }
    for (int i = 0; i < slice.length; i++) {
      access.setPosition(image.min(0) + i % width, 0);
      access.setPosition(image.min(1) + i / width, 1);
      access.get().setReal(Math.max(least, Math.min(most, slice[i] * scale)));
    }
  }

  private static void requireFits(
      RandomAccessibleInterval<?> source, RandomAccessibleInterval<?> image) {
    long[] size = source.dimensionsAsLongArray();
    VolumeSizes.requireSame("image", source, "filtered image", image);
    if (size.length != 2 && size.length != 3) {
      throw new BadInputException(
          "The image has " + size.length + " axes: expected 2 (x, y) or 3 (x, y, z).");
    }
    if (Arrays.stream(size).anyMatch(length -> length < 1)) {
      throw new BadInputException(
          "The image is empty, its size is "
              + Arrays.toString(size)
              + ": expected at least one voxel.");
    }
  }
}
