package org.uniem.filters;

import org.uniem.job.Job;

/** Makes each value from itself alone. */
final class PointFilter implements Filter {

  /** A function of one value. */
  @FunctionalInterface
  interface Function {
    float of(float value);
  }

  private final Function function;

  PointFilter(Function function) {
    this.function = function;
  }

  /** The largest value from a threshold on, 0 below; the other way round if inverted. */
  static PointFilter binarise(double threshold, double largest, boolean inverted) {
    float high = (float) (inverted ? 0 : largest);
    float low = (float) (inverted ? largest : 0);
    return new PointFilter(value -> value > threshold ? high : low);
  }

  /** The largest value minus the value. */
  static PointFilter invert(double largest) {
    float full = (float) largest;
    return new PointFilter(value -> full - value);
  }

  /** Scales a range to 0 … the largest value and cuts off what is beyond. */
  static PointFilter stretch(double low, double high, double largest) {
    double scale = high > low ? largest / (high - low) : 0;
    return new PointFilter(value -> (float) Math.max(0, Math.min(largest, (value - low) * scale)));
  }

  @Override
  public void apply(SliceWindow source, float[] target, Job job) {
    float[] values = source.middle();
    for (int i = 0; i < values.length; i++) {
      target[i] = function.of(values[i]);
    }
  }
}
