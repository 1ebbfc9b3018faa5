package org.uniem.floodfilling.seeds;

import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;

/**
 * Seeds in the middle between edges within each slice, for thick sections: the published policy for
 * two dimensions. Seeds are in ascending order of z, y, x.
 *
 * @param radius how far the neighbours reach that a seed is the highest of, in voxels, 1 or more
 * @param threshold smallest distance from an edge, in voxels, 0 or more
 */
public record SlicePeakSeeds(int radius, double threshold) implements SeedPolicy {

  public SlicePeakSeeds {
    if (radius < 1 || !(threshold >= 0)) {
      throw new BadParameterException(
          "Peaks within slices cannot have radius "
              + radius
              + " and threshold "
              + threshold
              + ": give 1 or more and 0 or more.");
    }
  }

  /** With the published radius of 7 and threshold of 2.5 voxels. */
  public SlicePeakSeeds() {
    this(7, 2.5);
  }

  @Override
  public int[] seeds(FillingScene scene, Job job) {
    return PeakSeeds.betweenEdges(scene, radius, threshold, true, job);
  }

  @Override
  public String describe() {
    return "slice peaks, radius " + radius + ", threshold " + threshold;
  }
}
