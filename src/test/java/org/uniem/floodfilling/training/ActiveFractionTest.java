package org.uniem.floodfilling.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActiveFractionTest {

  @Test
  void classesBeginBehindTheirThresholds() {
    double[] shares = {0, 0.025, 0.026, 0.05, 0.1, 0.11, 0.2, 0.85, 0.9, 0.91, 1};
    int[] classes = {1, 1, 2, 2, 4, 5, 5, 12, 12, 13, 13};
    for (int i = 0; i < shares.length; i++) {
      assertEquals(classes[i], ActiveFraction.classOf(shares[i]), "share " + shares[i]);
    }
  }

  @Test
  void everyBlockIsClassifiedAsByCounting() {
    long seed = 17;
    Random random = new Random(seed);
    Box size = new Box(17, 15, 13);
    int[] labels = random.ints(size.voxels(), 0, 4).toArray();
    LabelledVolume volume =
        Cubes.of(size, (x, y, z) -> 0, (x, y, z) -> labels[size.voxel(x, y, z)] * (1 + z / 5));
    Box radius = new Box(3, 2, 1);
    ActiveFraction fraction = new ActiveFraction(volume, Set.of(1, 2, 4, 6), radius);
    for (int[] at : new int[][] {{3, 2, 1, 11, 11, 11}, {5, 4, 3, 1, 2, 3}, {8, 9, 7, 6, 4, 5}}) {
      Box block = new Box(at[3], at[4], at[5]);
      byte[] classes = fraction.classify(at[0], at[1], at[2], block);
      for (int z = 0, i = 0; z < block.z(); z++) {
        for (int y = 0; y < block.y(); y++) {
          for (int x = 0; x < block.x(); x++, i++) {
            assertEquals(
                counted(volume, at[0] + x, at[1] + y, at[2] + z, radius),
                classes[i],
                "seed " + seed + " at " + x + "," + y + "," + z);
          }
        }
      }
    }
  }

  private static int counted(LabelledVolume volume, int x0, int y0, int z0, Box radius) {
    int label = volume.label(x0, y0, z0);
    if (label == 0 || label == 3) {
      return label == 0 ? 0 : ActiveFraction.NONE;
    }
    int same = 0;
    int all = 0;
    for (int z = z0 - radius.z(); z <= z0 + radius.z(); z++) {
      for (int y = y0 - radius.y(); y <= y0 + radius.y(); y++) {
        for (int x = x0 - radius.x(); x <= x0 + radius.x(); x++) {
          all++;
          same += volume.label(x, y, z) == label ? 1 : 0;
        }
      }
    }
    boolean large = Set.of(1, 2, 4, 6).contains(label);
    return large ? ActiveFraction.classOf(same / (double) all) : ActiveFraction.NONE;
  }
}
