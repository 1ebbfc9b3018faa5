package org.uniem.annotation.meshes;

import org.uniem.job.Job;

/**
 * What is done to the surfaces of marching cubes.
 *
 * @param smoothing way of smoothing
 * @param iterations of smoothing, 0 or more
 * @param share of the triangles that simplification keeps, more than 0 up to 1; of up to 64
 *     triangles all
 * @param maxError distance by which simplification may move the surface, in the unit of the voxel
 *     size; 0 = any
 */
public record MeshOptions(Smoothing smoothing, int iterations, double share, double maxError) {

  /** Surfaces as marching cubes give them. */
  public static final MeshOptions RAW = new MeshOptions(Smoothing.NONE, 0, 1, 0);

  /** With fewer a small object would lose its shape and most of its volume. */
  private static final int LEAST_TRIANGLES = 64;

  /** Smooths a surface, which keeps its volume, and then simplifies it. */
  TriangleMesh apply(Surface surface, Job job) {
    TriangleMesh smooth = VolumeKeeping.apply(surface, smoothing, iterations, job);
    double least = Math.min(1, (double) LEAST_TRIANGLES / Math.max(1, smooth.triangleCount()));
    return Simplification.apply(smooth, Math.max(share, least), maxError, job);
  }
}
