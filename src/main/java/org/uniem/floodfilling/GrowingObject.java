package org.uniem.floodfilling;

import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.VoxelPosition;

/** An object that is being grown, as it is now. */
public interface GrowingObject {

  /** Its seed, in the volume. */
  VoxelPosition start();

  /** Where the network looked last, in the volume. */
  VoxelPosition position();

  /** How often the network has looked. */
  int iterations();

  /** Where the box begins in which it grows, in the volume. */
  VoxelPosition boxOrigin();

  /** Size of the box in which it grows. */
  Extent boxSize();

  /**
   * Copies one slice of the probabilities that voxels belong to it.
   *
   * @param z slice of the box, from 0
   * @param target receives the slice of the box, x fastest; NaN where the network never looked
   */
  void probabilities(int z, float[] target);
}
