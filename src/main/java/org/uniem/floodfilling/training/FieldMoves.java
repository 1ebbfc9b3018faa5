package org.uniem.floodfilling.training;

/**
 * Where the field of view goes within one example. Not thread-safe.
 *
 * <p>Offsets x, y, z are those of its centre from the centre of the example, in voxels.
 */
public interface FieldMoves {

  /** What tells the network to go on from a voxel is its logit in the mask grown so far. */
  @FunctionalInterface
  interface Mask {
    /** The logit at an offset from the centre of the example. */
    float at(int x, int y, int z);
  }

  /**
   * The next place to look at.
   *
   * @param mask the mask grown so far
   * @return x, y, z, or an empty array when the example is done
   */
  int[] next(Mask mask);

  /**
   * Takes note of what the network made of a place.
   *
   * @param x offset that was looked at
   * @param y offset that was looked at
   * @param z offset that was looked at
   * @param mask the mask after it
   */
  void looked(int x, int y, int z, Mask mask);

  /** All that must be known to go on later; see {@link #restore}. */
  int[] state();

  /** Goes on from a state of moves of the same kind. */
  void restore(int[] state);
}
