package org.uniem.postprocess.watershed;

import org.uniem.job.BadParameterException;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.volumes.VoxelSize;

/**
 * How objects are found in a map of boundaries or of objects.
 *
 * @param mode what the map shows and what is flooded
 * @param threshold the value that divides boundary from object, in the units of the map
 * @param h how much a peak of the distance must stand out to be an object of its own, in edge
 *     lengths of a voxel along x; 0 or more
 * @param sigma of the Gaussian that smooths the distance before peaks are sought, in edge lengths
 *     of a voxel along x; 0 = none
 * @param connectivity which voxels are neighbours; 4 and 8 take every slice on its own
 * @param minVoxels objects with fewer voxels go to those they would be flooded from; where there
 *     are none, to the background
 * @param voxelSize edge lengths of a voxel, of which the proportions count
 */
public record MapWatershedOptions(
    Mode mode,
    double threshold,
    double h,
    double sigma,
    Connectivity connectivity,
    long minVoxels,
    VoxelSize voxelSize) {

  /** What the map shows and what is flooded. */
  public enum Mode {
    /** High values are boundaries: seeds lie away from them, and the map itself is flooded. */
    BOUNDARY,
    /** High values are objects: what is above the threshold is divided at its narrow places. */
    DISTANCE
  }

  public MapWatershedOptions {
    if (!Double.isFinite(threshold)) {
      throw new BadParameterException("threshold=" + threshold + " is not a finite number.");
    }
    if (!(h >= 0) || Double.isInfinite(h)) {
      throw new BadParameterException("h=" + h + " is not possible: give 0 or more.");
    }
    if (!(sigma >= 0) || sigma > 1000) {
      throw new BadParameterException("sigma=" + sigma + " is not possible: give 0 to 1000.");
    }
    if (minVoxels < 0) {
      throw new BadParameterException("minVoxels=" + minVoxels + " is too small: give 0 or more.");
    }
  }
}
