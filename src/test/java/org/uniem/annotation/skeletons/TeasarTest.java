package org.uniem.annotation.skeletons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.annotation.ObjectRuns;
import org.uniem.annotation.Shapes;
import org.uniem.annotation.Shapes.Solid;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

class TeasarTest {

  /** Voxels of 4 x 4 x 8 nm. */
  private static final VoxelSize SIZE = new VoxelSize(4, 4, 8, "nm");

  private static final TeasarOptions SMALL = new TeasarOptions(2, 10, 1e5, 4, 0, 4);

  @TempDir Path folder;

  private final Job job = new Job(1, ProgressListener.NONE);

  @AfterEach
  void closeJob() {
    job.close();
  }

  private Skeleton skeleton(Volume labels, TeasarOptions options) {
    try (ObjectRuns runs = ObjectRuns.find(labels, Optional.empty(), job)) {
      return Teasar.of(runs.voxels(1), options, job);
    }
  }

  /** All points within a radius of a line. */
  private static Solid tube(double[] a, double[] b, double radius) {
    return (x, y, z) -> {
      double[] p = {x, y, z};
      double along = 0;
      double length = 0;
      for (int i = 0; i < 3; i++) {
        along += (p[i] - a[i]) * (b[i] - a[i]);
        length += (b[i] - a[i]) * (b[i] - a[i]);
      }
      double t = Math.min(1, Math.max(0, along / length));
      double square = 0;
      for (int i = 0; i < 3; i++) {
        double difference = p[i] - a[i] - t * (b[i] - a[i]);
        square += difference * difference;
      }
      return square <= radius * radius;
    };
  }

  private static Solid union(Solid... solids) {
    return (x, y, z) -> {
      for (Solid solid : solids) {
        if (solid.has(x, y, z)) {
          return true;
        }
      }
      return false;
    };
  }

  @Test
  void tubeHasItsLengthAndRadius() {
    Volume tube =
        Shapes.of(75, 15, 9, SIZE, tube(new double[] {40, 30, 36}, new double[] {260, 30, 36}, 18));
    Skeleton found = skeleton(tube, SMALL);
    // From tip to tip of the round ends, which voxels cut by up to one of them.
    assertEquals(220 + 36, found.length(), 8);
    assertEquals(0, found.branchPoints());
    assertEquals(2, found.endPoints());
    assertEquals(1, found.trees());
    assertEquals(18, found.maxRadius(), 2.5);
    assertTrue(found.meanRadius() > 14 && found.meanRadius() <= found.maxRadius());
    for (int v = 0; v < found.size(); v++) {
      double x = found.places()[3 * v];
      if (x > 60 && x < 240) {
        assertEquals(30, found.places()[3 * v + 1], 4);
        assertEquals(36, found.places()[3 * v + 2], 8);
      }
    }
  }

  @Test
  void forkHasOneBranchPointWhereItsTubesMeet() {
    double[] fork = {160, 120, 40};
    Volume labels =
        Shapes.of(
            80,
            60,
            10,
            SIZE,
            union(
                tube(new double[] {30, 120, 40}, fork, 14),
                tube(fork, new double[] {270, 60, 40}, 14),
                tube(fork, new double[] {270, 180, 40}, 14)));
    Skeleton found = skeleton(labels, SMALL);
    assertEquals(1, found.branchPoints());
    assertEquals(3, found.endPoints());
    int[] children = new int[found.size()];
    for (int parent : found.parents()) {
      if (parent >= 0) {
        children[parent]++;
      }
    }
    for (int v = 0; v < found.size(); v++) {
      if (children[v] + (found.parents()[v] < 0 ? 0 : 1) > 2) {
        for (int axis = 0; axis < 3; axis++) {
          assertEquals(fork[axis], found.places()[3 * v + axis], 20);
        }
      }
    }
    double expected = 130 + 2 * Math.hypot(110, 60) + 3 * 14;
    assertEquals(expected, found.length(), 0.06 * expected);
  }

  @Test
  void ringIsOpenAtOnePlace() {
    Volume ring = Shapes.of(70, 70, 10, SIZE, Shapes.torus(140, 140, 40, 100, 16));
    Skeleton found = skeleton(ring, SMALL);
    assertEquals(1, found.trees());
    double around = 2 * Math.PI * 100;
    assertTrue(found.length() > 0.85 * around, found.length() + " of " + around);
    assertTrue(found.length() < 1.08 * around, found.length() + " of " + around);
  }

  @Test
  void everyPartHasATreeUnlessItIsTooSmall() {
    Solid parts =
        union(
            tube(new double[] {20, 20, 30}, new double[] {120, 20, 30}, 10),
            Shapes.ball(60, 80, 40, 20),
            (x, y, z) -> x > 148 && x < 152 && y > 92 && y < 96 && z > 40 && z < 48);
    Volume labels = Shapes.of(40, 30, 10, SIZE, parts);
    assertEquals(3, skeleton(labels, SMALL).trees());
    Skeleton large = skeleton(labels, new TeasarOptions(2, 10, 1e5, 4, 10, 0));
    assertEquals(2, large.trees());
    assertEquals(0, skeleton(labels, new TeasarOptions(2, 10, 1e5, 4, 9999, 0)).size());
  }

