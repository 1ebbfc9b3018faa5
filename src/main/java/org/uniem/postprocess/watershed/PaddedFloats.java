package org.uniem.postprocess.watershed;

import java.util.Arrays;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.volumes.SliceReader;

/** An image of floats with a margin of −∞, so that neighbours need no checks. */
final class PaddedFloats {

  private final int width;
  private final int height;
  private final int depth;
  private final int rowStep;
  private final int sliceStep;
  private final int marginZ;
  private final float[] values;

  private PaddedFloats(PaddedFloats like) {
    width = like.width;
    height = like.height;
    depth = like.depth;
    rowStep = like.rowStep;
    sliceStep = like.sliceStep;
    marginZ = like.marginZ;
    values = new float[like.values.length];
  }

  private PaddedFloats(int width, int height, int depth, Connectivity connectivity) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    marginZ = connectivity.is3D() ? 1 : 0;
    long voxels = (width + 2L) * (height + 2L) * (depth + 2L * marginZ);
    if (voxels > Integer.MAX_VALUE - 8) {
      throw new ResourceException(
          "The image has "
              + voxels
              + " voxels with its margin, but an array holds at most 2147483639: find seeds in"
              + " parts of it.");
    }
    rowStep = width + 2;
    sliceStep = rowStep * (height + 2);
    values = new float[(int) voxels];
    Arrays.fill(values, Float.NEGATIVE_INFINITY);
  }

  /**
   * Copies an image.
   *
   * @param image axes x, y or x, y, z
   */
  static <T extends RealType<T>> PaddedFloats copy(
      RandomAccessibleInterval<T> image, Connectivity connectivity, Job job) {
    int depth = image.numDimensions() == 3 ? (int) image.dimension(2) : 1;
    PaddedFloats copy =
        new PaddedFloats((int) image.dimension(0), (int) image.dimension(1), depth, connectivity);
    SliceReader slices = SliceReader.of(image);
    float[] slice = new float[copy.width * copy.height];
    for (int z = 0; z < depth; z++) {
      job.checkCancelled();
      slices.read(z, slice);
      for (int y = 0; y < copy.height; y++) {
        System.arraycopy(slice, y * copy.width, copy.values, copy.index(0, y, z), copy.width);
      }
      copy.requireNumbers(z, slice);
    }
    return copy;
  }

  private void requireNumbers(int z, float[] slice) {
    for (int i = 0; i < slice.length; i++) {
      if (Float.isNaN(slice[i])) {
        throw new BadInputException(
            "The pixel at x="
                + i % width
                + ", y="
                + i / width
                + " of slice z="
                + z
                + " (counted from 0) is not a number (NaN): expected a height. Replace such"
                + " pixels.");
      }
    }
  }

  /** A copy with all values lowered. */
  PaddedFloats lowered(float by) {
    PaddedFloats copy = new PaddedFloats(this);
    for (int i = 0; i < values.length; i++) {
      copy.values[i] = values[i] - by;
    }
    return copy;
  }

  /** Index distances of a voxel's neighbours, in ascending order. */
  int[] steps(Connectivity connectivity) {
    return connectivity.offsets().stream()
        .mapToInt(offset -> offset[0] + offset[1] * rowStep + offset[2] * sliceStep)
        .toArray();
  }

  int index(int x, int y, int z) {
    return (z + marginZ) * sliceStep + (y + 1) * rowStep + x + 1;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int depth() {
    return depth;
  }

  /** The values with the margin. */
  float[] values() {
    return values;
  }
}
