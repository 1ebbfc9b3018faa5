package org.uniem.postprocess.agglomeration;

import org.uniem.job.BadParameterException;

/**
 * What decides which two segments are joined next: an affinity 0 … 1 from the boundary
 * probabilities sampled where they meet.
 *
 * @param quantile of the boundary probabilities, 0 … 1; negative for their mean
 */
public record EdgeScore(double quantile) {

  /** One less the mean boundary probability. */
  public static final EdgeScore MEAN = new EdgeScore(-1);

  public EdgeScore {
    if (!(quantile <= 1)) {
      throw new BadParameterException(
          "quantile="
              + quantile
              + " is out of range: give 0 to 1, or a negative number for means.");
    }
  }

  /** One less a quantile of the boundary probabilities; needs a graph with histograms. */
  public static EdgeScore ofQuantile(double quantile) {
    if (!(quantile >= 0)) {
      throw new BadParameterException("quantile=" + quantile + " is out of range: give 0 to 1.");
    }
    return new EdgeScore(quantile);
  }

  /** The graph options with what the score needs. */
  public GraphOptions graphOptions() {
    return quantile < 0 ? GraphOptions.MEANS : GraphOptions.QUANTILES;
  }

  double affinity(EdgeFeatures features, int edge) {
    return 1 - (quantile < 0 ? features.mean(edge) : features.quantile(edge, quantile));
  }
}
