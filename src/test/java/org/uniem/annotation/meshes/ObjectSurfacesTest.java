package org.uniem.annotation.meshes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.annotation.ChunkStore;
import org.uniem.annotation.Shapes;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class ObjectSurfacesTest {

  private static final VoxelSize UNIT = new VoxelSize(1, 1, 1, "um");

  private final Job job = new Job(3, ProgressListener.NONE);

  @AfterEach
  void closeJob() {
    job.close();
  }

  private TriangleMesh mesh(Volume labels, long id) {
    try (ObjectSurfaces surfaces = ObjectSurfaces.find(labels, job)) {
      return surfaces.mesh(id, job);
    }
  }

  @Test
  void oneVoxelIsAnOctahedron() {
    TriangleMesh mesh = mesh(Shapes.of(1, 1, 1, new VoxelSize(2, 4, 10, "nm"), 7), 7);
    assertEquals(6, mesh.vertexCount());
    assertEquals(8, mesh.triangleCount());
    assertEquals(2, Manifold.check(mesh));
    // Half diagonals 1, 2 and 5: 8 corners of 1·2·5 / 6.
    assertEquals(8 * 10 / 6.0, mesh.volume(), 1e-5);
    Set<List<Float>> places = new HashSet<>();
    for (int v = 0; v < 6; v++) {
      float[] p = mesh.vertices();
      places.add(List.of(p[3 * v], p[3 * v + 1], p[3 * v + 2]));
    }
    assertEquals(
        Set.of(
            List.of(0f, 2f, 5f),
            List.of(2f, 2f, 5f),
            List.of(1f, 0f, 5f),
            List.of(1f, 4f, 5f),
            List.of(1f, 2f, 0f),
            List.of(1f, 2f, 10f)),
        places);
  }

  @Test
  void cubeHasFlatFacesAndCutEdges() {
    int n = 6;
    long[] labels = new long[n * n * n];
    Arrays.fill(labels, 3);
    TriangleMesh mesh = mesh(Shapes.of(n, n, n, UNIT, labels), 3);
    assertEquals(2, Manifold.check(mesh));
    // 6 faces of 5 x 5, 12 edges of 5 voxels cut slantwise, 8 corners cut.
    double edge = Math.sqrt(0.5);
    double corner = Math.sqrt(3) / 2 * edge * edge / 2;
    assertEquals(6 * 25 + 12 * 5 * edge + 8 * corner, mesh.area(), 1e-3);
    // Each edge lacks a prism of 1/8 per voxel; at a corner 1/6 of an eighth cube is left.
    assertEquals(216 - 12 * 5 / 8.0 - 8 * (1 / 8.0 - 1 / 48.0), mesh.volume(), 1e-3);
  }

  @Test
  void touchingCubesShareTheirFace() {
    long[] labels = new long[8 * 4 * 4];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 8 < 4 ? 1 : (1L << 40) + 1;
    }
    Volume stack = Shapes.of(8, 4, 4, UNIT, labels);
    try (ObjectSurfaces surfaces = ObjectSurfaces.find(stack, job)) {
      assertArrayEquals(new long[] {1, (1L << 40) + 1}, surfaces.ids());
      Set<List<Float>> left = onPlane(surfaces.mesh(1, job), 4);
      Set<List<Float>> right = onPlane(surfaces.mesh((1L << 40) + 1, job), 4);
      assertEquals(16, left.size());
      assertEquals(left, right);
    }
  }

  private static Set<List<Float>> onPlane(TriangleMesh mesh, float x) {
    Set<List<Float>> places = new HashSet<>();
    float[] p = mesh.vertices();
    for (int i = 0; i < p.length; i += 3) {
      if (p[i] == x) {
        places.add(List.of(p[i + 1], p[i + 2]));
      }
    }
    return places;
  }

  @Test
  void verticesKnowTheOtherSide() {
    long[] labels = {0, 0, 0, 0, 5, 6, 0, 5, Long.MAX_VALUE - 1, 0, 0, 0};
    Volume stack = Shapes.of(3, 4, 1, UNIT, labels);
    try (ObjectSurfaces surfaces = ObjectSurfaces.findWithNeighbours(stack, job)) {
      Surface surface = surfaces.surface(5, job);
      float[] p = surface.mesh().vertices();
      for (int v = 0; v < surface.outside().length; v++) {
        boolean right = p[3 * v] == 2;
        long expected = !right ? 0 : p[3 * v + 1] == 1.5 ? 6 : Long.MAX_VALUE - 1;
        assertEquals(expected, surface.outside()[v]);
      }
      Manifold.check(surface.mesh());
    }
    try (ObjectSurfaces surfaces = ObjectSurfaces.find(stack, job)) {
      assertThrows(BadInputException.class, () -> surfaces.surface(5, job));
    }
  }

  @Test
  void everyCaseOfACubeIsClosed() {
    for (int inside = 1; inside < 256; inside++) {
      long[] labels = new long[8];
      for (int corner = 0; corner < 8; corner++) {
        labels[corner] = inside >> corner & 1;
      }
      Volume stack = Shapes.of(2, 2, 2, UNIT, labels);
      assertEquals(2 * eulerNumber(stack, 1), Manifold.check(mesh(stack, 1)), "case " + inside);
    }
  }

  @Test
  void randomLabelsHaveClosedSurfacesOfTheirTopology() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      int w = 1 + random.nextInt(8);
      int h = 1 + random.nextInt(8);
      int d = 1 + random.nextInt(8);
      int largest = 1 + random.nextInt(4);
      long[] labels = Shapes.random(w * h * d, largest, random);
      Volume stack = Shapes.of(w, h, d, UNIT, labels);
      try (ObjectSurfaces surfaces = ObjectSurfaces.find(stack, job)) {
        for (long id : surfaces.ids()) {
          TriangleMesh mesh = surfaces.mesh(id, job);
          assertEquals(2 * eulerNumber(stack, id), Manifold.check(mesh), "seed " + seed);
          assertTrue(mesh.volume() > 0, "seed " + seed);
        }
      }
    }
  }

  /**
   * Voxels − neighbours + squares − cubes: the Euler number of voxels that 6 neighbours connect.
   * Where all but two opposite corners of a cube are inside, the surface closes the way between
   * them, which fills a ring of voxels.
   */
  private static int eulerNumber(Volume stack, long id) {
    int w = (int) stack.width();
    int h = (int) stack.height();
    int d = (int) stack.depth();
    boolean[][][] in = new boolean[d + 2][h + 2][w + 2];
    long[] slice = new long[w * h];
    for (int z = 0; z < d; z++) {
      stack.readLabels(z, 0, slice);
      for (int i = 0; i < slice.length; i++) {
        in[z + 1][i / w + 1][i % w + 1] = slice[i] == id;
      }
    }
    int number = 0;
    for (int z = 0; z <= d; z++) {
      for (int y = 0; y <= h; y++) {
        for (int x = 0; x <= w; x++) {
          int cube = 0;
          for (int c = 0; c < 8; c++) {
            cube |= in[z + (c >> 2)][y + (c >> 1 & 1)][x + (c & 1)] ? 1 << c : 0;
          }
          for (int cell : new int[] {1, 15, 51, 85}) {
            number += (cube & cell) == cell ? 1 : 0;
          }
          for (int cell : new int[] {3, 5, 17, 255}) {
            number -= (cube & cell) == cell ? 1 : 0;
          }
          for (int out : new int[] {129, 66, 36, 24}) {
            number += cube == 255 - out ? 1 : 0;
          }
        }
      }
    }
    return number;
  }

  @Test
  void threadsBlocksAndTheTemporaryFileChangeNothing() {
    long seed = System.nanoTime();
    long[] labels = Shapes.random(11 * 7 * 23, 3, new Random(seed));
    Volume stack = Shapes.of(11, 7, 23, new VoxelSize(4, 4, 30, "nm"), labels);
    try (Job alone = new Job(1, ProgressListener.NONE);
        ObjectSurfaces whole = ObjectSurfaces.find(stack, false, ChunkStore.usual(), 100, alone);
        ObjectSurfaces parts = ObjectSurfaces.find(stack, true, new ChunkStore(300), 3, job)) {
      for (long id : whole.ids()) {
        TriangleMesh expected = whole.mesh(id, job);
        TriangleMesh found = parts.mesh(id, job);
        assertArrayEquals(expected.vertices(), found.vertices(), "seed " + seed);
        assertArrayEquals(expected.triangles(), found.triangles(), "seed " + seed);
        // Closed across the seams too.
        Manifold.check(found);
      }
    }
  }

  @Test
  void smoothedBallAndTorusMeasureWithinOnePercent() {
    VoxelSize size = new VoxelSize(4, 4, 4, "nm");
    int r = 120;
    TriangleMesh ball = mesh(Shapes.of(66, 66, 66, size, Shapes.ball(131, 133, 132, r)), 1);
    int big = 100;
    int small = 40;
    TriangleMesh torus =
        mesh(Shapes.of(74, 74, 24, size, Shapes.torus(147, 149, 47, big, small)), 1);
    assertEquals(2, Manifold.check(ball));
    assertEquals(0, Manifold.check(torus));
    for (Smoothing smoothing : List.of(Smoothing.HUMPHREY, Smoothing.TAUBIN)) {
      TriangleMesh round = smoothing.apply(ball, 20, job);
      assertClose(4 / 3.0 * Math.PI * r * r * r, round.volume());
      assertClose(4 * Math.PI * r * r, round.area());
      round = smoothing.apply(torus, 20, job);
      assertClose(2 * Math.PI * Math.PI * big * small * small, round.volume());
      assertClose(4 * Math.PI * Math.PI * big * small, round.area());
    }
  }

  private static void assertClose(double expected, double found) {
    assertEquals(expected, found, 0.01 * expected);
  }

  @Test
  void noObjectsHaveNoSurfaces() {
    try (ObjectSurfaces surfaces =
        ObjectSurfaces.find(Shapes.of(3, 2, 1, UNIT, new long[6]), job)) {
      assertEquals(0, surfaces.ids().length);
      BadInputException e = assertThrows(BadInputException.class, () -> surfaces.mesh(5, job));
      assertEquals("There is no object 5: expected one of the labels.", e.getMessage());
    }
  }

  @Test
  void valuesThatAreNoLabelsAreRefused() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> ObjectSurfaces.find(Shapes.of(2, 2, 1, UNIT, 1, 1, 0, -4), job));
    assertTrue(e.getMessage().contains("-4 at x=1, y=1 of slice z=0"), e.getMessage());
    var map = net.imglib2.img.array.ArrayImgs.floats(new float[] {0, 0.5f}, 2, 1, 1);
    Volume half = Volumes.of(map, UNIT, "map");
    e = assertThrows(BadInputException.class, () -> ObjectSurfaces.find(half, job));
    assertTrue(e.getMessage().contains("map has the value 0.5 at x=1"), e.getMessage());
  }

  @Test
  void cancelEndsTheSearch() {
    var ones =
        new FunctionRandomAccessible<>(
            3,
            (place, value) -> {
              value.set(1);
              if (place.getLongPosition(2) == 1000) {
                job.cancel();
              }
            },
            LongType::new);
    Volume endless =
        Volumes.of(Views.interval(ones, new FinalInterval(2, 2, 1 << 20)), UNIT, "endless");
    assertThrows(CancellationException.class, () -> ObjectSurfaces.find(endless, job));
  }
}
