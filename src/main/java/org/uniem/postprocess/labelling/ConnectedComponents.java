package org.uniem.postprocess.labelling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import net.imglib2.FinalDimensions;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.volumes.SliceReader;

/**
 * Turns a probability map into instance labels: threshold, connected components, size filter,
 * sequential ids.
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
    requireSameSize(image, labels);
    long depth = image.numDimensions() == 3 ? image.dimension(2) : 1;
    StackObjects objects =
        StackObjects.find(
            slices,
            new FinalDimensions(image.dimension(0), image.dimension(1), depth),
            options,
            job);
    L type = labels.getType();
    if (type.getMaxValue() < objects.count()) {
      throw new BadParameterException(
          objects.count()
              + " objects were found, but the label type "
              + type.getClass().getSimpleName()
              + " holds ids up to "
              + (long) type.getMaxValue()
              + ": choose a larger label type, or raise minVoxels.");
    }
    boolean shared =
        type instanceof NativeType<?> packed && packed.getEntitiesPerPixel().getRatio() < 1;
    int portion = shared ? Integer.MAX_VALUE : objects.slicesPerTask();
    objects.visitLabelled(
        (z, runs, ids) -> {
          List<Callable<Void>> tasks = new ArrayList<>();
          for (long begin = 0; begin < ids.size(); begin += portion) {
            int from = (int) begin;
            int to = (int) Math.min(begin + portion, ids.size());
            tasks.add(
                () -> {
                  RandomAccess<L> access = labels.randomAccess();
                  for (int i = from; i < to; i++) {
                    paint(runs.get(i), ids.get(i), z + i, labels, access, job);
                  }
                  return null;
                });
          }
          job.runAll(tasks);
        },
        job);
    return objects;
  }

  private static <L extends IntegerType<L>> void paint(
      ForegroundRuns runs,
      int[] ids,
      long z,
      RandomAccessibleInterval<L> labels,
      RandomAccess<L> access,
      Job job) {
    long minX = labels.min(0);
    long width = labels.dimension(0);
    for (int y = 0; y < runs.height(); y++) {
      job.checkCancelled();
      labels.min(access);
      access.move(y, 1);
      if (labels.numDimensions() == 3) {
        access.move(z, 2);
      }
      long x = 0;
      for (int run = runs.rowStart(y); run < runs.rowStart(y + 1); run++) {
        x = fill(access, minX, 0, x, runs.first(run));
        x = fill(access, minX, ids[run], x, runs.last(run) + 1L);
      }
      fill(access, minX, 0, x, width);
    }
  }

  /** Writes from x up to, not including, an end, both from the left edge; returns the end. */
  private static <L extends IntegerType<L>> long fill(
      RandomAccess<L> access, long minX, int id, long x, long end) {
    if (x < end) {
      access.setPosition(minX + x, 0);
      access.get().setInteger(id);
      // Never a step past the row: some images would load a block there.
      for (long i = x + 1; i < end; i++) {
        access.fwd(0);
        access.get().setInteger(id);
      }
    }
    return end;
  }

  private static void requireSameSize(
      RandomAccessibleInterval<?> image, RandomAccessibleInterval<?> labels) {
    if (!Arrays.equals(image.dimensionsAsLongArray(), labels.dimensionsAsLongArray())) {
      throw new BadInputException(
          "The label image has size "
              + Arrays.toString(labels.dimensionsAsLongArray())
              + ", expected that of the probabilities: "
              + Arrays.toString(image.dimensionsAsLongArray())
              + ".");
    }
  }
}
