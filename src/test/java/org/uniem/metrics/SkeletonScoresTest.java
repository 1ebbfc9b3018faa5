package org.uniem.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.imglib2.FinalDimensions;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.VoxelSize;

class SkeletonScoresTest {

  private static final double EXACT = 1e-12;
  private static final VoxelSize VOXEL = new VoxelSize(10, 10, 10, "nm");

  /** A straight line along x at y, one node per voxel. */
  private static Skeleton line(String name, int y, int nodes) {
    double[] x = new double[nodes];
    double[] level = new double[nodes];
    int[] from = new int[nodes - 1];
    int[] to = new int[nodes - 1];
    for (int i = 0; i < nodes; i++) {
      x[i] = i * VOXEL.x();
      level[i] = y * VOXEL.y();
      if (i > 0) {
        from[i - 1] = i - 1;
        to[i - 1] = i;
      }
    }
    return new Skeleton(name, x, level, new double[nodes], from, to);
  }

  private static SkeletonScores score(List<Skeleton> skeletons, int width, long... labels) {
    LabelSlices reader = (z, target) -> System.arraycopy(labels, 0, target, 0, labels.length);
    try (Job job = Job.silent()) {
      return SkeletonScores.of(
          skeletons, reader, new FinalDimensions(width, labels.length / width, 1), VOXEL, job);
    }
  }

  @Test
  void perfectSegmentationIsFollowedToTheEnd() {
    SkeletonScores scores =
        score(List.of(line("a", 0, 5), line("b", 1, 3)), 5, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2);
    // 40 and 20 nm: (1600 + 400) / 60.
    assertEquals(2000.0 / 60, scores.expectedRunLength(), EXACT);
    assertEquals(1, scores.normalizedRunLength(), EXACT);
    assertEquals(1, scores.correctEdges(), EXACT);
    assertEquals(60, scores.length(), EXACT);
  }

  @Test
  void splitHalvesAreFollowedEach() {
    SkeletonScores scores = score(List.of(line("a", 0, 5)), 5, 1, 1, 2, 2, 2);
    // Edges 10 in label 1, 20 in label 2, 10 between.
    assertEquals((100 + 400) / 40.0, scores.expectedRunLength(), EXACT);
    assertEquals(0.25, scores.splitEdges(), EXACT);
    assertEquals(500.0 / 1600, scores.normalizedRunLength(), EXACT);
  }

  @Test
  void labelOfTwoNeuronsIsWorthNothing() {
    SkeletonScores scores = score(List.of(line("a", 0, 3), line("b", 1, 3)), 3, 7, 7, 7, 7, 8, 8);
    // Only 10 nm of b in label 8 are right; its edge from 7 to 8 is split.
    assertEquals(100.0 / 40, scores.expectedRunLength(), EXACT);
    assertEquals(1, scores.mergers());
    assertEquals(0.5, scores.mergedEdges(), EXACT);
    assertEquals(0.25, scores.splitEdges(), EXACT);
  }

  @Test
  void voxelsWithoutObjectAreOmitted() {
    SkeletonScores scores = score(List.of(line("a", 0, 3)), 3, 1, 0, 1);
    assertEquals(1, scores.omittedEdges(), EXACT);
    assertEquals(0, scores.expectedRunLength(), EXACT);
    assertEquals(0, scores.mergers());
  }

  @Test
  void nodesOutsideAreNamed() {
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> score(List.of(line("axon.swc", 0, 4)), 3, 1, 1, 1));
    assertTrue(
        e.getMessage()
            .startsWith("Node 3 of axon.swc is at 30.0, 0.0, 0.0 nm, voxel 3, 0, 0, outside"),
        e.getMessage());
    assertThrows(BadInputException.class, () -> score(List.of(), 3, 1, 1, 1));
    assertThrows(
        BadInputException.class,
        () ->
            new Skeleton(
                "a", new double[1], new double[1], new double[1], new int[] {0}, new int[] {1}));
  }
}
