package org.uniem.annotation.measurement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.uniem.annotation.ObjectRuns;
import org.uniem.annotation.Shapes;
import org.uniem.annotation.meshes.ObjectSurfaces;
import org.uniem.annotation.skeletons.TeasarOptions;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

class MeasurementsTest {

  private static final VoxelSize SIZE = new VoxelSize(2, 2, 2, "nm");

  private static Measurements measure(Volume labels, int threads) {
    try (Job job = new Job(threads, ProgressListener.NONE);
        ObjectRuns runs = ObjectRuns.find(labels, Optional.empty(), job);
        ObjectSurfaces surfaces = ObjectSurfaces.findWithNeighbours(labels, job)) {
      return Measurements.of(
          runs.ids(), runs, surfaces, false, Optional.of(TeasarOptions.DEFAULT), job);
    }
  }

  @Test
  void ballHasItsAreaSphericityAndDiameters() {
    ObjectShape ball =
        measure(Shapes.of(46, 46, 46, SIZE, Shapes.ball(46, 46, 46, 40)), 2).shapes().get(0);
    assertEquals(4 * Math.PI * 1600, ball.area(), 0.01 * 4 * Math.PI * 1600);
    assertEquals(1, ball.sphericity(), 0.01);
    assertTrue(ball.sphericity() < 1);
    for (double axis : ball.axes().semiAxes()) {
      assertEquals(40, axis, 0.2);
    }
    // Between corners of voxels, so up to a diagonal of a voxel more.
    assertEquals(80, ball.feret().max(), 3.5);
    assertEquals(80, ball.feret().min(), 2);
    assertTrue(ball.contacts().isEmpty());
  }

  /** Volume and area as counted, whatever is smoothed; sphericity of a cube is cbrt(pi / 6). */
  @Test
  void smallAndThinObjectsKeepTheirAreaAndSphericity() {
    int[][] boxes = {{1, 1, 1}, {2, 2, 2}, {3, 3, 3}, {1, 1, 50}, {2, 2, 50}, {1, 20, 20}};
    for (int[] n : boxes) {
      ObjectShape box = measure(Shapes.box(n[0], n[1], n[2], SIZE), 1).shapes().get(0);
      double volume = 8.0 * n[0] * n[1] * n[2];
      double area = 8.0 * (n[0] * n[1] + n[1] * n[2] + n[2] * n[0]);
      assertEquals(area, box.area(), 1e-4 * area);
      double ball = Math.cbrt(36 * Math.PI) * Math.pow(volume, 2 / 3.0);
      assertEquals(ball / area, box.sphericity(), 1e-4);
    }
    for (double centre : new double[] {7, 8}) {
      Volume labels = Shapes.of(8, 8, 8, SIZE, Shapes.ball(centre, centre, centre, 4));
      ObjectShape ball = measure(labels, 1).shapes().get(0);
      assertEquals(64 * Math.PI, ball.area(), 0.05 * 64 * Math.PI);
      assertTrue(ball.sphericity() > 0.95 && ball.sphericity() <= 1, "" + ball.sphericity());
    }
  }

  @Test
  void torusHasItsArea() {
    ObjectShape torus =
        measure(Shapes.of(74, 74, 24, SIZE, Shapes.torus(74, 74, 24, 50, 20)), 2).shapes().get(0);
    double area = 4 * Math.PI * Math.PI * 50 * 20;
    assertEquals(area, torus.area(), 0.01 * area);
    assertEquals(140, torus.feret().max(), 4);
    assertEquals(40, torus.feret().min(), 0.01);
  }

  @Test
  void boxHasItsAxesAndDiameters() {
    long[] labels = new long[12 * 6 * 4];
    Arrays.fill(labels, 8);
    VoxelSize size = new VoxelSize(3, 2, 5, "um");
    Measurements found = measure(Shapes.of(12, 6, 4, size, labels), 1);
    ObjectShape box = found.shapes().get(0);
    double factor = Math.sqrt(5 / 12.0);
    assertArrayEquals(
        new double[] {36 * factor, 20 * factor, 12 * factor}, box.axes().semiAxes(), 1e-9);
    assertArrayEquals(new double[] {1, 0, 0}, box.axes().direction(), 1e-9);
    assertEquals(Math.sqrt(36 * 36 + 12 * 12 + 20 * 20), box.feret().max(), 1e-9);
    assertEquals(12, box.feret().min(), 1e-9);
    List<String> lines = found.toCsv().lines().toList();
    assertEquals(
        "id,voxels,volume_um3,x_um,y_um,z_um,min_x,min_y,min_z,max_x,max_y,max_z,surface_area_um2,"
            + "sphericity,semi_axis1_um,semi_axis2_um,semi_axis3_um,axis1_x,axis1_y,axis1_z,"
            + "feret_max_um,feret_min_um,contact_area_um2,contacts,skeleton_length_um,branch_points,"
            + "end_points,radius_min_um,radius_mean_um,radius_max_um",
        lines.get(0));
    assertTrue(lines.get(1).startsWith("8,288,8640,18,6,10,0,0,0,11,5,3,"));
    String[] cells = lines.get(1).split(",");
    assertEquals("0", cells[23]);
    // From corner to corner, at least.
    assertTrue(Double.parseDouble(cells[24]) > 36 && cells[25].equals("0"), lines.get(1));
    assertEquals("2", cells[26]);
    assertEquals(lines.get(0).split(",", -1).length, lines.get(1).split(",", -1).length);
  }

