package org.uniem.metrics;

import java.util.Arrays;
import org.uniem.job.BadParameterException;

/**
 * Which voxels count where instances are compared, and what those are that the segmentation leaves
 * out; 0 is the label of the background.
 */
public enum Foreground {
  /**
   * Voxels that have an object in the ground truth, as in the papers; those without one in the
   * segmentation are one object together.
   */
  TRUTH,
  /**
   * Voxels that have an object in the ground truth; each of them without one in the segmentation is
   * an object of its own, as in the score of the SNEMI3D challenge (Arganda-Carreras et al. 2015,
   * 10.3389/fnana.2015.00142). What is left out then counts as split, never as merged.
   */
  SINGLES,
  /** Voxels that have an object in the ground truth and one in the segmentation. */
  BOTH,
  /** All voxels; the background is compared like an object. */
  ALL;

  /**
   * The choice of that name.
   *
   * @param name {@code truth}, {@code singles}, {@code both} or {@code all}, in any case
   * @throws BadParameterException for any other name
   */
  public static Foreground of(String name) {
    return Arrays.stream(values())
        .filter(choice -> choice.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "foreground=" + name + " is not known: give truth, singles, both or all."));
  }

  boolean counts(long segmentation, long truth) {
    return switch (this) {
      case TRUTH, SINGLES -> truth != 0;
      case BOTH -> truth != 0 && segmentation != 0;
      case ALL -> true;
    };
  }
}
