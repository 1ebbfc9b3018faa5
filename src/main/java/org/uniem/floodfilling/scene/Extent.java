package org.uniem.floodfilling.scene;

import org.uniem.job.BadParameterException;

/**
 * Numbers of voxels along the axes: a size, a distance or a margin.
 *
 * @param x 0 or more
 * @param y 0 or more
 * @param z 0 or more
 */
public record Extent(int x, int y, int z) {

  public Extent {
    if (x < 0 || y < 0 || z < 0) {
      throw new BadParameterException(
          "The extent " + x + "," + y + "," + z + " is not possible: give numbers of 0 or more.");
    }
  }

  /**
   * Takes three numbers in the order x, y, z.
   *
   * @throws BadParameterException if there are not three
   */
  public static Extent of(int... xyz) {
    if (xyz.length != 3) {
      throw new BadParameterException(
          "Found " + xyz.length + " numbers of voxels: expected 3, along x, y and z.");
    }
    return new Extent(xyz[0], xyz[1], xyz[2]);
  }

  /** Half of it, rounded down. */
  public Extent half() {
    return new Extent(x / 2, y / 2, z / 2);
  }

  /** Number of voxels of a box of this size. */
  public long voxels() {
    return Math.multiplyExact(Math.multiplyExact((long) x, y), z);
  }

  @Override
  public String toString() {
    return x + "," + y + "," + z;
  }
}
