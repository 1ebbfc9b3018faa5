package org.uniem.postprocess.labelling;

import org.uniem.job.Job;

/** Reads slices as runs; keeps a buffer, so each thread has its own. */
interface RunReader {

  /**
   * Replaces runs by those of a slice.
   *
   * @param z slice, from 0
   */
  void read(long z, SliceRuns runs, Job job);
}
