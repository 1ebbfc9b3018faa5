package org.uniem.networks.training.run;

/** A learning rate that rises over the first steps and then falls along half a cosine. */
public final class CosineSchedule {

  private static final double RISING_STEPS = 50;
  private static final double LOWEST = 0.01;

  private CosineSchedule() {}

  /**
   * The share of the learning rate that a step takes, 0.0001 … 1; at the end a hundredth.
   *
   * @param step from 1
   * @param progress share of the training done, 0 … 1
   */
  public static double share(long step, double progress) {
    double rise = Math.min(1, step / RISING_STEPS);
    double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
    return rise * (LOWEST + (1 - LOWEST) * cosine);
  }
}
