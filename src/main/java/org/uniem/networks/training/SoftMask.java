package org.uniem.networks.training;

import java.util.Locale;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;

/**
 * Recognises labels with soft edges: masks of two values that were stored as JPEG, scaled or
 * smoothed, so that values between the two stand at the edges of objects.
 *
 * <p>Object ids hold other values too, but in areas: their pixels rarely lie strictly between those
 * of two neighbours, while of soft edges and of noise a third and more do. Not thread-safe.
 */
final class SoftMask {

  /** Of the values that are neither background nor the largest, from which on they are gradual. */
  private static final double GRADUAL = 0.3;

  private static final int LEAST_PIXELS = 10;

  /** Of all pixels, from which on they are of two kinds. */
  private static final double TWO_KINDS = 0.9;

  /** What is refused has to be sure. */
  private static final long MANY_PIXELS = 2000;

  private final Volume labels;
  private final TrainingDataOptions options;
  private float largest;
  private boolean hasUnlabelled;
  private long pixels;
  private long others;
  private long between;
  private long middle;

  private SoftMask(Volume labels, TrainingDataOptions options) {
    this.labels = labels;
    this.options = options;
  }

  /**
   * The value from which on pixels are foreground; says so where it is not the smallest above 0.
   *
   * @param labels of one channel
   * @param options those of foreground and background
   * @throws BadInputException if it cannot be told what values mean
   */
  static float threshold(Volume labels, TrainingDataOptions options, Job job) {
    SoftMask mask = new SoftMask(labels, options);
    mask.survey(job);
    if (mask.others < LEAST_PIXELS || mask.between < GRADUAL * mask.others) {
      return Float.MIN_VALUE;
    }
    boolean twoKinds = mask.middle < (1 - TWO_KINDS) * mask.pixels;
    if (options.affinities() || mask.hasUnlabelled || !twoKinds) {
      if (mask.others >= MANY_PIXELS || mask.hasUnlabelled || options.affinities()) {
        throw mask.ambiguous();
      }
      return Float.MIN_VALUE;
    }
    float threshold = (float) Math.ceil(mask.largest / 2);
    job.message(
        String.format(
            Locale.ROOT,
            "Labels %s hold values between 0 and %.0f in %.2g %% of their pixels, as masks do that"
                + " were JPEG or smoothed: %.0f and more is foreground, less is background.",
            labels.name(),
            mask.largest,
            100.0 * mask.others / mask.pixels,
            threshold));
    return threshold;
  }

  private void survey(Job job) {
    int width = Math.toIntExact(labels.width());
    float[] values = new float[Math.toIntExact(labels.width() * labels.height())];
    Job.Stage stage = job.stage("Looking at labels", 2 * labels.depth(), "slices");
    for (long z = 0; z < labels.depth(); z++) {
      labels.readSlice(z, 0, values);
      for (float value : values) {
        boolean unlabelled = isUnlabelled(value);
        hasUnlabelled |= unlabelled;
        largest = unlabelled ? largest : Math.max(largest, value);
      }
      stage.advance(1);
    }
    for (long z = 0; z < labels.depth(); z++) {
      labels.readSlice(z, 0, values);
      count(values, width);
      stage.advance(1);
    }
  }

  private boolean isUnlabelled(float value) {
    return options.unlabelled() != null && value == options.unlabelled();
  }

  private void count(float[] values, int width) {
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      if (isUnlabelled(value)) {
        continue;
      }
      pixels++;
      if (value > 0 && value < largest) {
        others++;
        boolean row = i % width > 0 && i % width < width - 1;
        boolean column = i >= width && i < values.length - width;
        if (row && isBetween(values[i - 1], value, values[i + 1])
            || column && isBetween(values[i - width], value, values[i + width])) {
          between++;
        }
        middle += value > largest / 4 && value < largest * 3 / 4 ? 1 : 0;
      }
    }
  }

  private static boolean isBetween(float a, float value, float b) {
    return a < value && value < b || a > value && value > b;
  }

  private BadInputException ambiguous() {
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "Labels %s hold gradual values 0 … %.0f, as a photo, a probability map or a JPEG does:"
                + " expected %s. Save the labels anew as PNG or TIFF with sharp edges, or apply a"
                + " threshold first.",
            labels.name(),
            largest,
            options.affinities()
                ? "objects with ids of their own"
                : hasUnlabelled
                    ? "unlabelled=" + options.unlabelled() + " and the values of classes alone"
                    : "background 0 and foreground"));
  }
}
