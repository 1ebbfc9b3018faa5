package org.uniem.networks.training;

import java.util.List;
import org.uniem.job.BadParameterException;
import org.uniem.postprocess.affinities.Offset;

/**
 * How labels become classes and which slices become channels.
 *
 * @param classes how label values become classes
 * @param unlabelled label value of pixels that are ignored; {@code null} if every pixel is labelled
 * @param context neighbouring slices on each side that are further input channels, 0 or more
 * @param contextStep distance of these slices from each other in slices, 1 or more
 * @param offsets where not empty, the targets are affinities instead of classes, one output map per
 *     offset: 1 where a pixel and the one at the offset are of one object, that is, have one label
 *     that is not 0
 */
public record TrainingDataOptions(
    Classes classes, Integer unlabelled, int context, int contextStep, List<Offset> offsets) {

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
    offsets = List.copyOf(offsets);
    if (!offsets.isEmpty() && classes != Classes.FOREGROUND) {
      throw new BadParameterException(
          "target=affinities needs objects, not classes: leave classes=auto or give foreground.");
    }
  }

  /** Classes, not affinities. */
  public TrainingDataOptions(Classes classes, Integer unlabelled, int context, int contextStep) {
    this(classes, unlabelled, context, contextStep, List.of());
  }

  /** Whether the targets are affinities. */
  public boolean affinities() {
    return !offsets.isEmpty();
  }

  /** The options in words; without affinities as before there were any, for old checkpoints. */
  @Override
  public String toString() {
    return "TrainingDataOptions[classes="
        + classes
        + ", unlabelled="
        + unlabelled
        + ", context="
        + context
        + ", contextStep="
        + contextStep
        + (affinities() ? ", offsets=" + Offset.format(offsets) : "")
        + "]";
  }
}
