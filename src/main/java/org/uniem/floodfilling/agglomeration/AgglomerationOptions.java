package org.uniem.floodfilling.agglomeration;

import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.BadParameterException;
import org.uniem.job.ResourceException;

/**
 * How objects are agglomerated.
 *
 * @param candidates which pairs are looked at, and how much memory all may take
 * @param growing how their objects are grown anew
 * @param criteria when they are one
 * @param inFlight how many pairs are grown at a time, at most; fewer where memory is short. The
 *     result does not depend on it
 */
public record AgglomerationOptions(
    DecisionOptions candidates, RegrowthOptions growing, MergeCriteria criteria, int inFlight) {

  public AgglomerationOptions {
    if (inFlight < 1) {
      throw new BadParameterException(
          "inFlight=" + inFlight + " is too small: give 1 or more pairs.");
    }
  }

  /** How many pairs fit into memory at a time, at most {@link #inFlight()}. */
  int fitting() {
    Extent radius = growing.radius();
    double voxels = (2.0 * radius.x() + 1) * (2.0 * radius.y() + 1) * (2.0 * radius.z() + 1);
    double bytes = voxels * PairRegrowth.BYTES_PER_VOXEL;
    if (bytes > candidates.memoryBytes()) {
      throw new ResourceException(
          "Growing a pair in radius="
              + radius
              + " takes "
              + ((long) bytes >> 20)
              + " MiB, allowed are "
              + (candidates.memoryBytes() >> 20)
              + ": give a smaller radius or more memory.");
    }
    return (int) Math.min(inFlight, candidates.memoryBytes() / bytes);
  }
}
