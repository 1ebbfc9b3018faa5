package org.uniem.benchmarks.classical;

import org.uniem.job.Job;

/** One algorithm that is timed. */
interface Kernel {

  /**
   * Reads what the algorithm needs; not timed.
   *
   * @param data the volumes
   * @return the work
   */
  Work prepare(BenchmarkData data);

  /** What is timed. */
  @FunctionalInterface
  interface Work {

    /**
     * Does it once.
     *
     * @return what came out, the same words as those of the other libraries where the results are
     *     the same
     */
    String run(Job job);
  }
}
