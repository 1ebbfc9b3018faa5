package org.uniem.floodfilling.agglomeration;

import org.uniem.floodfilling.scene.VoxelPosition;

/**
 * What grew from a seed in one object of a pair; voxels are counted around the decision point.
 *
 * @param seed the last seed that was tried, in the volume
 * @param attempts seeds that were tried, 1 or more
 * @param voxels of the mask
 * @param ofA voxels of object a in it
 * @param ofB voxels of object b in it
 * @param deleted voxels that were likely and became unlikely again, each time counted
 * @param looks of the network for all attempts
 */
public record RegrownObject(
    VoxelPosition seed, int attempts, long voxels, long ofA, long ofB, long deleted, int looks) {

  /** Part of the mask that was taken back while it grew, which says how unsure the network was. */
  public double deletedFraction() {
    return voxels == 0 ? Double.POSITIVE_INFINITY : (double) deleted / voxels;
  }
}
