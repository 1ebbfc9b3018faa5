package org.uniem.postprocess.linking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Test
  void bestSumIsNotThatOfTheBestPairs() {
    // 0.9 alone would leave 0.2; 0.8 and 0.7 are more.
    assertArrayEquals(new int[] {1, 0}, Assignment.best(new double[][] {{.9, .8}, {.7, .2}}));
  }

  @Test
  void pairsWithoutGainStayUnassigned() {
    assertArrayEquals(
        new int[] {Assignment.NONE, 0}, Assignment.best(new double[][] {{.5, 0}, {.6, 0}}));
    assertArrayEquals(new int[0], Assignment.best(new double[0][]));
  }

  @Test
  void equalsTryingAllAssignments() {
    long seed = new Random().nextLong();
    System.out.println("AssignmentTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      double[][] gain = new double[1 + random.nextInt(5)][1 + random.nextInt(5)];
      for (double[] row : gain) {
        for (int column = 0; column < row.length; column++) {
          row[column] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
        }
      }
      int[] columnOf = Assignment.best(gain);
      double sum = 0;
      Set<Integer> taken = new HashSet<>();
      for (int row = 0; row < gain.length; row++) {
        if (columnOf[row] != Assignment.NONE) {
          assertTrue(taken.add(columnOf[row]));
          assertTrue(gain[row][columnOf[row]] > 0);
          sum += gain[row][columnOf[row]];
        }
      }
      assertEquals(best(gain, 0, new boolean[gain[0].length]), sum, 1e-9, "round " + round);
    }
  }

  private static double best(double[][] gain, int row, boolean[] taken) {
    if (row == gain.length) {
      return 0;
    }
    double most = best(gain, row + 1, taken);
    for (int column = 0; column < taken.length; column++) {
      if (!taken[column]) {
        taken[column] = true;
        most = Math.max(most, gain[row][column] + best(gain, row + 1, taken));
        taken[column] = false;
      }
    }
    return most;
  }
}
