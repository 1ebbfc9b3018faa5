package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.util.List;

/**
 * Which image of a file is which slice and channel.
 *
 * @param depth number of slices
 * @param planesPerSlice images per slice, each of another channel
 * @param images the number of the image of slice z and channel c at {@code z * planesPerSlice + c}
 * @param timesAsSlices whether the slices are noted as points in time
 */
record StackLayout(int depth, int planesPerSlice, int[] images, boolean timesAsSlices) {

  /**
   * An axis beside x and y.
   *
   * @param letter Z, C or T; others may have length 1 only
   * @param length images along it
   */
  record Axis(char letter, long length) {}

  /** All images are slices. */
  static StackLayout ofSlices(int count) {
    int[] images = new int[count];
    for (int z = 0; z < count; z++) {
      images[z] = z;
    }
    return new StackLayout(count, 1, images, false);
  }

  /**
   * Images in the order of axes.
   *
   * @param axes the one along which images follow each other first
   * @throws IOException if there are several time points of several slices, or an axis is not known
   */
  static StackLayout of(List<Axis> axes) throws IOException {
    long slices = length(axes, 'Z');
    long times = length(axes, 'T');
    for (Axis axis : axes) {
      if (axis.length > 1 && "ZCT".indexOf(axis.letter) < 0) {
        throw new IOException(
            "it has "
                + axis.length
                + " images along an axis "
                + axis.letter
                + ": expected slices (Z) and channels (C). Save one of them as a stack of its own");
      }
    }
    requireOneTime(slices, times);
    boolean timesAsSlices = times > 1;
    char deep = timesAsSlices ? 'T' : 'Z';
    int depth = (int) (timesAsSlices ? times : slices);
    int channels = (int) length(axes, 'C');
    int[] images = new int[Math.multiplyExact(depth, channels)];
    int alongZ = Math.toIntExact(step(axes, deep));
    int alongC = Math.toIntExact(step(axes, 'C'));
    for (int z = 0; z < depth; z++) {
      for (int c = 0; c < channels; c++) {
        images[z * channels + c] = z * alongZ + c * alongC;
      }
    }
    return new StackLayout(depth, channels, images, timesAsSlices);
  }

  /** Slices are often saved as time points by mistake; both together are a time series. */
  static void requireOneTime(long slices, long times) throws IOException {
    if (slices > 1 && times > 1) {
      throw new IOException(
          "it is a time series of "
              + times
              + " stacks: expected one. Split it in Fiji (Image > Hyperstacks > Reduce"
              + " Dimensionality)");
    }
  }

  private static long length(List<Axis> axes, char letter) {
    return axes.stream()
        .filter(axis -> axis.letter == letter)
        .mapToLong(Axis::length)
        .reduce(1, Math::multiplyExact);
  }

  private static long step(List<Axis> axes, char letter) {
    long step = 1;
    for (Axis axis : axes) {
      if (axis.letter == letter) {
        return step;
      }
      step *= axis.length;
    }
    return 0;
  }

  /** Images that the axes number; the largest number where there are more. */
  static long count(List<Axis> axes) {
    try {
      return axes.stream().mapToLong(Axis::length).reduce(1, Math::multiplyExact);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