  private Skeleton usual(Volume labels) {
    return skeleton(labels, TeasarOptions.DEFAULT);
  }

  @Test
  void partsBesideEachOtherKeepTheirLength() {
    for (int gap : new int[] {1, 2, 3, 8, 20}) {
      Solid bars =
          (x, y, z) ->
              x > 2 && x < 50 && y > 2 && y < 5 && (z > 2 && z < 5 || z > 5 + gap && z < 8 + gap);
      Skeleton found = usual(Shapes.of(52, 7, 30, new VoxelSize(1, 1, 1, "um"), bars));
      assertEquals(2, found.trees(), "gap " + gap);
      assertEquals(4, found.endPoints(), "gap " + gap);
      assertEquals(2 * 47, found.length(), 3, "gap " + gap);
    }
  }

  @Test
  void armsBesideEachOtherKeepTheirLength() {
    // Three prongs of 50 voxels, two apart, on a bar.
    Solid trident =
        (x, y, z) -> z > 1 && z < 4 && (x < 3 && y < 15 || x < 53 && (y % 6) < 3 && y < 15);
    Skeleton found = usual(Shapes.of(60, 16, 5, new VoxelSize(1, 1, 1, "um"), trident));
    assertEquals(1, found.trees());
    assertEquals(3, found.endPoints());
    assertEquals(3 * 51 + 12, found.length(), 6);
  }

  @Test
  void linesOfVoxelsHaveTheirLengthInEveryDirection() {
    for (int direction = 0; direction < 27; direction++) {
      int[] step = {direction % 3 - 1, direction / 3 % 3 - 1, direction / 9 - 1};
      double length = Math.hypot(Math.hypot(4 * step[0], 4 * step[1]), 8 * step[2]);
      for (int voxels : new int[] {1, 2, 3, 50}) {
        int n = voxels + 2;
        long[] labels = new long[n * n * n];
        for (int i = 0; i < voxels && direction != 13; i++) {
          int[] p = new int[3];
          for (int axis = 0; axis < 3; axis++) {
            p[axis] = step[axis] < 0 ? n - 2 - i : step[axis] > 0 ? 1 + i : 1;
          }
          labels[p[0] + n * (p[1] + n * p[2])] = 1;
        }
        labels[1 + n * (1 + n)] = direction == 13 ? 1 : labels[1 + n * (1 + n)];
        Skeleton found = usual(Shapes.of(n, n, n, SIZE, labels));
        String what = direction + ", " + voxels + " voxels";
        assertEquals(direction == 13 ? 0 : (voxels - 1) * length, found.length(), 1e-9, what);
        assertEquals(1, found.trees(), what);
        assertEquals(voxels > 1 && direction != 13 ? 2 : 0, found.endPoints(), what);
      }
    }
  }

  @Test
  void smallObjectsAreMoreThanAVertex() {
    VoxelSize unit = new VoxelSize(1, 1, 1, "um");
    assertEquals(2, usual(Shapes.box(2, 2, 2, unit)).endPoints());
    assertEquals(7, usual(Shapes.box(3, 3, 8, unit)).length(), 1);
    // Along an edge or from corner to corner.
    double length = usual(Shapes.box(12, 8, 8, unit)).length();
    assertTrue(length >= 11 && length < 16, "" + length);
    Skeleton ball = usual(Shapes.of(13, 13, 13, unit, Shapes.ball(6.5, 6.5, 6.5, 5)));
    assertEquals(10, ball.length(), 1.5);
    assertEquals(0, ball.branchPoints());
  }

  @Test
  void platesReachTheirCorners() {
    Skeleton found = usual(Shapes.box(40, 40, 1, new VoxelSize(1, 1, 1, "um")));
    assertEquals(1, found.trees());
    assertTrue(found.endPoints() >= 4 && found.endPoints() <= 6, "" + found.endPoints());
    assertTrue(found.length() > 39 * 1.4 + 2 * 18, "" + found.length());
  }

  @Test
  void linesThroughTheWholeStackHaveTheirLength() {
    VoxelSize unit = new VoxelSize(1, 1, 1, "um");
    long[] ones = new long[50];
    Arrays.fill(ones, 1);
    assertEquals(49, usual(Shapes.of(1, 1, 50, unit, ones)).length(), 1e-9);
    assertEquals(49, usual(Shapes.of(50, 1, 1, unit, ones)).length(), 1e-9);
    Solid bar = (x, y, z) -> x < 3 && y < 3;
    assertEquals(49, usual(Shapes.of(9, 9, 50, unit, bar)).length(), 2);
  }

