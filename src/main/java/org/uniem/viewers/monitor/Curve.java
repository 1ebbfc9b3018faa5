package org.uniem.viewers.monitor;

import java.util.Arrays;

/**
 * A number over the steps of a training, as far as it is known. Immutable and thread-safe.
 *
 * <p>Steps ascend; values may be NaN.
 */
final class Curve {

  private final String tag;
  private final double[] steps;
  private final double[] times;
  private final double[] values;

  private Curve(String tag, double[] steps, double[] times, double[] values) {
    this.tag = tag;
    this.steps = steps;
    this.times = times;
    this.values = values;
  }

  /** Its name, for example {@code "loss/training"}. */
  String tag() {
    return tag;
  }

  int size() {
    return steps.length;
  }

  double step(int i) {
    return steps[i];
  }

  /** Seconds since 1970. */
  double time(int i) {
    return times[i];
  }

  double value(int i) {
    return values[i];
  }

  double lastStep() {
    return steps[steps.length - 1];
  }

  double lastTime() {
    return times[times.length - 1];
  }

  double lastValue() {
    return values[values.length - 1];
  }

  /** Index of the first highest value, -1 where there is none. */
  int best() {
    int best = -1;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i]) && (best < 0 || values[i] > values[best])) {
        best = i;
      }
    }
    return best;
  }

  double[] steps() {
    return steps.clone();
  }

  double[] values() {
    return values.clone();
  }

  /**
   * A curve under construction, of bounded size: beyond it every second point is left out, and so
   * of those that follow. Not thread-safe.
   */
  static final class Builder {

    /** Above this, points are left out; 24 bytes each. */
    static final int MOST_POINTS = 1 << 18;

    private final String tag;
    private double[] steps = new double[64];
    private double[] times = new double[64];
    private double[] values = new double[64];
    private int size;
    private int stride = 1;
    private int skipped;

    Builder(String tag) {
      this.tag = tag;
    }

    /** Adds a point; those at its step and behind are replaced by it. */
    void add(double step, double time, double value) {
      cutFrom(step);
      skipped++;
      if (skipped < stride) {
        return;
      }
      skipped = 0;
      if (size == MOST_POINTS) {
        halve();
      }
      if (size == steps.length) {
        steps = Arrays.copyOf(steps, 2 * size);
        times = Arrays.copyOf(times, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      steps[size] = step;
      times[size] = time;
      values[size] = value;
      size++;
    }

    /** Forgets the points at a step and behind. */
    void cutFrom(double step) {
      while (size > 0 && steps[size - 1] >= step) {
        size--;
      }
    }

    private void halve() {
      for (int i = 0; i < size / 2; i++) {
        steps[i] = steps[2 * i + 1];
        times[i] = times[2 * i + 1];
        values[i] = values[2 * i + 1];
      }
      size /= 2;
      stride *= 2;
    }

    boolean isEmpty() {
      return size == 0;
    }

    Curve build() {
      return new Curve(
          tag, Arrays.copyOf(steps, size), Arrays.copyOf(times, size), Arrays.copyOf(values, size));
    }
  }
}
