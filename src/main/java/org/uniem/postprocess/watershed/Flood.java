package org.uniem.postprocess.watershed;

import org.uniem.job.Job;
import org.uniem.postprocess.indices.IntList;

/**
 * Floods a box of voxels from labelled ones.
 *
 * <p>One number per voxel says all: below 0 its level, as {@code ~level}, while it is dry; else its
 * label. The box has a margin of blocked voxels wherever neighbours may reach beyond it.
 *
 * <p>A voxel is reached at a time: a level, and the number of steps since the flood stood at that
 * level. It gets the label of the neighbour that was reached first, of several the smallest label.
 * So labels follow from the image alone, not from the order in which voxels are visited.
 */
final class Flood {

  /** State of voxels that stay dry. */
  static final int BLOCKED = (1 << 30) - 1;

  /** Set in the label of voxels reached at the very time that is being worked at. */
  private static final int FRESH = 1 << 30;

  private static final int VOXELS_PER_CHECK = 1 << 16;

  private final int[] state;
  private final int[] steps;
  private final LevelQueue queue;
  private final IntList reached = new IntList(1024);
  private final IntList levels = new IntList(1024);
  private IntList batch = new IntList(1024);
  private IntList next = new IntList(1024);

  /**
   * @param state the box; changed
   * @param steps index distances of a voxel's neighbours
   * @param queue holds the labelled voxels, each at its own level
   */
  Flood(int[] state, int[] steps, LevelQueue queue) {
    this.state = state;
    this.steps = steps;
    this.queue = queue;
  }

  /** Floods until nothing dry is in reach. */
  void run(Job job) {
    for (int level = queue.next(batch); level >= 0; level = queue.next(batch)) {
      while (batch.size() > 0) {
        spread(job);
        settle(level);
        IntList spare = batch;
        batch = next;
        next = spare;
      }
    }
  }

  private void spread(Job job) {
    int[] voxels = batch.array();
    int size = batch.size();
    int[] box = state;
    int[] around = steps;
    for (int i = 0; i < size; i++) {
      if (i % VOXELS_PER_CHECK == 0) {
        job.checkCancelled();
      }
      int voxel = voxels[i];
      int label = box[voxel];
      for (int step : around) {
        int neighbour = voxel + step;
        int found = box[neighbour];
        if (found < 0) {
          box[neighbour] = label | FRESH;
          reached.add(neighbour);
          levels.add(~found);
        } else if (found >= FRESH && (found ^ FRESH) > label) {
          box[neighbour] = label | FRESH;
        }
      }
    }
  }

  private void settle(int level) {
    next.clear();
    int[] voxels = reached.array();
    int[] heights = levels.array();
    for (int i = 0; i < reached.size(); i++) {
      int voxel = voxels[i];
      state[voxel] &= ~FRESH;
      if (heights[i] <= level) {
        next.add(voxel);
      } else {
        queue.add(heights[i], voxel);
      }
    }
    reached.clear();
    levels.clear();
  }
}
