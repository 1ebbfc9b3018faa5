package org.uniem.postprocess.affinities;

import org.uniem.job.BadParameterException;

/**
 * Which edges a mutex watershed uses and which objects it keeps.
 *
 * @param strideX edges of offsets longer than a voxel begin at every so many voxels along x; 1 = at
 *     all
 * @param strideY along y
 * @param strideZ along z
 * @param random whether as many edges are drawn at random instead of from a regular grid
 * @param seed of the random edges; the same seed gives the same edges
 * @param minVoxels objects with fewer voxels become background; 0 or 1 keeps all
 */
public record MutexOptions(
    int strideX, int strideY, int strideZ, boolean random, long seed, long minVoxels) {

  /** All edges, all objects. */
  public static final MutexOptions ALL = new MutexOptions(1, 1, 1, false, 0, 0);

  public MutexOptions {
    if (strideX < 1 || strideY < 1 || strideZ < 1) {
      throw new BadParameterException(
          "strides="
              + strideX
              + ","
              + strideY
              + ","
              + strideZ
              + " are out of range: give 1 or more for each axis.");
    }
    if (minVoxels < 0) {
      throw new BadParameterException("minVoxels=" + minVoxels + " is too small: give 0 or more.");
    }
  }

  /**
   * The same with strides given as text.
   *
   * @param text x,y,z, for example {@code "4,4,1"}; empty for 1,1,1
   * @throws BadParameterException if it is anything else
   */
  public MutexOptions withStrides(String text) {
    if (text.isBlank()) {
      return new MutexOptions(1, 1, 1, random, seed, minVoxels);
    }
    String[] parts = text.strip().split("\\s*,\\s*", -1);
    if (parts.length == 3) {
      try {
        return new MutexOptions(
            Integer.parseInt(parts[0]),
            Integer.parseInt(parts[1]),
            Integer.parseInt(parts[2]),
            random,
            seed,
            minVoxels);
      } catch (NumberFormatException e) {
        throw malformed(text, e);
      }
    }
    throw malformed(text, null);
  }

  private static BadParameterException malformed(String text, Exception cause) {
    return new BadParameterException(
        "strides=" + text + " cannot be read: give x,y,z in voxels, for example 4,4,1.", cause);
  }
}
