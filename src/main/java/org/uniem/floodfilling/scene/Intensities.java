package org.uniem.floodfilling.scene;

import org.uniem.job.BadInputException;

/**
 * How intensities become what a network sees: (intensity − mean) / deviation, in single precision,
 * cut to least … most.
 *
 * @param mean intensity that becomes 0
 * @param deviation intensities that become a difference of 1; positive
 * @param least smallest value that the network sees, −∞ for no limit
 * @param most largest value that it sees, ∞ for no limit
 */
public record Intensities(float mean, float deviation, float least, float most) {

  public Intensities {
    if (!Float.isFinite(mean) || !(deviation > 0) || !Float.isFinite(deviation)) {
      throw new BadInputException(
          "The network expects images of mean "
              + mean
              + " and standard deviation "
              + deviation
              + ": expected a number and a positive number. Import it again with the mean and"
              + " deviation it was trained with.");
    }
  }

  /** Without limits. */
  public Intensities(float mean, float deviation) {
    this(mean, deviation, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  /** What the network sees of an intensity. */
  public float apply(float intensity) {
    return Math.min(most, Math.max(least, (intensity - mean) / deviation));
  }

  /** In words, by which results are recognised; without limits as before there were any. */
  @Override
  public String toString() {
    String limits =
        Float.isInfinite(least) && Float.isInfinite(most) ? "" : ", " + least + " … " + most;
    return "mean " + mean + ", deviation " + deviation + limits;
  }
}
