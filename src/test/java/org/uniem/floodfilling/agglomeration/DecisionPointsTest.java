package org.uniem.floodfilling.agglomeration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.job.ResourceException;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** The first tests have the figures of the tests of the published program. */
class DecisionPointsTest {

  private static final double ALL = Double.POSITIVE_INFINITY;
  private static final VoxelSize CUBES = VoxelSize.UNKNOWN;

  private static List<DecisionPoint> find(
      short[] labels, int width, int height, VoxelSize voxel, DecisionOptions options) {
    return find(labels, width, height, voxel, options, 2);
  }

  private static List<DecisionPoint> find(
      short[] labels,
      int width,
      int height,
      VoxelSize voxel,
      DecisionOptions options,
      int threads) {
    int depth = labels.length / width / height;
    try (Job job = new Job(threads, ProgressListener.NONE)) {
      Segmentation segmentation =
          Segmentation.read(
              Volumes.of(ArrayImgs.unsignedShorts(labels, width, height, depth), voxel, "labels"),
              job);
      return DecisionPoints.find(segmentation, voxel, options, job);
    }
  }

  private static DecisionOptions within(double distance) {
    return new DecisionOptions(distance, 0, 1L << 28);
  }

  private static short[] slabs() {
    short[] labels = new short[60 * 80 * 100];
    for (int i = 0; i < labels.length; i++) {
      int z = i / 60 / 80;
      labels[i] = (short) (z < 40 ? 1 : z >= 60 ? 2 : 0);
    }
    return labels;
  }

  private static short[] threeCorners() {
    short[] labels = new short[100 * 100];
    for (int i = 0; i < labels.length; i++) {
      int x = i % 100;
      int y = i / 100;
      labels[i] =
          (short) (y < 20 && x < 20 ? 1 : y < 20 && x >= 80 ? 2 : y >= 80 && x / 20 == 2 ? 3 : 0);
    }
    return labels;
  }

  private static DecisionPoint point(long a, long b, double distance, long x, long y, long z) {
    return new DecisionPoint(a, b, distance, new VoxelPosition(x, y, z));
  }

  @Test
  void slabsMeetInTheMiddle() {
    assertEquals(List.of(point(1, 2, 10, 29, 39, 49)), find(slabs(), 60, 80, CUBES, within(ALL)));
  }

  @Test
  void eachPairOfThreeHasAPoint() {
    List<DecisionPoint> points = find(threeCorners(), 100, 100, CUBES, within(ALL));
    assertEquals(3, points.size());
    assertEquals(point(1, 2, 30, 49, 9, 0), points.get(0));
    assertEquals(new VoxelPosition(29, 49, 0), points.get(1).position());
    assertEquals(new VoxelPosition(69, 49, 0), points.get(2).position());
  }

  @Test
  void fartherPairsHaveNone() {
    assertEquals(
        List.of(point(1, 2, 30, 49, 9, 0)), find(threeCorners(), 100, 100, CUBES, within(30)));
  }

  @Test
  void distancesAreInTheUnitOfTheVoxelSize() {
    VoxelSize thick = new VoxelSize(4, 4, 20, "nm");
    assertEquals(200, find(slabs(), 60, 80, thick, within(ALL)).get(0).distance());
    assertEquals(List.of(), find(slabs(), 60, 80, thick, within(199)));
  }

