package org.uniem.volumes;

import org.uniem.job.BadParameterException;

/**
 * Edge lengths of a voxel.
 *
 * @param x along x, positive
 * @param y along y, positive
 * @param z along z, positive
 * @param unit of the lengths, for example {@code "nm"}; {@code "pixel"} where nothing is known
 */
public record VoxelSize(double x, double y, double z, String unit) {

  /** One by one by one pixel: nothing is known. */
  public static final VoxelSize UNKNOWN = new VoxelSize(1, 1, 1, "pixel");

  public VoxelSize {
    if (!(x > 0 && y > 0 && z > 0)
        || Double.isInfinite(x)
        || Double.isInfinite(y)
        || Double.isInfinite(z)) {
      throw new BadParameterException(
          "Voxel size " + x + " x " + y + " x " + z + " is not possible: give positive numbers.");
    }
  }
}
