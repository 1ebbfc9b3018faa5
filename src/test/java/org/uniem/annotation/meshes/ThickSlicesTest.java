package org.uniem.annotation.meshes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.annotation.Shapes;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.VoxelSize;

/**
 * A ball and a torus, whose volumes and areas are known, in slices thicker than pixels are wide.
 */
class ThickSlicesTest {

  private static final double RADIUS = 240;
  private static final double LARGE = 180;
  private static final double SMALL = 120;

  private final Job job = new Job(2, ProgressListener.NONE);

  @AfterEach
  void close() {
    job.close();
  }

  /** Smoothed as {@code mesh} does without being told otherwise, once its topology is checked. */
  private TriangleMesh mesh(double thickness, double height, Shapes.Solid solid, int euler) {
    VoxelSize size = new VoxelSize(4, 4, thickness, "nm");
    try (ObjectSurfaces surfaces =
        ObjectSurfaces.find(
            Shapes.of(154, 154, (int) (height / thickness) + 5, size, solid), job)) {
      TriangleMesh mesh = surfaces.mesh(1, job);
      assertEquals(euler, Manifold.check(mesh));
      return Smoothing.HUMPHREY.apply(mesh, 15, job);
    }
  }

  private TriangleMesh ball(double thickness) {
    return mesh(
        thickness, 2 * RADIUS, Shapes.ball(308.3, 307.1, RADIUS + 2 * thickness, RADIUS), 2);
  }

  private TriangleMesh torus(double thickness) {
    return mesh(
        thickness, 2 * SMALL, Shapes.torus(308.3, 307.1, SMALL + 2 * thickness, LARGE, SMALL), 0);
  }

  private static double ballVolume() {
    return 4 / 3.0 * Math.PI * RADIUS * RADIUS * RADIUS;
  }

  private static double torusVolume() {
    return 2 * Math.PI * Math.PI * LARGE * SMALL * SMALL;
  }

  @Test
  void volumesAreRightWithinOnePercent() {
    assertEquals(ballVolume(), ball(12).volume(), 0.01 * ballVolume());
    assertEquals(torusVolume(), torus(12).volume(), 0.01 * torusVolume());
    assertEquals(ballVolume(), ball(30).volume(), 0.01 * ballVolume());
  }

  /** Not within 1 %: what smoothing leaves of steps three times as high as wide. */
  @Test
  void areasAreTooLargeByFourPercentAtMost() {
    double ofBall = ball(12).area() / (4 * Math.PI * RADIUS * RADIUS);
    double ofTorus = torus(12).area() / (4 * Math.PI * Math.PI * LARGE * SMALL);
    assertTrue(ofBall > 1 && ofBall < 1.04, "ball " + ofBall);
    assertTrue(ofTorus > 1 && ofTorus < 1.04, "torus " + ofTorus);
  }
}
