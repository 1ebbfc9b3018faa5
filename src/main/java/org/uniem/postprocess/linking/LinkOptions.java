package org.uniem.postprocess.linking;

import java.util.Locale;
import org.uniem.job.BadParameterException;

/**
 * Which objects of two slices belong together.
 *
 * @param method how pairs are chosen
 * @param minIou least intersection over union of a pair, 0 … 1; pairs that share no pixel are never
 *     linked
 * @param minContainment least share of the smaller object that lies on the larger one, 0 … 1;
 *     either this or the intersection over union suffices; not for {@link Method#ASSIGNMENT}
 * @param maxGap slices that an object may be missing in; 0 = none
 */
public record LinkOptions(Method method, double minIou, double minContainment, int maxGap) {

  /** How pairs are chosen among those that overlap. */
  public enum Method {
    /** Every pair that overlaps enough: objects may branch and merge. */
    OVERLAP,
    /** One partner at most for each object, with the highest sum of intersections over unions. */
    ASSIGNMENT;

    /**
     * The method of a name.
     *
     * @throws BadParameterException if there is none
     */
    public static Method of(String name) {
      for (Method method : values()) {
        if (method.name().toLowerCase(Locale.ROOT).equals(name)) {
          return method;
        }
      }
      throw new BadParameterException(
          "method=" + name + " is not known: give overlap or assignment.");
    }
  }

  /** Gaps beyond this are no gaps, and each costs a comparison of all slices. */
  private static final int LARGEST_GAP = 100;

  public LinkOptions {
    requireShare("minIou", minIou);
    requireShare("minContainment", minContainment);
    if (maxGap < 0 || maxGap > LARGEST_GAP) {
      throw new BadParameterException(
          "maxGap=" + maxGap + " is out of range: give 0 to " + LARGEST_GAP + " slices.");
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new BadParameterException(name + "=" + share + " is out of range: give 0 to 1.");
    }
  }

  boolean accepts(long shared, long first, long second) {
    boolean alike = shared >= minIou * (first + second - shared);
    boolean contained = shared >= minContainment * Math.min(first, second);
    return shared > 0 && (alike || method == Method.OVERLAP && contained);
  }
}
