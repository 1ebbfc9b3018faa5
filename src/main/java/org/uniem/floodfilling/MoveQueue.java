package org.uniem.floodfilling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where the field of view goes next: the places found most likely on the faces of the boxes around
 * the places it has been to, first come, first served, and each cell of a lattice once. Not
 * thread-safe.
 */
final class MoveQueue {

  /** A place, in voxels of the box. */
  record Place(int x, int y, int z) {}

  /** A place in the queue, and what the network makes of it where that is known already. */
  static final class Step {

    private final Place place;
    private float[] logits = {};

    Step(Place place) {
      this.place = place;
    }

    Place place() {
      return place;
    }

    boolean isLookedAt() {
      return logits.length > 0;
    }

    float[] logits() {
      return logits;
    }

    void lookedAt(float[] newLogits) {
      logits = newLogits;
    }
  }

  private record Move(float score, int x, int y, int z) {}

  /** So many places in the queue are searched for ones that can be looked at early. */
  private static final int WINDOW = 256;

  private final int[] field;
  private final int[] deltas;
  private final float threshold;
  private final Place start;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Set<Place> done = new HashSet<>();

  /**
   * @param field size of the field of view, x, y, z
   * @param deltas half the size of the box whose faces are looked at, x, y, z
   * @param threshold logit that a place has at least
   * @param start where the object begins
   */
  MoveQueue(int[] field, int[] deltas, float threshold, Place start) {
    this.field = field;
    this.deltas = deltas;
    this.threshold = threshold;
    this.start = start;
    steps.add(new Step(start));
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  Step take() {
    return steps.remove();
  }

  /**
   * Finds places whose look can be had now instead of at their turn: their field of view meets none
   * of those before them, so nothing that happens until then changes what they see.
   *
   * @param first the place whose turn it is
   * @param mayBeValid whether a place is worth a look, as far as is known now; those that are not
   *     never will be
   * @param max how many are wanted
   */
  List<Step> early(Step first, Predicate<Place> mayBeValid, int max) {
    List<Place> before = new ArrayList<>(List.of(first.place));
    List<Step> found = new ArrayList<>();
    Iterator<Step> all = steps.iterator();
    while (found.size() < max && before.size() < WINDOW && all.hasNext()) {
      Step step = all.next();
      if (!isDone(step.place) && mayBeValid.test(step.place)) {
        if (!step.isLookedAt() && before.stream().noneMatch(place -> meet(place, step.place))) {
          found.add(step);
        }
        before.add(step.place);
      }
    }
    return found;
  }

  private boolean meet(Place a, Place b) {
    return Math.abs(a.x() - b.x()) < field[0]
        && Math.abs(a.y() - b.y()) < field[1]
        && Math.abs(a.z() - b.z()) < field[2];
  }

  boolean isDone(Place place) {
    return done.contains(cell(place));
  }

  /** The cell of the lattice of deltas in whose middle cell the object begins. */
  private Place cell(Place place) {
    return new Place(
        cell(place.x() - start.x(), deltas[0]),
        cell(place.y() - start.y(), deltas[1]),
        cell(place.z() - start.z(), deltas[2]));
  }

  private static int cell(int away, int delta) {
    return Math.floorDiv(away + delta / 2, Math.max(delta, 1));
  }

  /**
   * Takes note that the field of view was at a place and adds where it may go from there.
   *
   * @param logits of the field of view, x fastest
   */
  void visited(Place place, float[] logits) {
    done.add(cell(place));
    Set<Move> moves = new HashSet<>();
    // In the order z, y, x as in the published program; it matters only for equal scores.
    for (int axis = 2; axis >= 0; axis--) {
      if (deltas[axis] > 0) {
        addBest(axis, -deltas[axis], logits, moves);
        addBest(axis, deltas[axis], logits, moves);
      }
    }
    moves.stream()
        .sorted(MoveQueue::likelierFirst)
        .forEach(
            move ->
                steps.add(
                    new Step(
                        new Place(place.x() + move.x, place.y() + move.y, place.z() + move.z))));
  }

  private void addBest(int axis, int offset, float[] logits, Set<Move> moves) {
    int[] low = {-deltas[0], -deltas[1], -deltas[2]};
    int[] high = deltas.clone();
    low[axis] = offset;
    high[axis] = offset;
    Move best = new Move(Float.NEGATIVE_INFINITY, low[0], low[1], low[2]);
    for (int z = low[2]; z <= high[2]; z++) {
      for (int y = low[1]; y <= high[1]; y++) {
        int row = ((z + field[2] / 2) * field[1] + y + field[1] / 2) * field[0] + field[0] / 2;
        for (int x = low[0]; x <= high[0]; x++) {
          if (logits[row + x] > best.score) {
            best = new Move(logits[row + x], x, y, z);
          }
        }
      }
    }
    if (best.score >= threshold) {
      moves.add(best);
    }
  }

  private static int likelierFirst(Move a, Move b) {
    if (a.score != b.score) {
      return Float.compare(b.score, a.score);
    }
    if (a.z != b.z) {
      return Integer.compare(b.z, a.z);
    }
    return a.y != b.y ? Integer.compare(b.y, a.y) : Integer.compare(b.x, a.x);
  }
}
