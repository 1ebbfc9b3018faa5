package org.uniem.networks.inference;

import java.util.Locale;

/**
 * What a prediction cost.
 *
 * @param slices slices predicted
 * @param patches calls of networks
 * @param seconds time in all
 * @param networkBusy part of that time in which a network ran, 0 … 1
 * @param megapixelsPerSecond image pixels predicted per second, in millions; overlap, flips and
 *     further models do not count
 */
public record InferenceStatistics(
    long slices, long patches, double seconds, double networkBusy, double megapixelsPerSecond) {

  /** One sentence for people. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "Predicted %d slices in %.1f s (%.2f megapixels/s, %d patches, network busy %.0f %% of the"
            + " time).",
        slices,
        seconds,
        megapixelsPerSecond,
        patches,
        100 * networkBusy);
  }
}
