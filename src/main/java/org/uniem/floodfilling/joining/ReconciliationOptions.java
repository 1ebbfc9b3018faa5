package org.uniem.floodfilling.joining;

import org.uniem.job.BadParameterException;

/**
 * When objects of two subvolumes are one.
 *
 * @param minShare shared voxels as a part of the object's voxels where both are compared, above 0
 *     and up to 1
 * @param both whether the shared voxels must be that part of both objects; otherwise of one of them
 * @param minSharedVoxels they share at least so many voxels, 1 or more
 * @param minObjectVoxels smaller objects are removed from the whole, 0 or more
 */
public record ReconciliationOptions(
    double minShare, boolean both, long minSharedVoxels, long minObjectVoxels) {

  /** Four fifths of one of them, and 100 voxels. */
  public static final ReconciliationOptions DEFAULT = new ReconciliationOptions(0.8, false, 100, 0);

  public ReconciliationOptions {
    if (!(minShare > 0 && minShare <= 1) || minSharedVoxels < 1 || minObjectVoxels < 0) {
      throw new BadParameterException(
          "minShare="
              + minShare
              + ", minSharedVoxels="
              + minSharedVoxels
              + ", minObjectVoxels="
              + minObjectVoxels
              + " are not possible: give a share above 0 and up to 1, 1 or more and 0 or more"
              + " voxels.");
    }
  }

  boolean joins(long shared, long first, long second) {
    long measure = both ? Math.max(first, second) : Math.min(first, second);
    return shared >= minSharedVoxels && shared >= minShare * measure;
  }
}
