package org.uniem.networks;

/** Reflection at the ends of an axis, the end itself not repeated: … 2 1 0 1 2 … */
public final class Mirror {

  private Mirror() {}

  /**
   * The position inside 0 … size−1 that stands for any position.
   *
   * @param position any position, also many sizes outside
   * @param size 1 or more
   */
  public static long index(long position, long size) {
    if (size == 1) {
      return 0;
    }
    long period = 2 * (size - 1);
    long folded = Math.floorMod(position, period);
    return folded < size ? folded : period - folded;
  }

  /**
   * The same for whole numbers of 32 bits.
   *
   * @param position any position
   * @param size 1 or more
   */
  public static int index(int position, int size) {
    return (int) index((long) position, (long) size);
  }
}
