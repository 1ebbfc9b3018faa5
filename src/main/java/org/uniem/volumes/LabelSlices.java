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
   * The labels of one channel of a volume, exact to the last of 64 bits.
   *
   * @param volume stays open as long as the slices are used
   * @param channel 0 … channels−1
   */
  static LabelSlices of(Volume volume, int channel) {
    return (z, target) -> volume.readLabels(z, channel, target);
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
                  + " at x="
                  + i % width
                  + ", y="
                  + i / width
                  + " of slice z="
                  + z
                  + " (counted from 0): expected a label, a whole number 0 … 16777216.");
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
