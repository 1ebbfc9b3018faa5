package org.uniem.postprocess.agglomeration;

import org.uniem.job.BadParameterException;

/**
 * How a multicut weighs its edges and is solved.
 *
 * @param beta prior probability of a boundary, between 0 and 1: above 0.5 fewer regions are joined,
 *     below more
 * @param weightByContact whether an edge counts as many times as its regions share voxel faces
 * @param refined whether Kernighan–Lin improves what greedy contraction found
 */
public record MulticutOptions(double beta, boolean weightByContact, boolean refined) {

  /** The usual ones. */
  public static final MulticutOptions DEFAULT = new MulticutOptions(0.5, true, true);

  public MulticutOptions {
    if (!(beta > 0 && beta < 1)) {
      throw new BadParameterException(
          "beta=" + beta + " is out of range: give a number between 0 and 1, for example 0.5.");
    }
  }
}
