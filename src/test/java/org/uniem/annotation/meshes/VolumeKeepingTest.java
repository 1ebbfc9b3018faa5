package org.uniem.annotation.meshes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.annotation.Shapes;
import org.uniem.annotation.Shapes.Solid;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/** Smoothed surfaces of thin and small objects. */
class VolumeKeepingTest {

  private static final VoxelSize UNIT = new VoxelSize(1, 1, 1, "um");
  private static final List<Smoothing> SMOOTHINGS = List.of(Smoothing.HUMPHREY, Smoothing.TAUBIN);

  private final Job job = new Job(2, ProgressListener.NONE);

  @AfterEach
  void close() {
    job.close();
  }

  private Surface surface(Volume labels) {
    try (ObjectSurfaces surfaces = ObjectSurfaces.find(labels, job)) {
      return surfaces.bareSurface(1, job);
    }
  }

  private static void assertWithin(double share, double expected, double found, String what) {
    assertEquals(expected, found, share * expected, what);
  }

  @Test
  void smallAndThinBoxesKeepVolumeAndArea() {
    int[][] boxes = {
      {1, 1, 1}, {2, 1, 1}, {2, 2, 2}, {3, 3, 3}, {1, 1, 50}, {2, 50, 2}, {1, 20, 20}, {9, 9, 9}
    };
    for (int[] n : boxes) {
      Surface raw = surface(Shapes.box(n[0], n[1], n[2], UNIT));
      for (Smoothing smoothing : SMOOTHINGS) {
        TriangleMesh mesh = VolumeKeeping.apply(raw, smoothing, 15, job);
        String what = smoothing + " " + List.of(n[0], n[1], n[2]);
        double area = 2.0 * (n[0] * n[1] + n[1] * n[2] + n[2] * n[0]);
        assertWithin(0.01, n[0] * n[1] * n[2], mesh.volume(), what);
        assertWithin(0.05, area, mesh.area(), what);
        assertEquals(2, Manifold.check(mesh));
      }
    }
  }

  @Test
  void ballOfRadiusTwoIsRightWithinFivePercent() {
    for (double centre : new double[] {3.5, 4}) {
      Volume ball = Shapes.of(8, 8, 8, UNIT, Shapes.ball(centre, centre, centre, 2));
      TriangleMesh mesh = VolumeKeeping.apply(surface(ball), Smoothing.HUMPHREY, 15, job);
      assertWithin(0.05, 32 / 3.0 * Math.PI, mesh.volume(), "volume");
      assertWithin(0.05, 16 * Math.PI, mesh.area(), "area");
    }
  }

  @Test
  void thickBallAndTorusMeasureWithinOnePercent() {
    VoxelSize size = new VoxelSize(4, 4, 4, "nm");
    Surface ball = surface(Shapes.of(66, 66, 66, size, Shapes.ball(131, 133, 132, 120)));
    Surface torus = surface(Shapes.of(74, 74, 24, size, Shapes.torus(147, 149, 47, 100, 40)));
    for (Smoothing smoothing : SMOOTHINGS) {
      TriangleMesh mesh = VolumeKeeping.apply(ball, smoothing, 15, job);
      assertWithin(0.01, 4 / 3.0 * Math.PI * 120 * 120 * 120, mesh.volume(), "ball");
      assertWithin(0.01, 4 * Math.PI * 120 * 120, mesh.area(), "ball");
      mesh = VolumeKeeping.apply(torus, smoothing, 15, job);
      assertWithin(0.01, 2 * Math.PI * Math.PI * 100 * 40 * 40, mesh.volume(), "torus");
      assertWithin(0.01, 4 * Math.PI * Math.PI * 100 * 40, mesh.area(), "torus");
    }
  }

  /** A line of voxels on a ball keeps its own volume, which the whole would not miss. */
  @Test
  void thinPartsOfThickObjectsKeepTheirVolume() {
    double c = 20.5;
    Solid spine = (x, y, z) -> x == c && y == c && z > c && z < c + 28;
    Solid both = (x, y, z) -> Shapes.ball(c, c, c, 10).has(x, y, z) || spine.has(x, y, z);
    Surface raw = surface(Shapes.of(41, 41, 52, UNIT, both));
    TriangleMesh mesh = VolumeKeeping.apply(raw, Smoothing.HUMPHREY, 15, job);
    assertWithin(1e-3, raw.voxelVolume(), mesh.volume(), "all");
    // Around the axis, from one voxel above the ball to the tip: 1/2 of (x, y) · normal.
    double[] normal = new double[3];
    double volume = 0;
    int[] t = mesh.triangles();
    float[] p = mesh.vertices();
    for (int i = 0; i < t.length; i += 3) {
      mesh.normal(t[i], t[i + 1], t[i + 2], normal);
      double[] middle = new double[3];
      for (int axis = 0; axis < 3; axis++) {
        middle[axis] = (p[3 * t[i] + axis] + p[3 * t[i + 1] + axis] + p[3 * t[i + 2] + axis]) / 3;
      }
      if (middle[2] > c + 11.5) {
        volume += ((middle[0] - c) * normal[0] + (middle[1] - c) * normal[1]) / 4;
      }
    }
    assertEquals(16, volume, 2);
  }

  @Test
  void verticesStayWithinHalfAVoxelAndVolumesRightHoweverRagged() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    VoxelSize size = new VoxelSize(4, 6, 30, "nm");
    for (int round = 0; round < 60; round++) {
      long[] labels = Shapes.random(6 * 5 * 4, 1 + random.nextInt(3), random);
      labels[40] = 1;
      Surface raw = surface(Shapes.of(6, 5, 4, size, labels));
      for (Smoothing smoothing : SMOOTHINGS) {
        TriangleMesh mesh = VolumeKeeping.apply(raw, smoothing, 15, job);
        assertArrayEquals(raw.mesh().triangles(), mesh.triangles());
        for (int i = 0; i < mesh.vertices().length; i++) {
          double half = new double[] {2, 3, 15}[i % 3];
          assertEquals(raw.mesh().vertices()[i], mesh.vertices()[i], half + 1e-4, "seed " + seed);
        }
        // Where half a voxel is not enough, as in noise, some is missing.
        assertWithin(0.1, raw.voxelVolume(), mesh.volume(), "seed " + seed);
      }
    }
  }

  @Test
  void simplificationLeavesSmallObjectsTheirShape() {
    MeshOptions tenth = new MeshOptions(Smoothing.HUMPHREY, 15, 0.1, 0);
    for (int[] n : new int[][] {{1, 1, 1}, {3, 3, 3}, {1, 1, 50}, {2, 2, 9}}) {
      TriangleMesh mesh = tenth.apply(surface(Shapes.box(n[0], n[1], n[2], UNIT)), job);
      assertWithin(0.01, n[0] * n[1] * n[2], mesh.volume(), List.of(n[0], n[1], n[2]).toString());
    }
  }

  @Test
  void withoutSmoothingNothingMoves() {
    Surface raw = surface(Shapes.box(2, 3, 4, UNIT));
    assertSame(raw.mesh(), VolumeKeeping.apply(raw, Smoothing.NONE, 15, job));
    assertSame(raw.mesh(), VolumeKeeping.apply(raw, Smoothing.TAUBIN, 0, job));
    // Nor does smoothing change what it is given.
    float[] before = raw.mesh().vertices().clone();
    VolumeKeeping.apply(raw, Smoothing.TAUBIN, 3, job);
    assertArrayEquals(before, raw.mesh().vertices());
    assertTrue(raw.voxelVolume() == 24);
  }
}
