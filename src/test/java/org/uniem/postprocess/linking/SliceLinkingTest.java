package org.uniem.postprocess.linking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalDimensions;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.postprocess.linking.LinkOptions.Method;
import org.uniem.volumes.LabelSlices;

class SliceLinkingTest {

  private static final LinkOptions RULES = new LinkOptions(Method.OVERLAP, .5, .75, 0);
  private static final LinkOptions ONE_TO_ONE = new LinkOptions(Method.ASSIGNMENT, .1, 0, 0);

  private final Job job = new Job(2, ProgressListener.NONE);

  @AfterEach
  void endThreads() {
    job.close();
  }

  /** Links slices of one row each. */
  private long[][] link(LinkOptions options, long[]... rows) {
    return link(options, job, rows);
  }

  private static long[][] link(LinkOptions options, Job job, long[]... rows) {
    int width = rows[0].length;
    long[] all = new long[width * rows.length];
    for (int z = 0; z < rows.length; z++) {
      System.arraycopy(rows[z], 0, all, z * width, width);
    }
    LabelSlices labels = LabelSlices.of(ArrayImgs.longs(all, width, 1, rows.length));
    LinkedObjects objects =
        SliceLinking.link(labels, new FinalDimensions(width, 1, rows.length), options, job);
    long[][] linked = new long[rows.length][width];
    for (int z = 0; z < rows.length; z++) {
      objects.relabel(labels).read(z, linked[z]);
    }
    return linked;
  }

  @Test
  void overlapLinksAndTheLabelItselfSaysNothing() {
    long[][] linked =
        link(RULES, new long[] {1, 1, 1, 0, 2, 2}, new long[] {2, 2, 2, 0, 1, 1L << 40});
    assertArrayEquals(new long[] {1, 1, 1, 0, 2, 2}, linked[0]);
    // Both halves lie on the right object alone: it branches.
    assertArrayEquals(new long[] {1, 1, 1, 0, 2, 2}, linked[1]);
  }

  @Test
  void unionBelowTheLeastIsNoLinkUnlessContained() {
    // 4 of 6 pixels shared: 0.67; 2 of 6: 0.33, contained by half.
    long[] first = {1, 1, 1, 1, 1, 0, 0, 0};
    assertArrayEquals(
        new long[] {0, 1, 1, 1, 1, 1, 0, 0},
        link(RULES, first, new long[] {0, 9, 9, 9, 9, 9, 0, 0})[1]);
    assertArrayEquals(
        new long[] {0, 0, 0, 2, 2, 2, 2, 0},
        link(RULES, first, new long[] {0, 0, 0, 9, 9, 9, 9, 0})[1]);
    assertArrayEquals(
        new long[] {0, 0, 0, 0, 1, 0, 0, 0},
        link(RULES, first, new long[] {0, 0, 0, 0, 9, 0, 0, 0})[1]);
  }

  @Test
  void assignmentLinksOneToOneByTheHighestSum() {
    long[][] linked =
        link(ONE_TO_ONE, new long[] {1, 1, 1, 1, 1, 1}, new long[] {5, 5, 6, 6, 6, 6});
    assertArrayEquals(new long[] {2, 2, 1, 1, 1, 1}, linked[1]);
    // 1–5 is the best pair, 1–6 and 2–5 together are better.
    linked =
        link(
            new LinkOptions(Method.ASSIGNMENT, 0, 0, 0),
            new long[] {1, 1, 1, 1, 1, 2, 2, 0},
            new long[] {6, 6, 5, 5, 5, 5, 5, 0});
    assertArrayEquals(new long[] {1, 1, 2, 2, 2, 2, 2, 0}, linked[1]);
  }

  @Test
  void gapsAreLookedOverWhereObjectsEndAndBegin() {
    long[] present = {1, 1, 0, 2};
    long[] missing = {0, 0, 0, 3};
    LinkOptions oneSlice = new LinkOptions(Method.OVERLAP, .5, .75, 1);
    assertArrayEquals(new long[] {3, 3, 0, 2}, link(RULES, present, missing, present)[2]);
    assertArrayEquals(new long[] {1, 1, 0, 2}, link(oneSlice, present, missing, present)[2]);
    assertArrayEquals(
        new long[] {3, 3, 0, 2}, link(oneSlice, present, missing, missing, present)[3]);
    assertArrayEquals(
        new long[] {1, 1, 0, 2},
        link(new LinkOptions(Method.ASSIGNMENT, .5, 0, 2), present, missing, missing, present)[3]);
  }

  @Test
  void objectsThatGoOnAreNotLinkedOverGaps() {
    // 1 goes on as 2; a newcomer two slices up lies on 1, but 1 has not ended.
    long[][] linked =
        link(
            new LinkOptions(Method.OVERLAP, .5, 1, 1),
            new long[] {1, 1, 1, 1},
            new long[] {2, 2, 2, 0},
            new long[] {0, 0, 0, 3});
    assertArrayEquals(new long[] {0, 0, 0, 2}, linked[2]);
  }

  @Test
  void resultDoesNotDependOnThreads() {
    long seed = new Random().nextLong();
    System.out.println("SliceLinkingTest seed " + seed);
    Random random = new Random(seed);
    long[][] rows = new long[40][30];
    for (long[] row : rows) {
      for (int x = 0; x < row.length; x++) {
        row[x] = x > 0 && random.nextInt(4) > 0 ? row[x - 1] : random.nextInt(6);
      }
    }
    for (Method method : Method.values()) {
      LinkOptions options = new LinkOptions(method, .3, .8, 2);
      long[][] expected;
      try (Job one = new Job(1, ProgressListener.NONE)) {
        expected = link(options, one, rows);
      }
      try (Job many = new Job(4, ProgressListener.NONE)) {
        assertArrayEquals(expected, link(options, many, rows));
      }
    }
  }

  @Test
  void emptyStacksAndSharesOutOfRangeAreRefused() {
    String empty =
        assertThrows(BadInputException.class, () -> link(RULES, new long[3], new long[3]))
            .getMessage();
    assertTrue(empty.startsWith("The labels are all 0"), empty);
    assertEquals(
        "minIou=1.5 is out of range: give 0 to 1.",
        assertThrows(BadParameterException.class, () -> new LinkOptions(Method.OVERLAP, 1.5, 0, 0))
            .getMessage());
    assertEquals(
        "minContainment=-1.0 is out of range: give 0 to 1.",
        assertThrows(BadParameterException.class, () -> new LinkOptions(Method.OVERLAP, 0, -1, 0))
            .getMessage());
    assertEquals(
        "maxGap=-1 is out of range: give 0 to 100 slices.",
        assertThrows(BadParameterException.class, () -> new LinkOptions(Method.OVERLAP, 0, 0, -1))
            .getMessage());
    assertEquals(
        "method=best is not known: give overlap or assignment.",
        assertThrows(BadParameterException.class, () -> Method.of("best")).getMessage());
  }

  @Test
  void cancelEndsTheWork() {
    job.cancel();
    assertThrows(CancellationException.class, () -> link(RULES, new long[] {1}, new long[] {1}));
  }
}
