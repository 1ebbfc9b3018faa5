package org.uniem.volumes;

import java.util.Arrays;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.converter.Converters;
import net.imglib2.converter.RealFloatConverter;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.job.BadInputException;

/**
 * Gives the slices of a grey stack one by one, so that algorithms need not hold the stack.
 *
 * <p>Thread-safe: algorithms read several slices at a time, in any order, and some more than once;
 * a slice has the same values each time.
 */
@FunctionalInterface
public interface SliceReader {

  /**
   * Copies one slice.
   *
   * @param z slice, from 0
   * @param target receives width × height values, x fastest
   */
  void read(long z, float[] target);

  /**
   * The slices of one channel of a volume.
   *
   * @param volume stays open as long as the reader is used
   * @param channel 0 … channels−1
   */
  static SliceReader of(Volume volume, int channel) {
    return (z, target) -> volume.readSlice(z, channel, target);
  }

  /**
   * The slices of an image x, y or x, y, z; slice 0 is the one at its smallest z. Values are
   * rounded to the nearest float.
   *
   * @param image may start anywhere
   * @throws BadInputException if the image has neither two nor three axes
   */
  static <T extends RealType<T>> SliceReader of(RandomAccessibleInterval<T> image) {
    int axes = image.numDimensions();
    if (axes != 2 && axes != 3) {
      throw new BadInputException(
          "The image has " + axes + " axes: expected 2 (x, y) or 3 (x, y, z).");
    }
    PrimitiveBlocks<FloatType> blocks =
        PrimitiveBlocks.of(
                Converters.convert(image, new RealFloatConverter<T>(), new FloatType()),
                PrimitiveBlocks.OnFallback.ACCEPT)
            .threadSafe();
    long[] smallest = image.minAsLongArray();
    long[] largest = image.maxAsLongArray();
    return (z, target) -> {
      long[] min = Arrays.copyOf(smallest, axes);
      long[] max = Arrays.copyOf(largest, axes);
      if (axes == 3) {
        min[2] += z;
        max[2] = min[2];
      }
      blocks.copy(new FinalInterval(min, max), target);
    };
  }
}
