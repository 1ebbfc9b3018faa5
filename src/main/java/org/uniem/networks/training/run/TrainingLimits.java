package org.uniem.networks.training.run;

import org.uniem.job.BadParameterException;

/**
 * When a training ends; the limit that comes first counts, and one must be given.
 *
 * @param steps ends after so many steps, up to 2²⁴; 0 = no limit
 * @param minutes ends after so many minutes, earlier runs of a resumed training included; 0 = no
 *     limit
 */
public record TrainingLimits(long steps, double minutes) {

  public TrainingLimits {
    range("steps", steps, 1 << 24);
    range("minutes", minutes, 1e6);
    if (steps == 0 && minutes == 0) {
      throw new BadParameterException(
          "Training has no end: give steps or minutes, or both (the first to come ends it).");
    }
  }

  /** The time in seconds, 0 = no limit. */
  public double seconds() {
    return 60 * minutes;
  }

  /** The share of the training that is done, 0 … 1 and, by time, a little above. */
  public double progress(long stepsDone, double secondsTaken) {
    double bySteps = steps > 0 ? (double) stepsDone / steps : 0;
    double byTime = minutes > 0 ? secondsTaken / seconds() : 0;
    return Math.max(bySteps, byTime);
  }

  private static void range(String name, double value, double max) {
    if (!(value >= 0 && value <= max)) {
      throw new BadParameterException(
          name + "=" + value + " is out of range: give 0.0 to " + max + ".");
    }
  }
}
