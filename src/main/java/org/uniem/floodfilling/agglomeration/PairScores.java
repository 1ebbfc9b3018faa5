package org.uniem.floodfilling.agglomeration;

import java.util.Comparator;
import java.util.List;

/**
 * What was found out about a pair of objects.
 *
 * @param point where
 * @param voxelsA voxels of object a around the point
 * @param voxelsB voxels of object b around the point
 * @param grown what grew from a, then from b; fewer where one could not be grown, or the first
 *     decided already
 * @param shared voxels in both of them, 0 unless both were grown
 * @param all whether all was grown that can be; otherwise the first decided already
 */
public record PairScores(
    DecisionPoint point,
    long voxelsA,
    long voxelsB,
    List<RegrownObject> grown,
    long shared,
    boolean all) {

  /** In the order of ids. */
  static final Comparator<PairScores> BY_IDS =
      Comparator.<PairScores>comparingLong(scores -> scores.point().a())
          .thenComparingLong(scores -> scores.point().b());

  public PairScores {
    grown = List.copyOf(grown);
  }

  /** Whether both objects were grown. */
  public boolean isComplete() {
    return grown.size() == 2;
  }

  /** Whether both objects are around the point. */
  boolean hasBoth() {
    return voxelsA > 0 && voxelsB > 0;
  }

  /** Part of object a that a mask gave back, 0 … 1. */
  public double consistencyA(RegrownObject from) {
    return (double) from.ofA() / voxelsA;
  }

  /** Part of object b that a mask gave back, 0 … 1. */
  public double consistencyB(RegrownObject from) {
    return (double) from.ofB() / voxelsB;
  }

  /** Intersection over union of both masks, 0 … 1; only where it is complete. */
  public double iou() {
    long union = grown.get(0).voxels() + grown.get(1).voxels() - shared;
    return union == 0 ? 0 : (double) shared / union;
  }
}
