package org.uniem.floodfilling.training;

/**
 * Turns numbers to others that look random, one to one, so that the lowest of them are a random
 * sample and the numbers can be told from them.
 *
 * <p>The mixing step is Stafford's variant 13 of MurmurHash3's, as in {@link
 * java.util.SplittableRandom}.
 */
final class Shuffle {

  private static final long FIRST = 0xbf58476d1ce4e5b9L;
  private static final long SECOND = 0x94d049bb133111ebL;

  /** Times the factors above, modulo 2⁶⁴, these give 1. */
  private static final long FIRST_INVERSE = 0x96de1b173f119089L;

  private static final long SECOND_INVERSE = 0x319642b2d24d8ec3L;
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private Shuffle() {}

  /** The number that stands for another under a seed. */
  static long key(long number, long seed) {
    long z = number + seed * STEP;
    z = (z ^ z >>> 30) * FIRST;
    z = (z ^ z >>> 27) * SECOND;
    return z ^ z >>> 31;
  }

  /** What {@link #key} made a key of. */
  static long voxel(long key, long seed) {
    long z = (key ^ key >>> 31 ^ key >>> 62) * SECOND_INVERSE;
    z = (z ^ z >>> 27 ^ z >>> 54) * FIRST_INVERSE;
    return (z ^ z >>> 30 ^ z >>> 60) - seed * STEP;
  }
}
