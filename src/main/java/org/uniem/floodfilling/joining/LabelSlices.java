package org.uniem.floodfilling.joining;

import org.uniem.job.BadInputException;
import org.uniem.volumes.SliceReader;

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
}
