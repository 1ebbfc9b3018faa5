package org.uniem.floodfilling.seeds;

import java.util.List;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.job.Job;

/**
 * Chooses the voxels from which flood filling tries to grow objects, and their order. Immutable and
 * thread-safe.
 */
public interface SeedPolicy {

  /**
   * Finds the seeds of a box of a volume. Those too close to a face of the box for a whole field of
   * view may be among them; flood filling passes over them.
   *
   * @param scene the box; not changed
   * @return voxels of the box in the order in which they are tried
   */
  int[] seeds(FillingScene scene, Job job);

  /** What tells this policy from every other, for records: its name and parameters. */
  String describe();

  /**
   * The policies this one consists of, one after the other: the seeds of each are found when those
   * of the one before are used up, so that it sees the objects grown from them.
   */
  default List<SeedPolicy> stages() {
    return List.of(this);
  }
}