  @Test
  void touchingBoxesShareTheAreaOfTheirFace() {
    int n = 20;
    long[] labels = new long[2 * n * n * n];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % (2 * n) < n ? 5 : 1L << 33;
    }
    Measurements found = measure(Shapes.of(2 * n, n, n, SIZE, labels), 2);
    List<String> lines = found.contactsCsv().lines().toList();
    assertEquals("id_1,id_2,contact_area_nm2", lines.get(0));
    assertEquals(2, lines.size());
    String[] contact = lines.get(1).split(",");
    assertEquals("5", contact[0]);
    assertEquals("8589934592", contact[1]);
    assertEquals(4 * n * n, Double.parseDouble(contact[2]), 1e-9);
    assertEquals(1, found.shapes().get(0).contacts().size());
  }

  @Test
  void diametersAreNearThoseOfAllPairsOfCorners() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      int w = 2 + random.nextInt(8);
      int h = 2 + random.nextInt(8);
      int d = 2 + random.nextInt(8);
      long[] labels = new long[w * h * d];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextInt(4) == 0 ? 1 : 0;
      }
      labels[0] = 1;
      VoxelSize size = new VoxelSize(1 + random.nextInt(3), 1 + random.nextInt(3), 4, "nm");
      Volume stack = Shapes.of(w, h, d, size, labels);
      try (Job job = new Job(1, ProgressListener.NONE);
          ObjectRuns runs = ObjectRuns.find(stack, Optional.empty(), job)) {
        FeretDiameters found = FeretDiameters.of(runs.voxels(1));
        List<double[]> corners = corners(labels, w, h, size);
        double longest = 0;
        for (double[] a : corners) {
          for (double[] b : corners) {
            longest =
                Math.max(longest, Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]));
          }
        }
        assertEquals(longest, found.max(), 1e-3 * longest, "seed " + seed);
        double width = width(corners);
        // It is an extent, so never too small; the steps below may miss smaller ones.
        assertTrue(found.min() <= 1.01 * width, "seed " + seed);
        assertTrue(found.min() >= 0.9 * width, "seed " + seed);
      }
    }
  }

  private static List<double[]> corners(long[] labels, int w, int h, VoxelSize size) {
    List<double[]> corners = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      for (int c = 0; c < 8 && labels[i] == 1; c++) {
        corners.add(
            new double[] {
              (i % w + (c & 1)) * size.x(),
              (i / w % h + (c >> 1 & 1)) * size.y(),
              (i / w / h + (c >> 2)) * size.z()
            });
      }
    }
    return corners;
  }

  /** The smallest width in directions by angles, at steps of three degrees. */
  private static double width(List<double[]> corners) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int polar = 0; polar <= 90; polar += 3) {
      for (int around = 0; around < 360; around += 3) {
        double r = Math.sin(Math.toRadians(polar));
        double x = r * Math.cos(Math.toRadians(around));
        double y = r * Math.sin(Math.toRadians(around));
        double z = Math.cos(Math.toRadians(polar));
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] p : corners) {
          double along = p[0] * x + p[1] * y + p[2] * z;
          low = Math.min(low, along);
          high = Math.max(high, along);
        }
        smallest = Math.min(smallest, high - low);
      }
    }
    return smallest;
  }

  @Test
  void threadsChangeNothing() {
    long seed = System.nanoTime();
    long[] labels = new long[20 * 20 * 40];
    Random random = new Random(seed);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = 1 + i % 20 / 7 + 3 * (i / 400 / 15) + (random.nextInt(30) == 0 ? 1 : 0);
    }
    Volume stack = Shapes.of(20, 20, 40, SIZE, labels);
    Measurements one = measure(stack, 1);
    Measurements four = measure(stack, 4);
    assertEquals(one.toCsv(), four.toCsv(), "seed " + seed);
    assertEquals(one.contactsCsv(), four.contactsCsv(), "seed " + seed);
  }
}
