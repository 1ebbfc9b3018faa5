package org.uniem.annotation.meshes;

import org.uniem.job.Job;

/**
 * What is done to the surfaces of marching cubes.
 *
 * @param smoothing way of smoothing
 * @param iterations of smoothing, 0 or more
 * @param share of the triangles that simplification keeps, more than 0 up to 1
 * @param maxError distance by which simplification may move the surface, in the unit of the voxel
 *     size; 0 = any
 */
public record MeshOptions(Smoothing smoothing, int iterations, double share, double maxError) {

  /** Surfaces as marching cubes give them. */
  public static final MeshOptions RAW = new MeshOptions(Smoothing.NONE, 0, 1, 0);

  /** Smooths and then simplifies a mesh. */
  TriangleMesh apply(TriangleMesh mesh, Job job) {
    return Simplification.apply(smoothing.apply(mesh, iterations, job), share, maxError, job);
  }
}
