package org.uniem.floodfilling.seeds;

import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.job.Job;

/**
 * Seeds in the middle between edges of the image: the published policy, exactly.
 *
 * <p>Edges are voxels whose Sobel gradient exceeds its Gaussian mean (σ 49/6 voxels); seeds are the
 * voxels farthest from edges among their 7³ neighbours, in ascending order of z, y, x (Januszewski
 * et al. 2018, 10.1038/s41592-018-0049-4, and the program published with it). A box without
 * contrast has no edges and no seeds. Takes 13 bytes per voxel while it works.
 */
public record PeakSeeds() implements SeedPolicy {

  private static final int RADIUS = 3;

  @Override
  public int[] seeds(FillingScene scene, Job job) {
    return betweenEdges(scene, RADIUS, 0, false, job);
  }

  static int[] betweenEdges(
      FillingScene scene, int radius, double threshold, boolean flat, Job job) {
    byte[] edges = ImageEdges.find(scene.image(), scene.size(), flat, job);
    for (int voxel = 0; voxel < edges.length; voxel++) {
      if (scene.isExcluded(voxel)) {
        edges[voxel] = 1;
      }
    }
    float[] distances = SquaredDistance.to(edges, scene.size(), flat, job);
    return Peaks.find(scene, distances, radius, threshold, flat, job);
  }

  @Override
  public String describe() {
    return "peaks";
  }
}
