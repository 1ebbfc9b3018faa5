package org.uniem.floodfilling.seeds;

import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.job.Job;

/**
 * Seeds in the middle of what earlier seeds left free: the published policy for filling gaps in an
 * otherwise complete segmentation. They are the voxels farthest from labelled ones, and from seeds
 * that were rejected, among their 5³ neighbours, in ascending order of z, y, x. A box without
 * labels has none. Takes 5 bytes per voxel while it works.
 */
public record EmptySpaceSeeds() implements SeedPolicy {

  private static final int RADIUS = 2;
  private static final double THRESHOLD = 0.5;

  @Override
  public int[] seeds(FillingScene scene, Job job) {
    byte[] taken = new byte[scene.voxels()];
    int[] labels = scene.labels();
    for (int voxel = 0; voxel < taken.length; voxel++) {
      taken[voxel] = (byte) (labels[voxel] == FillingScene.FREE ? 0 : 1);
    }
    float[] distances = SquaredDistance.to(taken, scene.size(), false, job);
    return Peaks.find(scene, distances, RADIUS, THRESHOLD, false, job);
  }

  @Override
  public String describe() {
    return "empty space";
  }
}
