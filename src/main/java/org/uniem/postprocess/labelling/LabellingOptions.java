package org.uniem.postprocess.labelling;

import org.uniem.job.BadParameterException;

/**
 * What counts as an object, and which objects are kept.
 *
 * @param threshold a voxel is foreground where its value is this or more; in the units of the
 *     image, so half probability of an 8-bit map is 127.5; means nothing for label images, whose
 *     foreground is what is not 0
 * @param connectivity which foreground voxels belong together
 * @param minVoxels objects with fewer voxels are removed; 0 or 1 keeps all
 * @param maxVoxels objects with more voxels are removed; {@link Long#MAX_VALUE} keeps all
 * @param withoutBorder whether objects are removed that reach the border of the image: its sides in
 *     x and y, and where the connectivity is 3D and there is more than one slice, its first and
 *     last slice
 * @param filled whether holes become part of the object around them, before sizes are compared. A
 *     hole is a connected piece of background that does not reach the border of the image and has
 *     voxels of one object alone beside its own; background is connected by {@link
 *     Connectivity#ofBackground()}.
 */
public record LabellingOptions(
    double threshold,
    Connectivity connectivity,
    long minVoxels,
    long maxVoxels,
    boolean withoutBorder,
    boolean filled) {

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

  /** Keeps objects at the border and holes. */
  public LabellingOptions(
      double threshold, Connectivity connectivity, long minVoxels, long maxVoxels) {
    this(threshold, connectivity, minVoxels, maxVoxels, false, false);
  }

  /** Keeps objects of every size. */
  public LabellingOptions(double threshold, Connectivity connectivity) {
    this(threshold, connectivity, 0, Long.MAX_VALUE);
  }

  /** For label images: keeps objects of every size. */
  public LabellingOptions(Connectivity connectivity) {
    this(0.5, connectivity);
  }
}
