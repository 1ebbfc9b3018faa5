package org.uniem.filters;

/**
 * A slice and its neighbours. Immutable; does not copy the slices.
 *
 * @param width in pixels
 * @param height in pixels
 * @param slices from the lowest to the highest, an odd number; the middle one is filtered
 */
public record SliceWindow(int width, int height, float[][] slices) {

  /** The slice to filter. */
  public float[] middle() {
    return slices[slices.length / 2];
  }

  /** Slices above the middle one. */
  public int reach() {
    return slices.length / 2;
  }

  /** A position beyond either end of an axis, mirrored with the outermost repeated. */
  static int mirrored(int at, int size) {
    int period = 2 * size;
    int folded = Math.floorMod(at, period);
    return folded < size ? folded : period - 1 - folded;
  }
}
