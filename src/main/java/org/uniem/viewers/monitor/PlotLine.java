package org.uniem.viewers.monitor;

import org.uniem.viewers.plot.RunningMean;

/**
 * One line of a plot. Immutable and thread-safe if its arrays are left alone.
 *
 * @param name in the legend
 * @param x ascending
 * @param y as many; gaps where not finite
 * @param smooth as many if {@code y} is drawn faint and this strong, else empty
 * @param best index of the point to mark, -1 for none
 */
record PlotLine(String name, double[] x, double[] y, double[] smooth, int best) {

  /** Up to so many points the single ones are marked. */
  private static final int MOST_DOTS = 60;

  private static final double SHARE_OF_POINTS = 1 / 40.0;

  /** A noisy curve with its running mean over about a fortieth of it. */
  static PlotLine smoothed(String name, Curve curve) {
    double points = Math.max(2, Math.min(1000, curve.size() * SHARE_OF_POINTS));
    return new PlotLine(
        name, curve.steps(), curve.values(), RunningMean.of(curve.values(), 1 - 1 / points), -1);
  }

  /** A curve as it is. */
  static PlotLine plain(String name, Curve curve) {
    return new PlotLine(name, curve.steps(), curve.values(), new double[0], -1);
  }

  /** A curve as it is, its highest value marked. */
  static PlotLine withBest(String name, Curve curve) {
    return new PlotLine(name, curve.steps(), curve.values(), new double[0], curve.best());
  }

  boolean isSmoothed() {
    return smooth.length > 0;
  }

  boolean hasDots() {
    return !isSmoothed() && x.length <= MOST_DOTS;
  }

  /** Index of the point nearest to a place, -1 where there is none. */
  int nearest(double place) {
    int found = java.util.Arrays.binarySearch(x, place);
    if (found >= 0 || x.length == 0) {
      return found;
    }
    int behind = -found - 1;
    if (behind == 0 || behind == x.length) {
      return Math.min(behind, x.length - 1);
    }
    return place - x[behind - 1] < x[behind] - place ? behind - 1 : behind;
  }
}
