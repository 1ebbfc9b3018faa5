package org.uniem.networks.training;

import org.uniem.job.BadParameterException;

/**
 * How patches are drawn.
 *
 * @param patchSize height and width in pixels, 8 or more
 * @param batchSize patches per batch, 1 or more
 * @param seed decides every random choice
 * @param augmentation which random changes patches undergo
 * @param balanceClasses whether half of the patches are centred on a class drawn uniformly, so that
 *     rare classes are seen as often as others
 * @param outputs number of output maps, that of the data
 */
public record SamplerOptions(
    int patchSize,
    int batchSize,
    long seed,
    Augmentation augmentation,
    boolean balanceClasses,
    int outputs) {

  public SamplerOptions {
    if (patchSize < 8 || patchSize > 8192) {
      throw new BadParameterException(
          "patchSize=" + patchSize + " is out of range: give 8 … 8192.");
    }
    if (batchSize < 1) {
      throw new BadParameterException("batchSize=" + batchSize + " is too small: give 1 or more.");
    }
    if (augmentation == null) {
      throw new BadParameterException("augmentation is missing: give all, none or a list.");
    }
    if (outputs < 1) {
      throw new BadParameterException("outputs=" + outputs + " is too small: give 1 or more.");
    }
  }
}
