package org.uniem.floodfilling.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The movement of segmentation itself: on each of the six faces of the box of deltas around the
 * place looked at, the likeliest voxel is a place to go to, if it is likely enough; the likeliest
 * of the six first, all that were found earlier before. Places closer than half a delta to one seen
 * are passed over, and those beyond the moves an example has room for. "Max prediction" in the
 * authors' program.
 */
public final class FollowingMoves implements FieldMoves {

  private final Box deltas;
  private final Box limit;
  private final float threshold;
  private final Deque<int[]> queue = new ArrayDeque<>();
  private final Set<List<Integer>> seen = new HashSet<>();

  /** A place on a face and its logit. */
  private record Candidate(float logit, int[] offset) {}

  /**
   * @param deltas how far the field of view moves
   * @param moves how many times that far it may get from the centre
   * @param threshold logit from which on it goes somewhere
   */
  public FollowingMoves(Box deltas, int moves, float threshold) {
    this.deltas = deltas;
    this.limit = new Box(0, 0, 0).plus(moves, deltas);
    this.threshold = threshold;
    queue.add(new int[3]);
  }

  @Override
  public int[] next(Mask mask) {
    while (!queue.isEmpty()) {
      int[] offset = queue.remove();
      boolean likely = seen.isEmpty() || mask.at(offset[0], offset[1], offset[2]) >= threshold;
      if (likely && seen.add(place(offset))) {
        return offset;
      }
    }
    return new int[0];
  }

  private List<Integer> place(int[] offset) {
    return List.of(
        Math.floorDiv(offset[0] + deltas.x() / 2, deltas.x()),
        Math.floorDiv(offset[1] + deltas.y() / 2, deltas.y()),
        Math.floorDiv(offset[2] + deltas.z() / 2, deltas.z()));
  }

  @Override
  public void looked(int x, int y, int z, Mask mask) {
    List<Candidate> candidates = new ArrayList<>();
    int[] centre = {x, y, z};
    for (int axis = 0; axis < 3; axis++) {
      for (int side = -1; side <= 1; side += 2) {
        Candidate best = likeliest(centre, axis, side, mask);
        if (best.logit() >= threshold && isWithin(best.offset())) {
          candidates.add(best);
        }
      }
    }
    candidates.sort(Comparator.comparing(Candidate::logit).reversed());
    candidates.forEach(candidate -> queue.add(candidate.offset()));
  }

  private Candidate likeliest(int[] centre, int axis, int side, Mask mask) {
    int[] from = {-deltas.x(), -deltas.y(), -deltas.z()};
    int[] to = {deltas.x(), deltas.y(), deltas.z()};
    from[axis] = side * to[axis];
    to[axis] = from[axis];
    Candidate best = new Candidate(Float.NEGATIVE_INFINITY, centre);
    for (int z = centre[2] + from[2]; z <= centre[2] + to[2]; z++) {
      for (int y = centre[1] + from[1]; y <= centre[1] + to[1]; y++) {
        for (int x = centre[0] + from[0]; x <= centre[0] + to[0]; x++) {
          float logit = mask.at(x, y, z);
          if (logit > best.logit()) {
            best = new Candidate(logit, new int[] {x, y, z});
          }
        }
      }
    }
    return best;
  }

  private boolean isWithin(int[] offset) {
    return Math.abs(offset[0]) <= limit.x()
        && Math.abs(offset[1]) <= limit.y()
        && Math.abs(offset[2]) <= limit.z();
  }

  /** How many places were seen, those, and then the queue. */
  @Override
  public int[] state() {
    List<Integer> state = new ArrayList<>();
    state.add(seen.size());
    seen.forEach(state::addAll);
    for (int[] offset : queue) {
      for (int part : offset) {
        state.add(part);
      }
    }
    return state.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public void restore(int[] state) {
    seen.clear();
    queue.clear();
    int places = state[0];
    for (int i = 1; i < state.length; i += 3) {
      if (i < 1 + 3 * places) {
        seen.add(List.of(state[i], state[i + 1], state[i + 2]));
      } else {
        queue.add(new int[] {state[i], state[i + 1], state[i + 2]});
      }
    }
  }
}
