package org.uniem.floodfilling;

import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.VoxelPosition;

/** An object that is being grown, as it is now. */
public interface GrowingObject {

  /** Its seed, in the volume. */
  VoxelPosition start();

  /** Where the network looked last, in the volume. */
  VoxelPosition position();

  /** How often the network has looked. */
  int iterations();

  /** The box in which it grows, with the objects found there so far. */
  FillingScene scene();

  /**
   * How probable it is that a voxel belongs to it.
   *
   * @param voxel of the box
   * @return 0 … 1; NaN where the network never looked
   */
  float probability(int voxel);

  /**
   * Copies one slice of the probabilities that voxels belong to it.
   *
   * @param z slice of the box, from 0
   * @param target receives the slice of the box, x fastest; NaN where the network never looked
   */
  void probabilities(int z, float[] target);
}
