package org.uniem.postprocess.watershed;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.postprocess.indices.IntList;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.labelling.RunPainter;
import org.uniem.volumes.VolumeSizes;

/**
 * Extended maxima: peaks that stand out by more than h from every pass to a higher one, each with
 * an id.
 *
 * <p>The image lowered by h is reconstructed under the image; the regional maxima of that are the
 * peaks (Soille 2003, Morphological Image Analysis, 6.3.3). Values and their differences are 32-bit
 * floats.
 *
 * <p>Takes 12 bytes per voxel.
 */
public final class HMaxima {

  private static final int SEEN = -1;

  private static final int VOXELS_PER_CHECK = 1 << 16;

  private HMaxima() {}

  /**
   * Finds peaks.
   *
   * @param image axes x, y or x, y, z; may start anywhere; −∞ where there is nothing
   * @param h 0 or more, in the units of the values; 0 finds all regional maxima
   * @param connectivity which voxels are neighbours; 4 and 8 take every slice on its own
   * @param seeds receives 1, 2, … in scan order of the first voxels of the peaks, 0 elsewhere; same
   *     size as the image, may start elsewhere
   * @param job progress and cancel
   * @return number of peaks
   * @throws BadInputException if the sizes differ or a value is NaN
   * @throws BadParameterException if h is negative or no number, or the seeds' type holds too few
   *     ids
   */
  public static <T extends RealType<T>, L extends IntegerType<L>> long find(
      RandomAccessibleInterval<T> image,
      double h,
      Connectivity connectivity,
      RandomAccessibleInterval<L> seeds,
      Job job) {
    if (!(h >= 0) || Double.isInfinite(h)) {
      throw new BadParameterException("h=" + h + " is not possible: give 0 or more.");
    }
    VolumeSizes.requireSame("image", image, "seeds", seeds);
    FloodInput.xyz(image, "image");
    PaddedFloats heights = PaddedFloats.copy(image, connectivity, job);
    int[] steps = heights.steps(connectivity);
    PaddedFloats peaks = heights;
    if (h > 0) {
      peaks = heights.lowered((float) h);
      Reconstruction.byDilation(peaks, heights, steps, job);
    }
    int[] found = new int[peaks.values().length];
    int count = regionalMaxima(peaks, steps, found, job);
    if (seeds.getType().getMaxValue() < count) {
      throw new BadParameterException(
          count
              + " peaks were found, but the type of the seeds, "
              + seeds.getType().getClass().getSimpleName()
              + ", holds ids up to "
              + (long) seeds.getType().getMaxValue()
              + ": choose a larger type, or raise h.");
    }
    write(peaks, found, seeds, job);
    return count;
  }

  /** Numbers plateaus without a higher neighbour in scan order. */
  private static int regionalMaxima(PaddedFloats peaks, int[] steps, int[] found, Job job) {
    float[] values = peaks.values();
    IntList plateau = new IntList(1024);
    int count = 0;
    for (int z = 0; z < peaks.depth(); z++) {
      job.checkCancelled();
      for (int y = 0; y < peaks.height(); y++) {
        int begin = peaks.index(0, y, z);
        for (int voxel = begin; voxel < begin + peaks.width(); voxel++) {
          boolean nothing = values[voxel] == Float.NEGATIVE_INFINITY;
          if (!nothing
              && found[voxel] == 0
              && isMaximum(values, steps, found, voxel, plateau, job)) {
            count++;
            for (int i = 0; i < plateau.size(); i++) {
              if (i % VOXELS_PER_CHECK == VOXELS_PER_CHECK - 1) {
                job.checkCancelled();
              }
              found[plateau.get(i)] = count;
            }
          }
        }
      }
    }
    return count;
  }

  private static boolean isMaximum(
      float[] values, int[] steps, int[] found, int start, IntList plateau, Job job) {
    plateau.clear();
    plateau.add(start);
    found[start] = SEEN;
    boolean maximum = true;
    for (int i = 0; i < plateau.size(); i++) {
      int voxel = plateau.get(i);
      for (int step : steps) {
        int neighbour = voxel + step;
        if (values[neighbour] > values[start]) {
          maximum = false;
        } else if (values[neighbour] == values[start] && found[neighbour] == 0) {
          found[neighbour] = SEEN;
          plateau.add(neighbour);
        }
      }
    }
    return maximum;
  }

  private static <L extends IntegerType<L>> void write(
      PaddedFloats shape, int[] found, RandomAccessibleInterval<L> seeds, Job job) {
    RunPainter painter = RunPainter.on(seeds);
    for (int z = 0; z < shape.depth(); z++) {
      job.checkCancelled();
      for (int y = 0; y < shape.height(); y++) {
        painter.startRow(y, z);
        int begin = shape.index(0, y, z);
        for (int x = 0; x < shape.width(); x++) {
          painter.fill(x, x + 1, Math.max(0, found[begin + x]));
        }
      }
    }
  }
}
