package org.uniem.annotation.skeletons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.annotation.ObjectRuns;
import org.uniem.annotation.ObjectVoxels;
import org.uniem.annotation.Shapes;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

class SurfaceDistanceTest {

  private final Job job = new Job(1, ProgressListener.NONE);

  @AfterEach
  void closeJob() {
    job.close();
  }

  private float[] distances(Volume labels) {
    try (ObjectRuns runs = ObjectRuns.find(labels, Optional.empty(), job)) {
      return SurfaceDistance.of(runs.voxels(1), job);
    }
  }

  @Test
  void barOfFiveHasItsHalfWidthInTheMiddle() {
    VoxelSize size = new VoxelSize(2, 1, 1, "nm");
    Volume bar = Shapes.of(7, 1, 1, size, 0, 1, 1, 1, 1, 1, 0);
    assertArrayEquals(new float[] {1, 3, 5, 3, 1}, distances(bar), 1e-6f);
    // It may go on beyond the border.
    Volume cut = Shapes.of(6, 1, 1, size, 1, 1, 1, 1, 1, 0);
    assertArrayEquals(new float[] {9, 7, 5, 3, 1}, distances(cut), 1e-6f);
  }

  @Test
  void objectWithoutSurfaceEndsAtTheBorder() {
    long[] labels = new long[27];
    Arrays.fill(labels, 1);
    float[] found = distances(Shapes.of(3, 3, 3, new VoxelSize(4, 4, 10, "nm"), labels));
    assertEquals(6, found[13], 1e-6);
    assertEquals(2, found[0], 1e-6);
  }

  /** Compares with the distance to the box of every voxel around. */
  @Test
  void equalsExhaustiveSearch() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      int w = 3 + random.nextInt(8);
      int h = 3 + random.nextInt(8);
      int d = 3 + random.nextInt(8);
      double[] s = {1 + random.nextInt(5), 1 + random.nextInt(5), 1 + random.nextInt(30)};
      long[] labels = new long[w * h * d];
      for (int i = 0; i < labels.length; i++) {
        int x = i % w;
        int y = i / w % h;
        int z = i / w / h;
        boolean inner = x > 0 && y > 0 && z > 0 && x < w - 1 && y < h - 1 && z < d - 1;
        labels[i] = inner && random.nextInt(12) > 0 ? 1 : 0;
      }
      labels[(h + 1) * w + 1] = 1;
      Volume stack = Shapes.of(w, h, d, new VoxelSize(s[0], s[1], s[2], "nm"), labels);
      try (ObjectRuns runs = ObjectRuns.find(stack, Optional.empty(), job)) {
        ObjectVoxels object = runs.voxels(1);
        float[] found = SurfaceDistance.of(object, job);
        int voxel = 0;
        for (int i = 0; i < labels.length; i++) {
          if (labels[i] == 1) {
            double expected = exhaustive(labels, i, w, h, s);
            assertEquals(expected, found[voxel++], 1e-5 * expected, "seed " + seed);
          }
        }
      }
    }
  }

  private static double exhaustive(long[] labels, int i, int w, int h, double[] s) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < labels.length; j++) {
      if (labels[j] == 0) {
        double dx = Math.max(0, Math.abs(i % w - j % w) - 0.5) * s[0];
        double dy = Math.max(0, Math.abs(i / w % h - j / w % h) - 0.5) * s[1];
        double dz = Math.max(0, Math.abs(i / w / h - j / w / h) - 0.5) * s[2];
        smallest = Math.min(smallest, Math.sqrt(dx * dx + dy * dy + dz * dz));
      }
    }
    return smallest;
  }
}
