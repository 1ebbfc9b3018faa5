package org.uniem.annotation.meshes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.annotation.Shapes;
import org.uniem.annotation.Shapes.Solid;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/** Areas of shapes whose areas are known, down to a voxel. */
class SurfaceAreasTest {

  private static final VoxelSize UNIT = new VoxelSize(1, 1, 1, "um");

  private final Job job = new Job(1, ProgressListener.NONE);

  @AfterEach
  void close() {
    job.close();
  }

  private double area(Volume labels) {
    try (ObjectSurfaces surfaces = ObjectSurfaces.find(labels, job)) {
      return Arrays.stream(surfaces.bareSurface(1, job).areas(job)).sum();
    }
  }

  private double volume(Volume labels) {
    try (ObjectSurfaces surfaces = ObjectSurfaces.find(labels, job)) {
      return surfaces.bareSurface(1, job).voxelVolume();
    }
  }

  private static void assertWithin(double share, double expected, double found, String what) {
    assertEquals(expected, found, share * expected, what);
  }

  @Test
  void boxesAreExactHoweverSmall() {
    int[][] boxes = {
      {1, 1, 1},
      {1, 1, 2},
      {2, 2, 2},
      {3, 3, 3},
      {4, 4, 4},
      {7, 7, 7},
      {20, 20, 20},
      {1, 1, 50},
      {50, 1, 1},
      {1, 2, 30},
      {2, 40, 2},
      {3, 3, 30},
      {1, 30, 30},
      {30, 2, 30},
      {12, 5, 9}
    };
    for (VoxelSize size : new VoxelSize[] {UNIT, new VoxelSize(4, 5, 40, "nm")}) {
      for (int[] n : boxes) {
        Volume box = Shapes.box(n[0], n[1], n[2], size);
        double a = n[0] * size.x();
        double b = n[1] * size.y();
        double c = n[2] * size.z();
        String what = Arrays.toString(n);
        assertWithin(1e-6, 2 * (a * b + b * c + c * a), area(box), what);
        assertWithin(1e-6, a * b * c, volume(box), what);
      }
    }
  }

  /** A box in a box: the inner faces count as well. */
  @Test
  void cavitiesAreExact() {
    Solid hollow =
        (x, y, z) ->
            Math.max(Math.max(Math.abs(x - 7), Math.abs(y - 7)), Math.abs(z - 7)) > 2
                && Math.max(Math.max(Math.abs(x - 7), Math.abs(y - 7)), Math.abs(z - 7)) < 5;
    // Of 10 and of 4 voxels.
    assertWithin(1e-6, 600 + 96, area(Shapes.of(14, 14, 14, UNIT, hollow)), "hollow");
  }

  @Test
  void ballsAreRightWithinFivePercentFromRadiusTwoOn() {
    double[][] centres = {{0, 0, 0}, {0.5, 0.5, 0.5}, {0.5, 0, 0}, {0.25, 0.3, 0.1}};
    double[] radii = {2, 3, 4, 6, 10, 20};
    for (double radius : radii) {
      double area = 0;
      for (double[] c : centres) {
        int n = 2 * (int) radius + 7;
        double middle = n / 2 + 0.5;
        Solid ball = Shapes.ball(middle + c[0], middle + c[1], middle + c[2], radius);
        Volume labels = Shapes.of(n, n, n, UNIT, ball);
        // No body has less area than a ball; measurements make use of it.
        double least = Math.cbrt(36 * Math.PI) * Math.pow(volume(labels), 2 / 3.0);
        double found = Math.max(least, area(labels));
        assertWithin(radius < 3 ? 0.08 : 0.03, least, found, "radius " + radius);
        area += found / centres.length;
      }
      double expected = 4 * Math.PI * radius * radius;
      assertWithin(radius < 4 ? 0.05 : 0.01, expected, area, "radius " + radius);
    }
  }

  @Test
  void thinRodsAtAnyAngleAreRightWithinTenPercent() {
    Random random = new Random(3);
    for (double radius : new double[] {1, 1.5, 2.5}) {
      double ratio = 0;
      int rounds = 6;
      for (int i = 0; i < rounds; i++) {
        Solid rod = Shapes.rod(24, 24, 24, Shapes.direction(random), 36, radius);
        double found = area(Shapes.of(48, 48, 48, UNIT, rod));
        ratio += found / (2 * Math.PI * radius * (36 + radius)) / rounds;
      }
      assertEquals(1, ratio, 0.1, "radius " + radius);
    }
  }

  @Test
  void thickSlicesChangeAreasOfBallsByTwoPercentAtMost() {
    for (double thickness : new double[] {2, 3, 5, 7.5}) {
      VoxelSize size = new VoxelSize(4, 4, 4 * thickness, "nm");
      for (double radius : new double[] {12 * thickness, 100}) {
        int n = (int) (radius / 2) + 5;
        int depth = (int) (2 * radius / size.z()) + 5;
        Solid ball = Shapes.ball(2 * n + 0.7, 2 * n + 1.1, depth / 2.0 * size.z() + 3, radius);
        double found = area(Shapes.of(n, n, depth, size, ball));
        assertWithin(0.02, 4 * Math.PI * radius * radius, found, thickness + ", " + radius);
      }
    }
  }

  /** Turning an object by quarter turns and mirroring it changes nothing. */
  @Test
  void axesAreAlike() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      int n = 5 + random.nextInt(4);
      double share = 0.3 + 0.6 * random.nextDouble();
      long[] labels = new long[n * n * n];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextDouble() < share ? 1 : 0;
      }
      labels[0] = 1;
      long[] turned = new long[labels.length];
      for (int i = 0; i < labels.length; i++) {
        int x = i % n;
        int y = i / n % n;
        int z = i / n / n;
        turned[y + n * (z + n * (n - 1 - x))] = labels[i];
      }
      double expected = area(Shapes.of(n, n, n, UNIT, labels));
      assertTrue(expected > 0, "seed " + seed);
      double found = area(Shapes.of(n, n, n, UNIT, turned));
      assertWithin(1e-4, expected, found, "seed " + seed);
    }
  }

  @Test
  void everyFaceHasFourNeighboursThatKnowIt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      long[] labels = Shapes.random(6 * 5 * 4, 1 + random.nextInt(3), random);
      labels[17] = 1;
      Volume stack = Shapes.of(6, 5, 4, new VoxelSize(3, 4, 50, "nm"), labels);
      try (ObjectSurfaces surfaces = ObjectSurfaces.find(stack, job)) {
        VoxelFaces faces = new VoxelFaces(surfaces.bareSurface(1, job));
        for (int face = 0; face < faces.count(); face++) {
          for (int edge = 0; edge < 4; edge++) {
            int other = faces.neighbour(face, edge);
            int back = -1;
            for (int e = 0; e < 4; e++) {
              back = faces.neighbour(other, e) == face ? e : back;
            }
            assertTrue(back >= 0, "seed " + seed);
            assertEquals(faces.turn(face, edge), faces.turn(other, back), "seed " + seed);
            assertEquals(faces.isSharp(face, edge), faces.isSharp(other, back), "seed " + seed);
          }
        }
      }
    }
  }
}
