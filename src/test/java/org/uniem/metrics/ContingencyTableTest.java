package org.uniem.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalDimensions;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.SliceReader;

class ContingencyTableTest {

  @Test
  void countsRunsOfPairs() {
    ContingencyTable table = new ContingencyTable();
    table.add(new long[] {1, 1, 2, 1}, new long[] {5, 5, 5, 5});
    assertEquals(3, table.count(1, 5));
    assertEquals(1, table.count(2, 5));
    assertEquals(0, table.count(5, 1));
    assertEquals(2, table.size());
    assertEquals(4, table.total());
    table.add(new long[0], new long[0]);
    assertEquals(4, table.total());
  }

  @Test
  void holdsExactlyWhatABoxedMapHoldsWithExtremeLabels() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ContingencyTable table = new ContingencyTable();
    Map<List<Long>, Long> expected = new HashMap<>();
    long[] extremes = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1L << 40};
    for (int i = 0; i < 20_000; i++) {
      long s = random.nextBoolean() ? extremes[random.nextInt(7)] : random.nextInt(200);
      long t = random.nextBoolean() ? extremes[random.nextInt(7)] : random.nextInt(200);
      long voxels = random.nextInt(5);
      table.add(s, t, voxels);
      if (voxels > 0) {
        expected.merge(List.of(s, t), voxels, Long::sum);
      }
    }
    Map<List<Long>, Long> found = new HashMap<>();
    table.forEach((s, t, voxels) -> found.put(List.of(s, t), voxels));
    assertEquals(expected, found, "seed " + seed);
    assertEquals(expected.size(), table.size());
  }

  @Test
  void imagesAndStacksOnAnyNumberOfThreadsGiveTheSameTable() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int w = 13;
    int h = 7;
    int d = 11;
    long[] segmentation = random.longs(w * h * d, 0, 5).toArray();
    long[] truth = random.longs(w * h * d, 0, 5).toArray();
    ContingencyTable whole = new ContingencyTable();
    whole.add(segmentation, truth);
    var s = Views.translate(ArrayImgs.longs(segmentation, w, h, d), 4, -4, 9);
    var t = ArrayImgs.longs(truth, w, h, d);
    for (int threads : new int[] {1, 2, 5}) {
      try (Job job = new Job(threads, ProgressListener.NONE)) {
        assertSame(whole, ContingencyTables.count(s, t, job), seed);
        assertSame(
            whole,
            ContingencyTables.count(
                LabelSlices.of(s), LabelSlices.of(t), new FinalDimensions(w, h, d), job),
            seed);
      }
    }
  }

  @Test
  void twoDimensionalImagesAreCompared() {
    try (Job job = new Job(2, ProgressListener.NONE)) {
      ContingencyTable table =
          ContingencyTables.count(
              ArrayImgs.unsignedBytes(new byte[] {0, 1, (byte) 200, 1}, 2, 2),
              ArrayImgs.unsignedShorts(new short[] {0, 1, 7, 2}, 2, 2),
              job);
      assertEquals(1, table.count(200, 7));
      assertEquals(4, table.total());
    }
  }

  @Test
  void differentSizesAreRefused() {
    try (Job job = new Job(1, ProgressListener.NONE)) {
      BadInputException error =
          assertThrows(
              BadInputException.class,
              () -> ContingencyTables.count(ArrayImgs.longs(2, 3), ArrayImgs.longs(2, 4), job));
      assertTrue(error.getMessage().contains("segmentation 2 x 3 voxels"), error.getMessage());
      assertTrue(error.getMessage().contains("truth 2 x 4."), error.getMessage());
    }
    ContingencyTable table = new ContingencyTable();
    assertThrows(BadParameterException.class, () -> table.add(new long[2], new long[3]));
    assertThrows(BadParameterException.class, () -> table.add(1, 1, -1));
  }

  @Test
  void valuesThatAreNoLabelsAreRefusedWithTheirPlace() {
    for (float bad : new float[] {0.5f, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] truth = new float[24];
      truth[6 + 3 + 1] = bad;
      try (Job job = new Job(2, ProgressListener.NONE)) {
        BadInputException error =
            assertThrows(
                BadInputException.class,
                () ->
                    ContingencyTables.count(
                        (z, target) -> Arrays.fill(target, 1),
                        LabelSlices.of(
                            SliceReader.of(ArrayImgs.floats(truth, 3, 2, 4)), 3, "ground truth"),
                        new FinalDimensions(3, 2, 4),
                        job));
        assertTrue(
            error.getMessage().contains("ground truth has the value " + bad), error.getMessage());
        assertTrue(error.getMessage().contains("x=1, y=1 of slice z=1"), error.getMessage());
      }
    }
  }

  @Test
  void cancelEndsTheComparison() {
    try (Job job = new Job(2, ProgressListener.NONE)) {
      assertThrows(
          CancellationException.class,
          () ->
              ContingencyTables.count(
                  (z, target) -> {
                    if (z == 5) {
                      job.cancel();
                    }
                    assertTrue(z < 20, "went on after the cancel");
                  },
                  (z, target) -> {},
                  new FinalDimensions(3, 2, 1_000_000_000),
                  job));
    }
  }

  @Test
  void thresholdIsAProbabilityWhateverThePixelType() {
    assertMask(PixelType.UINT8, 0.5, new float[] {0, 127, 128, 255}, new long[] {0, 0, 1, 1});
    assertMask(
        PixelType.UINT16, 0.5, new float[] {0, 32767, 32768, 65535}, new long[] {0, 0, 1, 1});
    assertMask(PixelType.FLOAT32, 0.5, new float[] {0, 0.4999f, 0.5f, 1}, new long[] {0, 0, 1, 1});
  }

  @Test
  void whatIsNoProbabilityIsRefusedWithItsPlace() {
    LabelSlices mask =
        ProbabilityMask.of(
            (z, target) -> target[5] = 255, new FinalDimensions(3, 2, 9), PixelType.FLOAT32, 0.5);
    BadInputException error =
        assertThrows(BadInputException.class, () -> mask.read(7, new long[6]));
    assertTrue(error.getMessage().contains("255.0 at x=2, y=1 of slice z=7"), error.getMessage());
    LabelSlices nan =
        ProbabilityMask.of(
            (z, target) -> target[0] = Float.NaN,
            new FinalDimensions(3, 2, 9),
            PixelType.UINT8,
            0.5);
    assertThrows(BadInputException.class, () -> nan.read(0, new long[6]));
    assertThrows(
        BadParameterException.class,
        () ->
            ProbabilityMask.of(
                (z, target) -> {}, new FinalDimensions(3, 2, 9), PixelType.UINT8, 127));
  }

  private static void assertMask(
      PixelType type, double threshold, float[] values, long[] expected) {
    long[] mask = new long[values.length];
    ProbabilityMask.of(
            SliceReader.of(ArrayImgs.floats(values, values.length, 1)),
            new FinalDimensions(values.length, 1, 1),
            type,
            threshold)
        .read(0, mask);
    assertArrayEquals(expected, mask);
  }

  private static void assertSame(ContingencyTable expected, ContingencyTable found, long seed) {
    assertEquals(expected.total(), found.total(), "seed " + seed);
    assertEquals(expected.size(), found.size(), "seed " + seed);
    expected.forEach(
        (s, t, voxels) -> assertEquals(voxels, found.count(s, t), s + "," + t + " seed " + seed));
  }
}
