package org.uniem.floodfilling.agglomeration;

import org.uniem.job.BadParameterException;

/**
 * Which pairs of objects are looked at.
 *
 * @param maxDistance from each object to the point between them, in the unit of the voxel size,
 *     above 0; infinite takes all neighbours, in volumes that fit into memory
 * @param minVoxels smaller objects are passed over, 0 or more
 * @param memoryBytes what finding them may take, all threads together
 */
public record DecisionOptions(double maxDistance, long minVoxels, long memoryBytes) {

  public DecisionOptions {
    if (!(maxDistance > 0) || minVoxels < 0) {
      throw new BadParameterException(
          "maxDistance="
              + maxDistance
              + ", minVoxels="
              + minVoxels
              + " are not possible: give a distance above 0, and 0 or more voxels.");
    }
  }
}
