package org.uniem.volumes;

import java.util.Arrays;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;

/**
 * Gives the slices of a labelled stack one by one, each as often as wanted and in any order.
 * Thread-safe.
 */
@FunctionalInterface
public interface LabelSlices {

  /**
   * Copies one slice.
   *
   * @param z slice, from 0
   * @param target receives width × height labels, x fastest; 0 is none
   */
  void read(long z, long[] target);

  /**
   * The labels of one channel of a volume, exact: ids 0 … 2⁶³−1 where its pixels hold them. Reading
   * throws a {@link BadInputException} where a value is none, saying where.
   *
   * @param volume stays open as long as the slices are used
   * @param channel 0 … channels−1
   */
  static LabelSlices of(Volume volume, int channel) {
    return upTo(Long.MAX_VALUE, volume, channel);
  }

  /**
   * As {@link #of(Volume, int)}, for what holds ids up to a smaller one.
   *
   * @param largest 0 … 2⁶³−1; reading a larger id throws a {@link BadInputException} that says how
   *     to number objects anew
   * @param volume stays open as long as the slices are used
   * @param channel 0 … channels−1
   */
  static LabelSlices upTo(long largest, Volume volume, int channel) {
    return (z, target) -> {
      volume.readLabels(z, channel, target);
      for (int i = 0; i < target.length; i++) {
        // Ids of 2⁶³ and more are negative.
        if (target[i] < 0 || target[i] > largest) {
          throw new BadInputException(
              volume.name()
                  + " has the label "
                  + Long.toUnsignedString(target[i])
                  + place(i, volume.width(), z)
                  + ": expected ids 0 … "
                  + largest
                  + ". Number the objects anew first, with label-objects mode=renumber.");
        }
      }
    };
  }

  private static String place(int i, long width, long z) {
    return " at x=" + i % width + ", y=" + i / width + " of slice z=" + z + " (counted from 0)";
  }

  /**
   * The labels of a grey stack.
   *
   * @param slices values are whole numbers 0 … 2²⁴, those that are exact in a float
   * @param width of a slice
   * @param name for messages, for example "The first segmentation"
   */
  static LabelSlices of(SliceReader slices, long width, String name) {
    return (z, target) -> {
      float[] values = new float[target.length];
      slices.read(z, values);
      for (int i = 0; i < values.length; i++) {
        float value = values[i];
        if (!(value >= 0 && value <= 1 << 24) || value != Math.rint(value)) {
          throw new BadInputException(
              name
                  + " has the value "
                  + value
                  + place(i, width, z)
                  + ": expected a label, a whole number 0 … 16777216. If it is a probability map,"
                  + " give a threshold where there is one, or make labels of it with"
                  + " label-objects.");
        }
        target[i] = (long) value;
      }
    };
  }

  /**
   * The slices of a label image x, y or x, y, z; slice 0 is the one at its smallest z.
   *
   * @param labels any 64-bit ids; may start anywhere; read by several threads
   * @throws BadInputException if the image has neither two nor three axes
   */
  static <L extends IntegerType<L>> LabelSlices of(RandomAccessibleInterval<L> labels) {
    int axes = labels.numDimensions();
    if (axes != 2 && axes != 3) {
      throw new BadInputException(
          "The label image has " + axes + " axes: expected 2 (x, y) or 3 (x, y, z).");
    }
    long[] smallest = labels.minAsLongArray();
    long[] largest = labels.maxAsLongArray();
    return (z, target) -> {
      long[] min = Arrays.copyOf(smallest, axes);
      long[] max = Arrays.copyOf(largest, axes);
      if (axes == 3) {
        min[2] += z;
        max[2] = min[2];
      }
      LabelCopy.copy(labels, new FinalInterval(min, max), target);
    };
  }

  /**
   * Copies slices to a label image.
   *
   * @param slices of the size of the image
   * @param labels receives the ids, axes x, y or x, y, z; may start anywhere; slice 0 goes to its
   *     smallest z. Left incomplete on failure or cancel.
   * @param job progress and cancel
   * @throws BadInputException if the image has neither two nor three axes
   * @throws BadParameterException if the label type cannot hold an id
   */
  static <L extends IntegerType<L>> void copy(
      LabelSlices slices, RandomAccessibleInterval<L> labels, Job job) {
    LabelImage.copy(slices, labels, job);
  }
}
