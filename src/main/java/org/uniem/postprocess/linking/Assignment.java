package org.uniem.postprocess.linking;

import java.util.Arrays;

/**
 * The one-to-one assignment of the highest total gain, by shortest augmenting paths (Kuhn's
 * Hungarian method as of Jonker and Volgenant 1987, 10.1007/BF02278710, without their
 * initialisation).
 */
final class Assignment {

  /** Stands for a row that gets no column. */
  static final int NONE = -1;

  private Assignment() {}

  /**
   * Assigns rows to columns.
   *
   * @param gain of each row and column, all rows of one length; pairs of 0 or less are not assigned
   * @return a column or {@link #NONE} per row; O(rows · columns · the smaller of both)
   */
  static int[] best(double[][] gain) {
    int rows = gain.length;
    int columns = rows == 0 ? 0 : gain[0].length;
    if (rows > columns) {
      return inverted(best(transposed(gain)), rows);
    }
    // Row and column 0 are artificial: the path begins there.
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    for (int row = 1; row <= rows; row++) {
      rowOf[0] = row;
      augment(gain, rowPotential, columnPotential, rowOf);
    }
    int[] columnOf = new int[rows];
    Arrays.fill(columnOf, NONE);
    for (int column = 1; column <= columns; column++) {
      int row = rowOf[column] - 1;
      if (row >= 0 && gain[row][column - 1] > 0) {
        columnOf[row] = column - 1;
      }
    }
    return columnOf;
  }

  /** Gives a column to the row at column 0, along the shortest path in reduced costs. */
  private static void augment(
      double[][] gain, double[] rowPotential, double[] columnPotential, int[] rowOf) {
    int columns = rowOf.length - 1;
    double[] distance = new double[columns + 1];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int[] previous = new int[columns + 1];
    boolean[] done = new boolean[columns + 1];
    int at = 0;
    while (rowOf[at] != 0) {
      done[at] = true;
      int row = rowOf[at];
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int column = 1; column <= columns; column++) {
        if (!done[column]) {
          // A pair without gain is as good as none.
          double cost = -Math.max(0, gain[row - 1][column - 1]);
          double reduced = cost - rowPotential[row] - columnPotential[column];
          if (reduced < distance[column]) {
            distance[column] = reduced;
            previous[column] = at;
          }
          if (distance[column] < least) {
            least = distance[column];
            nearest = column;
          }
        }
      }
      for (int column = 0; column <= columns; column++) {
        if (done[column]) {
          rowPotential[rowOf[column]] += least;
          columnPotential[column] -= least;
        } else {
          distance[column] -= least;
        }
      }
      at = nearest;
    }
    while (at != 0) {
      rowOf[at] = rowOf[previous[at]];
      at = previous[at];
    }
  }

  private static double[][] transposed(double[][] gain) {
    double[][] transposed = new double[gain[0].length][gain.length];
    for (int row = 0; row < gain.length; row++) {
      for (int column = 0; column < gain[0].length; column++) {
        transposed[column][row] = gain[row][column];
      }
    }
    return transposed;
  }

  private static int[] inverted(int[] rowOf, int rows) {
    int[] columnOf = new int[rows];
    Arrays.fill(columnOf, NONE);
    for (int column = 0; column < rowOf.length; column++) {
      if (rowOf[column] != NONE) {
        columnOf[rowOf[column]] = column;
      }
    }
    return columnOf;
  }
}
