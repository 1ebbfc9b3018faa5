package org.uniem.networks.training;

import org.uniem.job.BadParameterException;

/**
 * How labels become classes and which slices become channels.
 *
 * @param classes how label values become classes
 * @param unlabelled label value of pixels that are ignored; {@code null} if every pixel is labelled
 * @param context neighbouring slices on each side that are further input channels, 0 or more
 * @param contextStep distance of these slices from each other in slices, 1 or more
 */
public record TrainingDataOptions(
    Classes classes, Integer unlabelled, int context, int contextStep) {

  /** Non-zero is foreground, everything labelled, no context. */
  public static final TrainingDataOptions FOREGROUND =
      new TrainingDataOptions(Classes.FOREGROUND, null, 0, 1);

  /** How label values become classes. */
  public enum Classes {
    /** Every value but 0 is foreground: one output map. */
    FOREGROUND,
    /** Each value, in ascending order, is a class of its own: one output map each. */
    VALUES
  }

  public TrainingDataOptions {
    if (classes == null) {
      throw new BadParameterException("classes is missing: give foreground or values.");
    }
    if (context < 0 || context > 16) {
      throw new BadParameterException("context=" + context + " is out of range: give 0 … 16.");
    }
    if (contextStep < 1) {
      throw new BadParameterException(
          "contextStep=" + contextStep + " is too small: give 1 or more.");
    }
  }
}
