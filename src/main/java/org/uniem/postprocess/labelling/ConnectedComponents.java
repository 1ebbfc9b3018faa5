package org.uniem.postprocess.labelling;

import net.imglib2.FinalDimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.VolumeSizes;

/**
 * Turns a probability map, or labels in several pieces, into instance labels: threshold, connected
 * components, filters, sequential ids.
 *
 * <p>For stacks beyond memory see {@link StackObjects}, which this uses; the labels are the same.
 */
public final class ConnectedComponents {

  private ConnectedComponents() {}

  /**
   * Labels the objects of an image.
   *
   * @param image probabilities, axes x, y or x, y, z; may start anywhere; values are compared as
   *     32-bit floats; read twice, several slices at a time
   * @param labels receives ids 1, 2, … in scan order of each object's first voxel and 0 elsewhere;
   *     same size as the image, may start elsewhere; every voxel is written, several slices at a
   *     time except for types that share bytes between voxels. Left incomplete on failure or
   *     cancel. Must not overlap the image.
   * @param options threshold, connectivity and size filter; connectivity 6, 18 and 26 act as 4, 8
   *     and 8 on a 2D image
   * @param job progress, cancel and threads, none of which changes the labels
   * @return number and sizes of the objects
   * @throws BadInputException if a value is NaN or the sizes differ
   * @throws BadParameterException if the label type cannot hold the largest id; nothing is written
   */
  public static <T extends RealType<T>, L extends IntegerType<L>> StackObjects label(
      RandomAccessibleInterval<T> image,
      RandomAccessibleInterval<L> labels,
      LabellingOptions options,
      Job job) {
    SliceReader slices = SliceReader.of(image);
    VolumeSizes.requireSame("image", image, "labels", labels);
    StackObjects objects = StackObjects.find(slices, xyz(image), options, job);
    write(objects, labels, job);
    return objects;
  }

  /**
   * Labels the connected pieces of the labels of an image.
   *
   * @param image labels, axes x, y or x, y, z, 0 = background; may start anywhere; read twice,
   *     several slices at a time
   * @param labels receives the pieces, otherwise as for {@link #label}
   * @param options connectivity, filters and holes
   * @param job progress, cancel and threads, none of which changes the labels
   * @return number and sizes of the pieces
   * @throws BadInputException if the sizes differ
   * @throws BadParameterException if the label type cannot hold the largest id; nothing is written
   */
  public static <K extends IntegerType<K>, L extends IntegerType<L>> StackObjects labelPieces(
      RandomAccessibleInterval<K> image,
      RandomAccessibleInterval<L> labels,
      LabellingOptions options,
      Job job) {
    VolumeSizes.requireSame("image", image, "labels", labels);
    StackObjects objects = StackObjects.findPieces(image, options, job);
    write(objects, labels, job);
    return objects;
  }

  static FinalDimensions xyz(RandomAccessibleInterval<?> image) {
    long depth = image.numDimensions() == 3 ? image.dimension(2) : 1;
    return new FinalDimensions(image.dimension(0), image.dimension(1), depth);
  }

  private static <L extends IntegerType<L>> void write(
      StackObjects objects, RandomAccessibleInterval<L> labels, Job job) {
    L type = labels.getType();
    requireFits(objects.count(), type);
    objects.write(labels, !sharesBytes(type), job);
  }

  /** Whether writing a voxel may touch the bytes of its neighbours. */
  static boolean sharesBytes(Object type) {
    return type instanceof NativeType<?> packed && packed.getEntitiesPerPixel().getRatio() < 1;
  }

  /** Checks that a label type holds ids up to a number. */
  static void requireFits(long count, IntegerType<?> type) {
    if (type.getMaxValue() < count) {
      throw new BadParameterException(
          count
              + " objects were found, but the label type "
              + type.getClass().getSimpleName()
              + " holds ids up to "
              + (long) type.getMaxValue()
              + ": choose a larger label type, or raise minVoxels.");
    }
  }
}
