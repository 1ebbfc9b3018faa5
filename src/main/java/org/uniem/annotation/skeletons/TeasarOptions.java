package org.uniem.annotation.skeletons;

import org.uniem.job.BadParameterException;
import org.uniem.volumes.VoxelSize;

/**
 * How finely skeletons branch.
 *
 * @param scale around each new piece of skeleton everything within scale · radius + constant
 *     belongs to it and gets no branch of its own; 0 or more
 * @param constant likewise, in the unit of the voxel size; negative for 10 shortest edges of a
 *     voxel
 * @param penalty weight of being near the surface against the length of the way, 0 or more
 * @param exponent of the penalty, 1 … 16; the larger the more paths keep to the middle
 * @param minVoxels connected parts with fewer voxels get no skeleton; −1 for those that have fewer
 *     than 300 and less than a hundredth of the largest part of their object
 * @param smoothing how often each vertex moves to the middle between itself and its neighbours; 0
 *     leaves the vertices in voxel centres
 */
public record TeasarOptions(
    double scale, double constant, double penalty, int exponent, long minVoxels, int smoothing) {

  /** For neurites: scale 4, 10 voxels, penalty 100 000 to the 4th power, all parts but dust. */
  public static final TeasarOptions DEFAULT = new TeasarOptions(4, -1, 1e5, 4, -1, 4);

  private static final int DUST_VOXELS = 300;
  private static final int DUST_SHARE = 100;

  public TeasarOptions {
    require(scale >= 0 && scale < 1e6, "scale=" + scale, "0 or more");
    require(Double.isFinite(constant), "constant=" + constant, "a length");
    require(penalty >= 0 && penalty < 1e12, "penalty=" + penalty, "0 to 1e12");
    require(exponent >= 1 && exponent <= 16, "exponent=" + exponent, "1 to 16");
    require(minVoxels >= -1, "minVoxels=" + minVoxels, "0 or more, or -1 for all but dust");
    require(smoothing >= 0, "smoothing=" + smoothing, "0 or more");
  }

  private static void require(boolean right, String found, String expected) {
    if (!right) {
      throw new BadParameterException(found + " is out of range: give " + expected + ".");
    }
  }

  /** How many voxels a part must have, where so many are in the largest part of the object. */
  long leastVoxels(int largest) {
    return minVoxels >= 0 ? minVoxels : Math.min(DUST_VOXELS, largest / DUST_SHARE);
  }

  /** The constant in the unit of the voxel size. */
  double constant(VoxelSize size) {
    return constant >= 0 ? constant : 10 * Math.min(size.x(), Math.min(size.y(), size.z()));
  }
}