  @Test
  void objectsThatTouchHaveTheirOwnSkeletons() {
    long[] labels = new long[2 * 2 * 40];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = 1 + i % 2;
    }
    Volume stack = Shapes.of(2, 2, 40, new VoxelSize(1, 1, 1, "um"), labels);
    try (ObjectRuns runs = ObjectRuns.find(stack, Optional.empty(), job)) {
      for (long id = 1; id <= 2; id++) {
        assertEquals(39, Teasar.of(runs.voxels(id), TeasarOptions.DEFAULT, job).length(), 1);
      }
    }
  }

  @Test
  void partsThatTouchAtCornersAreOneTree() {
    Solid steps = (x, y, z) -> (int) (x / 4) == (int) (z / 4) && y < 4;
    Skeleton found = usual(Shapes.of(40, 5, 40, new VoxelSize(1, 1, 1, "um"), steps));
    assertEquals(1, found.trees());
    assertEquals(39 * Math.sqrt(2), found.length(), 4);
  }

  @Test
  void dustBesideALargePartHasNone() {
    Solid parts = (x, y, z) -> x < 30 || y == 0.5 && z == 0.5 && (int) x % 3 == 1;
    Volume labels = Shapes.of(60, 30, 30, new VoxelSize(1, 1, 1, "um"), parts);
    assertEquals(1, usual(labels).trees());
    assertEquals(1 + 10, skeleton(labels, new TeasarOptions(4, -1, 1e5, 4, 0, 0)).trees());
  }

  @Test
  void oneVoxelIsOneVertex() {
    Skeleton found = skeleton(Shapes.of(3, 3, 3, SIZE, voxel()), SMALL);
    assertEquals(1, found.size());
    assertArrayEquals(new double[] {6, 6, 12}, found.places());
    assertEquals(2, found.radii()[0]);
    assertEquals(2, found.meanRadius());
    assertEquals(0, found.length());
  }

  private static long[] voxel() {
    long[] labels = new long[27];
    labels[13] = 1;
    return labels;
  }

  @Test
  void swcHasParentsBeforeChildrenAndRadiiInUnits() throws Exception {
    Skeleton first =
        new Skeleton(
            7,
            new double[] {1, 2, 3, 4, 5, 6, 0.0125, 8, 9},
            new float[] {1.5f, 2, 3},
            new int[] {-1, 0, 0});
    Skeleton second =
        new Skeleton(1L << 40, new double[] {1, 1, 1}, new float[] {1}, new int[] {-1});
    Path file = folder.resolve("all.swc");
    SwcFile.write(file, List.of(first, second), "um");
    assertEquals(
        List.of(
            "# SWC: number type x y z radius parent; unit um",
            "# object 7",
            "1 0 1.0 2.0 3.0 1.5 -1",
            "2 0 4.0 5.0 6.0 2.0 1",
            "3 0 0.0125 8.0 9.0 3.0 1",
            "# object 1099511627776",
            "4 0 1.0 1.0 1.0 1.0 -1"),
        Files.readAllLines(file));
  }

  @Test
  void parentsComeBeforeTheirChildren() {
    Volume ring = Shapes.of(40, 40, 8, SIZE, Shapes.torus(80, 80, 32, 55, 16));
    Skeleton found = skeleton(ring, SMALL);
    for (int v = 0; v < found.size(); v++) {
      assertTrue(found.parents()[v] < v);
    }
  }

  @Test
  void cancelStops() {
    Volume ring = Shapes.of(40, 40, 8, SIZE, Shapes.torus(80, 80, 32, 55, 16));
    try (ObjectRuns runs = ObjectRuns.find(ring, Optional.empty(), job)) {
      job.cancel();
      assertThrows(CancellationException.class, () -> Teasar.of(runs.voxels(1), SMALL, job));
    }
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertRefused("scale=-1.0 is out of range: give 0 or more.", -1, 0, 1, 4, 0, 0);
    assertRefused("constant=NaN is out of range: give a length.", 1, Double.NaN, 1, 4, 0, 0);
    assertRefused("penalty=-2.0 is out of range: give 0 to 1e12.", 1, 0, -2, 4, 0, 0);
    assertRefused("exponent=0 is out of range: give 1 to 16.", 1, 0, 1, 0, 0, 0);
    assertRefused(
        "minVoxels=-2 is out of range: give 0 or more, or -1 for all but dust.", 1, 0, 1, 4, -2, 0);
    assertRefused("smoothing=-1 is out of range: give 0 or more.", 1, 0, 1, 4, 0, -1);
  }

  private static void assertRefused(
      String message, double scale, double constant, double penalty, int e, long min, int smooth) {
    assertEquals(
        message,
        assertThrows(
                BadParameterException.class,
                () -> new TeasarOptions(scale, constant, penalty, e, min, smooth))
            .getMessage());
  }
}
