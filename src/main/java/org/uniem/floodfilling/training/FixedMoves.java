package org.uniem.floodfilling.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * First the centre, then all offsets of a grid around it in an order that is the same for all
 * examples; those where the mask is still unlikely are passed over. The default of the authors'
 * program.
 */
public final class FixedMoves implements FieldMoves {

  private final List<int[]> offsets;
  private final float threshold;
  private int next;

  /**
   * @param offsets of {@link #grid}
   * @param threshold logit from which on an offset is looked at
   */
  public FixedMoves(List<int[]> offsets, float threshold) {
    this.offsets = offsets;
    this.threshold = threshold;
  }

  /**
   * The centre, then the other offsets of a grid, shuffled.
   *
   * @param deltas distance of grid points
   * @param moves grid points on each side of the centre; 1 gives 27 offsets
   * @param seed fixes the order
   */
  public static List<int[]> grid(Box deltas, int moves, long seed) {
    List<int[]> offsets = new ArrayList<>();
    for (int z = -moves; z <= moves; z++) {
      for (int y = -moves; y <= moves; y++) {
        for (int x = -moves; x <= moves; x++) {
          if (x != 0 || y != 0 || z != 0) {
            offsets.add(new int[] {x * deltas.x(), y * deltas.y(), z * deltas.z()});
          }
        }
      }
    }
    Collections.shuffle(offsets, new Random(seed));
    offsets.add(0, new int[3]);
    return Collections.unmodifiableList(offsets);
  }

  @Override
  public int[] next(Mask mask) {
    while (next < offsets.size()) {
      int[] offset = offsets.get(next++);
      if (next == 1 || mask.at(offset[0], offset[1], offset[2]) >= threshold) {
        return offset;
      }
    }
    return new int[0];
  }

  @Override
  public void looked(int x, int y, int z, Mask mask) {
    // The order does not depend on what was seen.
  }

  @Override
  public int[] state() {
    return new int[] {next};
  }

  @Override
  public void restore(int[] state) {
    next = state[0];
  }
}
