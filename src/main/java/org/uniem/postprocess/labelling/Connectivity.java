package org.uniem.postprocess.labelling;

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

  /** Number of neighbours of a voxel. */
  public int neighbours() {
    return neighbours;
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
