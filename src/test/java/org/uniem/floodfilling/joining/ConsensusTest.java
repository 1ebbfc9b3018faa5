package org.uniem.floodfilling.joining;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.imglib2.FinalDimensions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.LabelSlices;

class ConsensusTest {

  private final Job job = Job.silent();

  @AfterEach
  void endJob() {
    job.close();
  }

  private static LabelSlices slices(long[] all, int slice) {
    return (z, target) -> System.arraycopy(all, (int) z * slice, target, 0, slice);
  }

  private static Consensus split(long[] a, long[] b, int slice, long minVoxels, Job job) {
    return Consensus.split(
        slices(a, slice),
        slices(b, slice),
        new FinalDimensions(slice, 1, a.length / slice),
        minVoxels,
        job);
  }

  private static long[] labels(Consensus consensus, int depth, int slice) {
    long[] all = new long[depth * slice];
    long[] one = new long[slice];
    for (int z = 0; z < depth; z++) {
      consensus.read(z, one);
      System.arraycopy(one, 0, all, z * slice, slice);
    }
    return all;
  }

  @Test
  void largestFragmentKeepsItsLabelAndOthersGetNewOnes() {
    long[] a = {1, 1, 1, 1, 1, 2, 2, 2, 0, 0};
    long[] b = {5, 5, 5, 6, 6, 6, 6, 0, 6, 0};
    Consensus consensus = split(a, b, 10, 0, job);
    // (1,5) and (2,6) are largest; new ones by second label, then first: (2,0), (1,6).
    assertArrayEquals(new long[] {1, 1, 1, 4, 4, 2, 2, 3, 0, 0}, labels(consensus, 1, 10));
    assertEquals(4, consensus.fragments());
    assertEquals(4, consensus.largestLabel());
  }

  @Test
  void smallFragmentsAreRemoved() {
    long[] a = {1, 1, 1, 1, 1, 2, 2, 2, 0, 0};
    long[] b = {5, 5, 5, 6, 6, 6, 6, 0, 6, 0};
    Consensus consensus = split(a, b, 10, 2, job);
    assertArrayEquals(new long[] {1, 1, 1, 3, 3, 2, 2, 0, 0, 0}, labels(consensus, 1, 10));
    assertEquals(1, consensus.removed());
  }

  @Test
  void ofEqualFragmentsThatWithTheSmallerLabelKeepsItsOwn() {
    long[] a = {7, 7, 7, 7};
    long[] b = {9, 9, 3, 3};
    assertArrayEquals(new long[] {8, 8, 7, 7}, labels(split(a, b, 4, 0, job), 1, 4));
  }

  @Test
  void aThirdSegmentationCanFollow() {
    long[] a = {1, 1, 1, 1, 1, 1};
    long[] b = {1, 1, 1, 1, 2, 2};
    long[] c = {1, 1, 1, 2, 2, 2};
    FinalDimensions size = new FinalDimensions(6, 1, 1);
    Consensus two = split(a, b, 6, 0, job);
    Consensus three = Consensus.split(two, slices(c, 6), size, 0, job);
    assertArrayEquals(new long[] {1, 1, 1, 3, 2, 2}, labels(three, 1, 6));
  }

  @Test
  void resultDoesNotDependOnThreads() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long[] a = random.longs(2000, 0, 9).toArray();
    long[] b = random.longs(2000, 0, 9).toArray();
    long[] many = labels(split(a, b, 50, 20, job), 40, 50);
    try (Job one = new Job(1, ProgressListener.NONE)) {
      assertArrayEquals(many, labels(split(a, b, 50, 20, one), 40, 50), "seed " + seed);
    }
  }

  @Test
  void valuesThatAreNoLabelsAreNamed() {
    LabelSlices broken =
        LabelSlices.of((z, target) -> target[3] = 0.5f, 2, "The first segmentation");
    BadInputException e = assertThrows(BadInputException.class, () -> broken.read(4, new long[6]));
    assertTrue(e.getMessage().contains("0.5 at x=1, y=1 of slice z=4"), e.getMessage());
  }
}
