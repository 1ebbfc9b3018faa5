package org.uniem.annotation.meshes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.annotation.Shapes;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

class SimplificationTest {

  private static final VoxelSize UNIT = new VoxelSize(1, 1, 1, "um");

  private final Job job = new Job(2, ProgressListener.NONE);

  @AfterEach
  void closeJob() {
    job.close();
  }

  private TriangleMesh mesh(Volume labels) {
    try (ObjectSurfaces surfaces = ObjectSurfaces.find(labels, job)) {
      return surfaces.mesh(1, job);
    }
  }

  @Test
  void flatFacesNeedFewTrianglesAndKeepTheVolume() {
    long[] labels = new long[1000];
    Arrays.fill(labels, 1);
    TriangleMesh cube = mesh(Shapes.of(10, 10, 10, UNIT, labels));
    TriangleMesh simple = Simplification.apply(cube, 1e-9, 0.01, job);
    assertEquals(2, Manifold.check(simple));
    assertTrue(simple.triangleCount() <= 60, simple.triangleCount() + " triangles");
    assertEquals(cube.volume(), simple.volume(), 1e-3 * cube.volume());
    assertEquals(cube.area(), simple.area(), 1e-3 * cube.area());
  }

  @Test
  void torusStaysOneAtATwentieth() {
    TriangleMesh torus = mesh(Shapes.of(46, 46, 18, UNIT, Shapes.torus(23, 23, 9, 15, 6)));
    torus = Smoothing.HUMPHREY.apply(torus, 15, job);
    TriangleMesh simple = Simplification.apply(torus, 0.05, 0, job);
    assertEquals(0, Manifold.check(simple));
    assertEquals(0.05 * torus.triangleCount(), simple.triangleCount(), 2);
    assertEquals(torus.volume(), simple.volume(), 0.02 * torus.volume());
    assertEquals(torus.area(), simple.area(), 0.02 * torus.area());
  }

  @Test
  void topologyStaysHoweverFewTrianglesAreAskedFor() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      TriangleMesh mesh = mesh(Shapes.of(6, 6, 6, UNIT, Shapes.random(216, 1, random)));
      TriangleMesh simple = Simplification.apply(mesh, 1e-9, 0, job);
      assertEquals(Manifold.check(mesh), Manifold.check(simple), "seed " + seed);
      assertTrue(simple.triangleCount() < mesh.triangleCount(), "seed " + seed);
    }
  }

  @Test
  void errorBoundsWhereVerticesGo() {
    VoxelSize size = new VoxelSize(1, 1, 1, "um");
    TriangleMesh ball = mesh(Shapes.of(24, 24, 24, size, Shapes.ball(12, 12, 12, 10)));
    ball = Smoothing.HUMPHREY.apply(ball, 15, job);
    TriangleMesh simple = Simplification.apply(ball, 1e-9, 0.5, job);
    assertTrue(simple.triangleCount() < ball.triangleCount() / 3, simple.triangleCount() + "");
    for (int i = 0; i < simple.vertices().length; i += 3) {
      float[] p = simple.vertices();
      double r = Math.sqrt(sq(p[i] - 12) + sq(p[i + 1] - 12) + sq(p[i + 2] - 12));
      assertEquals(10, r, 0.5);
    }
  }

  private static double sq(double x) {
    return x * x;
  }

  @Test
  void sameMeshEveryTime() {
    TriangleMesh mesh = mesh(Shapes.of(20, 20, 20, UNIT, Shapes.ball(10, 10, 10, 8)));
    TriangleMesh first = Simplification.apply(mesh, 0.3, 0, job);
    TriangleMesh second = Simplification.apply(mesh, 0.3, 0, job);
    assertArrayEquals(first.vertices(), second.vertices());
    assertArrayEquals(first.triangles(), second.triangles());
    assertSame(mesh, Simplification.apply(mesh, 1, 0, job));
  }

  @Test
  void sharesAndErrorsOutOfRangeAreRefused() {
    TriangleMesh mesh = mesh(Shapes.of(1, 1, 1, UNIT, 1));
    for (double share : new double[] {0, -1, 1.1, Double.NaN}) {
      var e =
          assertThrows(
              BadParameterException.class, () -> Simplification.apply(mesh, share, 0, job));
      assertEquals(
          "share=" + share + " of triangles is out of range: give more than 0 up to 1.",
          e.getMessage());
    }
    var e =
        assertThrows(BadParameterException.class, () -> Simplification.apply(mesh, 0.5, -1, job));
    assertEquals("maxError=-1.0 is too small: give 0 or more.", e.getMessage());
  }

  @Test
  void cancelStopsSmoothingAndSimplification() {
    TriangleMesh mesh = mesh(Shapes.of(5, 5, 5, UNIT, Shapes.ball(2.5, 2.5, 2.5, 2)));
    job.cancel();
    assertThrows(CancellationException.class, () -> Simplification.apply(mesh, 0.5, 0, job));
    assertThrows(CancellationException.class, () -> Smoothing.TAUBIN.apply(mesh, 5, job));
  }
}
