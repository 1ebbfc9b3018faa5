package org.uniem.floodfilling.scene;

/**
 * A voxel of a volume.
 *
 * @param x column, from 0
 * @param y row, from 0
 * @param z slice, from 0
 */
public record VoxelPosition(long x, long y, long z) {

  @Override
  public String toString() {
    return x + "," + y + "," + z;
  }
}
