package org.uniem.networks.training.run;

/** Follows a training. Called from the training thread; returns quickly. */
public interface TrainingListener {

  /** Ignores everything. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * After each step.
   *
   * @param step from 1
   * @param loss of the step's batch
   */
  default void step(long step, double loss) {}

  /**
   * After each validation.
   *
   * @param step steps done
   * @param loss on the validation patches
   * @param jaccard foreground Jaccard index on them, 0 … 1
   */
  default void validation(long step, double loss, double jaccard) {}
}
