package org.uniem.volumes.phantom;

/**
 * Random numbers that depend on a place alone, not on the order in which they are drawn.
 *
 * <p>Only exactly rounded operations are used, so the values are the same on every machine.
 */
final class HashNoise {

  private final long seed;

  /**
   * @param seed of the phantom
   * @param purpose keeps apart the numbers drawn for different things at one place
   */
  HashNoise(long seed, String purpose) {
    this.seed = mix(mix(seed) ^ purpose.hashCode() * 0x9E3779B97F4A7C15L);
  }

  /** 64 random bits of a lattice point. */
  long bits(long x, long y, long z) {
    return mix(
        seed ^ mix(x * 0x9E3779B97F4A7C15L ^ mix(y * 0xC2B2AE3D27D4EB4FL ^ mix(z + 0x165667B1L))));
  }

  /** Uniform in [0, 1): one of several independent numbers of a lattice point. */
  double uniform(long x, long y, long z, int number) {
    return unit(mix(bits(x, y, z) + number * 0xD1B54A32D192ED03L));
  }

  /** Approximately normal with mean 0 and variance 1, the sum of four uniform numbers. */
  double normal(long x, long y, long z) {
    long h = bits(x, y, z);
    double sum = (h & 0xFFFF) + (h >>> 16 & 0xFFFF) + (h >>> 32 & 0xFFFF) + (h >>> 48);
    return (sum / 65536 - 2) * 1.7320508075688772;
  }

  /** Smooth noise in (−1, 1) with features of about one unit. */
  double smooth(double x, double y, double z) {
    long x0 = (long) Math.floor(x);
    long y0 = (long) Math.floor(y);
    long z0 = (long) Math.floor(z);
    double u = fade(x - x0);
    double v = fade(y - y0);
    double w = fade(z - z0);
    return mixed(w, plane(x0, y0, z0, u, v), plane(x0, y0, z0 + 1, u, v));
  }

  private double plane(long x0, long y0, long z, double u, double v) {
    double lower = mixed(u, corner(x0, y0, z), corner(x0 + 1, y0, z));
    double upper = mixed(u, corner(x0, y0 + 1, z), corner(x0 + 1, y0 + 1, z));
    return mixed(v, lower, upper);
  }

  private double corner(long x, long y, long z) {
    long h = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + z * 0x165667B19E3779F9L;
    return 2 * unit(mix(h)) - 1;
  }

  private static double mixed(double t, double a, double b) {
    return a + t * (b - a);
  }

  private static double fade(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014, doi 10.1145/2660193.2660195). */
  private static long mix(long h) {
    h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
    return h ^ h >>> 31;
  }
}
