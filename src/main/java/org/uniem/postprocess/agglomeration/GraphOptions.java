package org.uniem.postprocess.agglomeration;

import org.uniem.job.BadParameterException;

/**
 * How a region graph is computed.
 *
 * @param histogramBins bins of each edge's histogram, for quantiles; 0 = none, which needs least
 *     memory (8 bytes per bin and edge)
 * @param slabSlices slices that one thread works through at a time; changes the time, not the graph
 * @param withinSlices whether regions meet in each slice alone; what touches across slices makes no
 *     edge then
 */
public record GraphOptions(int histogramBins, int slabSlices, boolean withinSlices) {

  /** Without histograms. */
  public static final GraphOptions MEANS = new GraphOptions(0, 16, false);

  /** With histograms fine enough for 8-bit maps. */
  public static final GraphOptions QUANTILES = new GraphOptions(256, 16, false);

  public GraphOptions {
    if (histogramBins < 0 || histogramBins > 1024) {
      throw new BadParameterException(
          "histogramBins=" + histogramBins + " is out of range: give 0 to 1024.");
    }
    if (slabSlices < 1) {
      throw new BadParameterException(
          "slabSlices=" + slabSlices + " is too small: give 1 or more.");
    }
  }

  /** The same, with regions that meet in each slice alone. */
  public GraphOptions eachSliceAlone() {
    return new GraphOptions(histogramBins, slabSlices, true);
  }
}
