package org.uniem.postprocess.labelling;

import org.uniem.job.BadParameterException;

/**
 * What counts as an object.
 *
 * @param threshold a voxel is foreground where its value is this or more; in the units of the
 *     image, so half probability of an 8-bit map is 127.5
 * @param connectivity which foreground voxels belong together
 * @param minVoxels objects with fewer voxels are removed; 0 or 1 keeps all
 * @param maxVoxels objects with more voxels are removed; {@link Long#MAX_VALUE} keeps all
 */
public record LabellingOptions(
    double threshold, Connectivity connectivity, long minVoxels, long maxVoxels) {

  public LabellingOptions {
    if (!Double.isFinite(threshold)) {
      throw new BadParameterException("threshold=" + threshold + " is not a finite number.");
    }
    if (minVoxels < 0) {
      throw new BadParameterException("minVoxels=" + minVoxels + " is too small: give 0 or more.");
    }
    if (maxVoxels < Math.max(1, minVoxels)) {
      throw new BadParameterException(
          "maxVoxels="
              + maxVoxels
              + " would remove every object: give at least minVoxels="
              + minVoxels
              + " and at least 1.");
    }
  }

  /** Keeps objects of every size. */
  public LabellingOptions(double threshold, Connectivity connectivity) {
    this(threshold, connectivity, 0, Long.MAX_VALUE);
  }
}
