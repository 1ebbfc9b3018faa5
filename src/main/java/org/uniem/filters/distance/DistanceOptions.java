package org.uniem.filters.distance;

import org.uniem.volumes.VoxelSize;

/**
 * What distances are measured in, and what is written.
 *
 * @param voxelSize edge lengths of a voxel; distances are in its unit
 * @param slicewise whether each slice of a stack is an image of its own
 * @param squared whether squares of the distances are written, which for voxels of 1 × 1 × 1 are
 *     whole numbers and exact up to 2²⁴
 */
public record DistanceOptions(VoxelSize voxelSize, boolean slicewise, boolean squared) {

  /** Distances in voxels, in 3D where the image has three axes. */
  public static final DistanceOptions VOXELS = new DistanceOptions(VoxelSize.UNKNOWN, false, false);
}