  @Test
  void smallObjectsArePassedOver() {
    short[] labels = slabs();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labels[i] == 2 ? 0 : labels[i];
    }
    labels[60 * 60 * 80] = 2;
    labels[61 * 60 * 80] = 2;
    assertEquals(1, find(labels, 60, 80, CUBES, within(ALL)).size());
    assertEquals(List.of(), find(labels, 60, 80, CUBES, new DecisionOptions(ALL, 3, 1L << 28)));
  }

  @Test
  void touchingObjectsHaveAPointAtDistanceZero() {
    short[] labels = {1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2};
    assertEquals(List.of(point(1, 2, 0, 2, 1, 0)), find(labels, 6, 3, CUBES, within(1)));
  }

  @Test
  void blocksAndThreadsDoNotMatter() {
    long seed = 11;
    short[] labels = specks(seed, 37, 29, 23, 60);
    VoxelSize voxel = new VoxelSize(2, 3, 5, "nm");
    List<DecisionPoint> whole = find(labels, 37, 29, voxel, within(9), 1);
    assertTrue(whole.size() > 30, "seed " + seed + ": " + whole);
    // Blocks of few voxels: 10 × 8 × 5 of halo around them.
    DecisionOptions small = new DecisionOptions(9, 0, 4 * 20 * 5000);
    assertEquals(whole, find(labels, 37, 29, voxel, small, 4), "seed " + seed);
    assertEquals(oracle(labels, 37, 29, voxel, 9), whole, "seed " + seed);
  }

  private static short[] specks(long seed, int width, int height, int depth, int count) {
    Random random = new Random(seed);
    short[] labels = new short[width * height * depth];
    for (int id = 1; id <= count; id++) {
      int at = random.nextInt(labels.length - 2);
      labels[at] = (short) id;
      labels[at + 1] = (short) id;
    }
    return labels;
  }

  /** All voxels against all labelled ones, all pairs of neighbours, nothing shared. */
  private static List<DecisionPoint> oracle(
      short[] labels, int width, int height, VoxelSize voxel, double largest) {
    double[] distances = new double[labels.length];
    int[] nearest = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      double best = largest * largest;
      for (int j = 0; j < labels.length; j++) {
        if (labels[j] != 0) {
          double dx = (i % width - j % width) * voxel.x();
          double dy = (i / width % height - j / width % height) * voxel.y();
          double dz = (i / width / height - j / width / height) * voxel.z();
          double d = dx * dx + dy * dy + dz * dz;
          if (d < best || d == best && (nearest[i] == 0 || labels[j] < nearest[i])) {
            best = d;
            nearest[i] = labels[j];
          }
        }
      }
      distances[i] = Math.sqrt(best);
    }
    Map<List<Integer>, List<double[]>> touches = new TreeMap<>(DecisionPointsTest::compare);
    int depth = labels.length / width / height;
    for (int i = 0; i < labels.length; i++) {
      int x = i % width;
      int y = i / width % height;
      int z = i / width / height;
      for (int step = 1; step < 8; step++) {
        int dx = step & 1;
        int dy = step >> 1 & 1;
        int dz = step >> 2;
        if (x + dx < width && y + dy < height && z + dz < depth) {
          int j = ((z + dz) * height + y + dy) * width + x + dx;
          if (nearest[i] != 0 && nearest[j] != 0 && nearest[i] != nearest[j]) {
            List<Integer> pair =
                List.of(Math.min(nearest[i], nearest[j]), Math.max(nearest[i], nearest[j]));
            touches
                .computeIfAbsent(pair, key -> new ArrayList<>())
                .add(new double[] {(distances[i] + distances[j]) / 2, x, y, z});
          }
        }
      }
    }
    List<DecisionPoint> points = new ArrayList<>();
    touches.forEach((pair, places) -> points.add(choose(pair, places)));
    points.sort((p, q) -> Double.compare(p.distance(), q.distance()));
    return points;
  }

  private static int compare(List<Integer> p, List<Integer> q) {
    int first = p.get(0).compareTo(q.get(0));
    return first != 0 ? first : p.get(1).compareTo(q.get(1));
  }

  private static DecisionPoint choose(List<Integer> pair, List<double[]> places) {
    double least = places.stream().mapToDouble(p -> p[0]).min().orElseThrow();
    List<double[]> near = places.stream().filter(p -> p[0] == least).toList();
    double[] centre = new double[4];
    for (int d = 1; d < 4; d++) {
      int axis = d;
      centre[d] = near.stream().mapToDouble(p -> p[axis]).sum() / near.size();
    }
    double[] best = null;
    double away = Double.POSITIVE_INFINITY;
    for (double[] p : near) {
      double d = 0;
      for (int axis = 1; axis < 4; axis++) {
        d += (p[axis] - centre[axis]) * (p[axis] - centre[axis]);
      }
      if (d < away) {
        away = d;
        best = p;
      }
    }
    return point(pair.get(0), pair.get(1), least, (long) best[1], (long) best[2], (long) best[3]);
  }

  @Test
  void memoryForNoBlockIsRefusedWithWhatIsNeeded() {
    ResourceException e =
        assertThrows(
            ResourceException.class,
            () -> find(slabs(), 60, 80, CUBES, new DecisionOptions(30, 0, 1 << 20), 1));
    assertTrue(e.getMessage().contains("expected at least 5 MiB"), e.getMessage());
  }
}
