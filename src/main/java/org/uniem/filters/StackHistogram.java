package org.uniem.filters;

import java.util.Optional;
import java.util.function.Function;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * Learns the distribution of the values of a whole stack in two passes: their range, then a
 * histogram of it. Exact for whole numbers that range over less than {@value #BINS} values.
 */
final class StackHistogram {

  private static final int BINS = 1 << 16;

  private final double lowest;
  private final double width;
  private final long[] counts = new long[BINS];
  private long total;

  private StackHistogram(double lowest, double highest) {
    this.lowest = lowest;
    boolean whole =
        lowest == Math.rint(lowest) && highest == Math.rint(highest) && highest - lowest < BINS;
    this.width = whole ? 1 : (highest - lowest) / (BINS - 1);
  }

  /** A filter that becomes another one when the histogram is known. */
  static Filter filter(Function<StackHistogram, Filter> made) {
    return new Unlearned(() -> new Range(made));
  }

  private void add(float value) {
    counts[bin(value)]++;
    total++;
  }

  private int bin(double value) {
    return (int) Math.max(0, Math.min(BINS - 1, Math.round((value - lowest) / width)));
  }

  /** The value below or at which a share of all values lies, the share being 0 … 1. */
  double quantile(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * total));
    long sum = 0;
    int bin = -1;
    while (sum < wanted) {
      sum += counts[++bin];
    }
    return lowest + bin * width;
  }

  /** The share of values at or below a value, without the lowest, which gets 0; 0 … 1. */
  PointFilter equaliser(double full) {
    double[] shares = new double[BINS];
    long first = counts[0];
    long sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += counts[bin];
      shares[bin] = total == first ? 0 : (double) (sum - first) / (total - first);
    }
    return new PointFilter(value -> (float) (shares[bin(value)] * full));
  }

  private interface Start {
    Filter.Learning learning();
  }

  private record Unlearned(Start start) implements Filter {

    @Override
    public Optional<Learning> learning() {
      return Optional.of(start.learning());
    }

    @Override
    public void apply(SliceWindow source, float[] target, Job job) {
      throw new IllegalStateException("This filter must learn from the stack first.");
    }
  }

  private static final class Range implements Filter.Learning {

    private final Function<StackHistogram, Filter> made;
    private float lowest = Float.POSITIVE_INFINITY;
    private float highest = Float.NEGATIVE_INFINITY;

    Range(Function<StackHistogram, Filter> made) {
      this.made = made;
    }

    @Override
    public void see(float[] slice) {
      for (float value : slice) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
          throw new BadInputException(
              "A value is " + value + ": expected numbers. Mend the images first.");
        }
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
      }
    }

    @Override
    public Filter learned() {
      if (lowest == highest) {
        float only = lowest;
        return new PointFilter(value -> only);
      }
      return new Unlearned(() -> new Counting(new StackHistogram(lowest, highest), made));
    }
  }

  private record Counting(StackHistogram histogram, Function<StackHistogram, Filter> made)
      implements Filter.Learning {

    @Override
    public void see(float[] slice) {
      for (float value : slice) {
        histogram.add(value);
      }
    }

    @Override
    public Filter learned() {
      return made.apply(histogram);
    }
  }
}
