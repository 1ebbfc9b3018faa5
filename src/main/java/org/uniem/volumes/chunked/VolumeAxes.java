package org.uniem.volumes.chunked;

/**
 * Which axis of an array is which axis of a volume; the others have one element.
 *
 * @param x axis of the array
 * @param y axis of the array
 * @param z axis of the array, −1 where it has none
 * @param channel axis of the array, −1 where it has none
 */
public record VolumeAxes(int x, int y, int z, int channel) {

  /** The length of a volume's axis, 1 for a missing one. */
  static long length(long[] shape, int axis) {
    return axis < 0 ? 1 : shape[axis];
  }

  /** The size of a chunk along a volume's axis, 1 for a missing one. */
  static int length(int[] chunk, int axis) {
    return axis < 0 ? 1 : chunk[axis];
  }
}
