package org.uniem.metrics;

import java.util.Arrays;
import org.uniem.job.BadParameterException;

/** Which voxels count where instances are compared; 0 is the label of the background. */
public enum Foreground {
  /** Voxels that have an object in the ground truth, as in the papers. */
  TRUTH,
  /** Voxels that have an object in the ground truth and one in the segmentation. */
  BOTH,
  /** All voxels; the background is compared like an object. */
  ALL;

  /**
   * The choice of that name.
   *
   * @param name {@code truth}, {@code both} or {@code all}, in any case
   * @throws BadParameterException for any other name
   */
  public static Foreground of(String name) {
    return Arrays.stream(values())
        .filter(choice -> choice.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "foreground=" + name + " is not known: give truth, both or all."));
  }

  boolean counts(long segmentation, long truth) {
    return switch (this) {
      case TRUTH -> truth != 0;
      case BOTH -> truth != 0 && segmentation != 0;
      case ALL -> true;
    };
  }
}
