package org.uniem.floodfilling.training;

/**
 * A number of voxels along each axis: the size of a box, or how far it reaches from its centre.
 *
 * <p>Voxels of a box are counted x fastest, then y, then z.
 *
 * @param x 0 or more
 * @param y 0 or more
 * @param z 0 or more
 */
public record Box(int x, int y, int z) {

  public Box {
    if (x < 0 || y < 0 || z < 0) {
      throw new IllegalArgumentException("A box of " + x + "," + y + "," + z + " voxels.");
    }
  }

  /** Three numbers in the order x, y, z. */
  public static Box of(int... xyz) {
    return new Box(xyz[0], xyz[1], xyz[2]);
  }

  /** Number of voxels. */
  public int voxels() {
    return Math.multiplyExact(Math.multiplyExact(x, y), z);
  }

  /** Half of it, rounded down: from the first voxel to the centre. */
  public Box half() {
    return new Box(x / 2, y / 2, z / 2);
  }

  /** This and a multiple of another. */
  public Box plus(int times, Box other) {
    return new Box(x + times * other.x, y + times * other.y, z + times * other.z);
  }

  /** Whether it is in no direction larger than another. */
  public boolean fitsInto(Box other) {
    return x <= other.x && y <= other.y && z <= other.z;
  }

  /** The number of a voxel. */
  public int voxel(int atX, int atY, int atZ) {
    return (atZ * y + atY) * x + atX;
  }

  /** The voxel in the middle. */
  public int centre() {
    return voxel(x / 2, y / 2, z / 2);
  }

  @Override
  public String toString() {
    return x + "," + y + "," + z;
  }
}
