package org.uniem.floodfilling;

import java.util.List;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;

/**
 * What grew from one seed, whether it would be kept as an object or not.
 *
 * @param logits the mask in the voxels of the scene, x fastest, NaN where the network never looked;
 *     not a copy
 * @param looks where the network looked, in this order
 */
public record GrownMask(float[] logits, List<Look> looks) {

  /**
   * One look of the network.
   *
   * @param voxel the centre of the field of view in the scene
   * @param deleted voxels that were likely before it, of a probability of 0.8 or more, and unlikely
   *     after it, below one half
   */
  public record Look(int voxel, int deleted) {}

  public GrownMask {
    looks = List.copyOf(looks);
  }

  /**
   * Whether a voxel belongs to the mask.
   *
   * @param voxel of the scene
   * @param probability that it has at least, between 0 and 1
   */
  public boolean holds(int voxel, double probability) {
    return logits[voxel] >= FillingOptions.logit(probability);
  }

  /** What an object has grown to. */
  static GrownMask of(FillingScene scene, ObjectGrowth growth) {
    Extent size = scene.size();
    float[] logits = new float[scene.voxels()];
    for (int z = 0; z < size.z(); z++) {
      for (int y = 0; y < size.y(); y++) {
        growth.canvas().readRow(0, y, z, logits, scene.voxel(0, y, z), size.x());
      }
    }
    return new GrownMask(logits, growth.looks());
  }
}
