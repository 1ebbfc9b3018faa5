package org.uniem.postprocess.labelling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import net.imglib2.FinalDimensions;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.SliceReader;

class StackObjectsTest {

  @Test
  void streamedLabelsAreThoseOfTheWholeImage() {
    long seed = System.nanoTime();
    int w = 37;
    int h = 23;
    int d = 19;
    float[] image = ConnectedComponentsTest.noise(new Random(seed), w * h * d, 0.3);
    for (Connectivity connectivity : Connectivity.values()) {
      LabellingOptions options = new LabellingOptions(0.5, connectivity, 2, 5000);
      try (Job job = new Job(2, ProgressListener.NONE)) {
        StackObjects objects =
            StackObjects.find(
                SliceReader.of(ArrayImgs.floats(image, w, h, d)),
                new FinalDimensions(w, h, d),
                options,
                job);
        long[] labels = new long[image.length];
        objects.write(
            (z, slice) -> System.arraycopy(slice, 0, labels, (int) z * slice.length, slice.length),
            job);
        assertArrayEquals(
            FloodFillOracle.label(image, w, h, d, options),
            labels,
            connectivity + ", seed " + seed);
        assertEquals(Arrays.stream(labels).max().orElse(0), objects.count());
        for (long id = 1; id <= objects.count(); id++) {
          long sought = id;
          assertEquals(Arrays.stream(labels).filter(l -> l == sought).count(), objects.voxels(id));
        }
      }
    }
  }

  @Test
  void objectsThroughMoreBatchesThanOneStayWhole() {
    // 2 Mvoxel slices: every task and batch ends at each slice or two.
    int w = 2048;
    int h = 1024;
    SliceReader stairs =
        (z, target) -> {
          Arrays.fill(target, 0);
          // One object steps aside by one voxel per slice, another is in every second slice.
          target[(int) z + (int) z * w] = 1;
          target[w - 1] = z % 2;
        };
    try (Job job = new Job(2, ProgressListener.NONE)) {
      StackObjects objects =
          StackObjects.find(
              stairs,
              new FinalDimensions(w, h, 9),
              new LabellingOptions(0.5, Connectivity.TWENTY_SIX),
              job);
      assertEquals(5, objects.count());
      assertEquals(9, objects.voxels(1));
      objects.write(
          (z, slice) -> {
            assertEquals(1, slice[(int) z + (int) z * w]);
            assertEquals(z % 2 == 1 ? 2 + z / 2 : 0, slice[w - 1]);
          },
          job);
    }
  }

  @Test
  void aStackThatChangesBetweenTheReadingsIsRefused() {
    AtomicInteger reads = new AtomicInteger();
    SliceReader changing =
        (z, target) -> {
          Arrays.fill(target, 0);
          target[0] = 1;
          target[5] = z == 2 && reads.incrementAndGet() > 1 ? 1 : 0;
        };
    try (Job job = new Job(1, ProgressListener.NONE)) {
      StackObjects objects =
          StackObjects.find(
              changing,
              new FinalDimensions(4, 4, 4),
              new LabellingOptions(0.5, Connectivity.SIX),
              job);
      BadInputException error =
          assertThrows(BadInputException.class, () -> objects.write((z, slice) -> {}, job));
      assertTrue(error.getMessage().contains("Slice z=2"), error.getMessage());
    }
  }

  @Test
  @Timeout(30)
  void cancelMidwayEndsBothPassesBeforeTheNextSlices() {
    FinalDimensions size = new FinalDimensions(16, 16, 1_000_000);
    LabellingOptions options = new LabellingOptions(0.5, Connectivity.SIX);
    AtomicInteger reads = new AtomicInteger();
    try (Job job = new Job(2, ProgressListener.NONE)) {
      SliceReader cancelling =
          (z, target) -> {
            // >=: the thread that counts 100 may be held up before it cancels.
            if (reads.incrementAndGet() >= 100) {
              job.cancel();
            }
          };
      assertThrows(
          CancellationException.class, () -> StackObjects.find(cancelling, size, options, job));
      assertTrue(reads.get() <= 102, "read " + reads.get() + " slices");
    }
    FinalDimensions small = new FinalDimensions(16, 16, 1000);
    StackObjects objects;
    try (Job job = new Job(2, ProgressListener.NONE)) {
      objects = StackObjects.find((z, target) -> {}, small, options, job);
    }
    AtomicInteger written = new AtomicInteger();
    try (Job job = new Job(2, ProgressListener.NONE)) {
      assertThrows(
          CancellationException.class,
          () ->
              objects.write(
                  (z, slice) -> {
                    if (written.incrementAndGet() == 10) {
                      job.cancel();
                    }
                  },
                  job));
    }
    assertEquals(10, written.get());
  }

  @Test
  void slicesBeyondAnArrayAreRefused() {
    try (Job job = new Job(1, ProgressListener.NONE)) {
      BadInputException error =
          assertThrows(
              BadInputException.class,
              () ->
                  StackObjects.find(
                      (z, target) -> {},
                      new FinalDimensions(65536, 65536, 2),
                      new LabellingOptions(0.5, Connectivity.SIX),
                      job));
      assertTrue(error.getMessage().contains("65536 x 65536"), error.getMessage());
    }
  }
}
