package org.uniem.viewers.plot;

/** Exponential running mean without the lag of its start. */
public final class RunningMean {

  private RunningMean() {}

  /**
   * Smooths values; those that are not finite stay gaps and are passed over.
   *
   * @param values the raw values
   * @param memory share of the past in the mean, 0 … 1
   * @return as many values; the mean of the first n is unbiased (Kingma and Ba 2015,
   *     arXiv:1412.6980, section 3)
   */
  public static double[] of(double[] values, double memory) {
    double[] smoothed = new double[values.length];
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        sum = memory * sum + (1 - memory) * values[i];
        weight = memory * weight + (1 - memory);
        smoothed[i] = sum / weight;
      } else {
        smoothed[i] = Double.NaN;
      }
    }
    return smoothed;
  }
}
