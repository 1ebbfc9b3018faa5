package org.uniem.postprocess.labelling;

import java.util.ArrayList;
import java.util.List;
import org.uniem.job.BadParameterException;

/**
 * Which neighbours of a voxel belong to its object.
 *
 * <p>The 2D kinds look within a slice only: every slice of a stack is labelled on its own, with ids
 * that are unique over the stack.
 */
public enum Connectivity {
  /** 2D, shared edges. */
  FOUR(4, 0, -1, -1),
  /** 2D, shared edges and corners. */
  EIGHT(8, 1, -1, -1),
  /** 3D, shared faces. */
  SIX(6, 0, 0, -1),
  /** 3D, shared faces and edges. */
  EIGHTEEN(18, 1, 1, 0),
  /** 3D, shared faces, edges and corners. */
  TWENTY_SIX(26, 1, 1, 1);

  private final int neighbours;
  private final int reachSameSlice;
  private final int reachStraightBelow;
  private final int reachAslantBelow;

  Connectivity(int neighbours, int reachSameSlice, int reachStraightBelow, int reachAslantBelow) {
    this.neighbours = neighbours;
    this.reachSameSlice = reachSameSlice;
    this.reachStraightBelow = reachStraightBelow;
    this.reachAslantBelow = reachAslantBelow;
  }

  /**
   * The connectivity of that name.
   *
   * @param neighbours 4 or 8 (2D), 6, 18 or 26 (3D)
   * @throws BadParameterException for any other number
   */
  public static Connectivity of(int neighbours) {
    for (Connectivity connectivity : values()) {
      if (connectivity.neighbours == neighbours) {
        return connectivity;
      }
    }
    throw new BadParameterException(
        "connectivity="
            + neighbours
            + " is not known: give 4 or 8 to label each slice on its own, or 6, 18 or 26 to label"
            + " in 3D.");
  }

  /**
   * The neighbours of a voxel.
   *
   * @return offsets x, y, z, each −1, 0 or 1, in ascending order of z, y, x
   */
  public List<int[]> offsets() {
    List<int[]> offsets = new ArrayList<>();
    for (int z = -1; z <= 1; z++) {
      for (int y = -1; y <= 1; y++) {
        for (int x = -1; x <= 1; x++) {
          if ((x != 0 || y != 0 || z != 0) && Math.abs(x) <= reach(y, z)) {
            offsets.add(new int[] {x, y, z});
          }
        }
      }
    }
    return offsets;
  }

  private int reach(int y, int z) {
    if (z == 0) {
      return y == 0 ? 1 : reachSameSlice;
    }
    return y == 0 ? reachStraightBelow : reachAslantBelow;
  }

  /** Number of neighbours of a voxel. */
  public int neighbours() {
    return neighbours;
  }

  /**
   * How background is connected where objects are connected like this, so that a closed surface has
   * an inside and an outside: the other way round, faces alone for 18, 26 and 8, corners too for 6
   * and 4 (Kong and Rosenfeld 1989, doi:10.1016/0734-189X(89)90147-3).
   */
  public Connectivity ofBackground() {
    return switch (this) {
      case FOUR -> EIGHT;
      case EIGHT -> FOUR;
      case SIX -> TWENTY_SIX;
      case EIGHTEEN, TWENTY_SIX -> SIX;
    };
  }

  /** Whether objects extend over slices. */
  public boolean is3D() {
    return reachStraightBelow >= 0;
  }

  /** How far in x the neighbours in row (y−1, z) are off; −1: there are none. */
  int reachSameSlice() {
    return reachSameSlice;
  }

  /** How far in x the neighbours in row (y, z−1) are off; −1: there are none. */
  int reachStraightBelow() {
    return reachStraightBelow;
  }

  /** How far in x the neighbours in rows (y±1, z−1) are off; −1: there are none. */
  int reachAslantBelow() {
    return reachAslantBelow;
  }
}
