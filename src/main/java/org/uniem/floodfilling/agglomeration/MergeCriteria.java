package org.uniem.floodfilling.agglomeration;

import java.util.Locale;
import java.util.Optional;
import org.uniem.job.BadParameterException;

/**
 * When two objects are one. All must hold.
 *
 * @param minIou what grew from either must be alike: intersection over union above this, 0 … 1
 * @param minConsistency what grew from either must give back more than this part of each, 0 … 1
 * @param maxDeleted less than this part of what grew from one of them was taken back on the way, 0
 *     or more
 */
public record MergeCriteria(double minIou, double minConsistency, double maxDeleted) {

  /** The recommended ones, which avoid false mergers. */
  public static final MergeCriteria PUBLISHED = new MergeCriteria(0.8, 0.6, 0.02);

  public MergeCriteria {
    if (!(minIou >= 0 && minIou <= 1)
        || !(minConsistency >= 0 && minConsistency <= 1)
        || !(maxDeleted >= 0)) {
      throw new BadParameterException(
          "minIou="
              + minIou
              + ", minConsistency="
              + minConsistency
              + ", maxDeleted="
              + maxDeleted
              + " are not possible: give numbers 0 … 1.");
    }
  }

  /** Whether what grew from the first object decides against a merge already. */
  boolean decidedBy(PairScores scores, RegrownObject first) {
    return !(scores.consistencyA(first) > minConsistency
        && scores.consistencyB(first) > minConsistency);
  }

  /** Whether the scores are all that is needed for a decision. */
  boolean areEnough(PairScores scores) {
    return scores.all() || decidedBy(scores, scores.grown().get(0));
  }

  /** Why a pair is not merged; empty where it is. */
  public Optional<String> objection(PairScores scores) {
    if (!scores.hasBoth()) {
      return Optional.of(
          (scores.voxelsA() == 0 ? "a" : "b") + " has no voxel within the analysis radius");
    }
    for (int i = 0; i < scores.grown().size(); i++) {
      RegrownObject from = scores.grown().get(i);
      String name = i == 0 ? "a" : "b";
      if (!(scores.consistencyA(from) > minConsistency)) {
        return tooLow("part of a regrown from " + name, scores.consistencyA(from), minConsistency);
      }
      if (!(scores.consistencyB(from) > minConsistency)) {
        return tooLow("part of b regrown from " + name, scores.consistencyB(from), minConsistency);
      }
    }
    if (!scores.isComplete()) {
      String name = scores.grown().isEmpty() ? "a" : "b";
      return Optional.of("no seed in " + name + " half a field of view inside the subvolume");
    }
    if (!(scores.iou() > minIou)) {
      return tooLow("overlap of both", scores.iou(), minIou);
    }
    double deleted =
        Math.min(scores.grown().get(0).deletedFraction(), scores.grown().get(1).deletedFraction());
    return deleted < maxDeleted
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "taken back while growing %.3f; below %s merges",
                deleted,
                maxDeleted));
  }

  private static Optional<String> tooLow(String score, double found, double above) {
    return Optional.of(String.format(Locale.ROOT, "%s %.3f; above %s merges", score, found, above));
  }
}
