package org.uniem.postprocess.watershed;

import org.uniem.postprocess.indices.IntList;

/** Voxels waiting for the flood to reach their level; levels only rise. */
interface LevelQueue {

  /**
   * Adds a voxel.
   *
   * @param level 0 or more, no lower than the level that {@link #next} returned last
   */
  void add(int level, int voxel);

  /**
   * Takes all voxels of the lowest level there is.
   *
   * @param batch receives them; cleared before
   * @return their level, negative where the queue is empty
   */
  int next(IntList batch);
}
