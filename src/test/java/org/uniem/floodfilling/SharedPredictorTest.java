package org.uniem.floodfilling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

class SharedPredictorTest {

  private static final int VOXELS = 27;

  private static FakePredictor doubling() {
    return new FakePredictor(
        new int[] {3, 3, 3}, new int[] {1, 1, 1}, (image, centre, mask) -> 2 * image + mask);
  }

  @Test
  void everyThreadGetsItsOwnAnswer() {
    FakePredictor network = doubling();
    SharedPredictor shared = new SharedPredictor(network, 4, 8);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int task = 0; task < 4; task++) {
      int n = 1 + task % 2;
      int first = 100 * task;
      tasks.add(
          () -> {
            for (int look = 0; look < 50; look++) {
              float[] images = new float[n * VOXELS];
              float[] masks = new float[n * VOXELS];
              Arrays.fill(images, first + look);
              Arrays.fill(masks, -1);
              assertArrayEquals(
                  doubling().predict(images, masks, n), shared.predict(images, masks, n));
            }
            shared.leave();
            return null;
          });
    }
    try (Job job = new Job(4, ProgressListener.NONE)) {
      job.runAll(tasks);
    }
    assertEquals(50 * (1 + 2 + 1 + 2), network.fields.get());
    assertTrue(network.calls.get() < 150, network.calls + " calls");
  }

  @Test
  void failureReachesWhoAsked() {
    SharedPredictor shared =
        new SharedPredictor(
            new FakePredictor(
                new int[] {3, 3, 3},
                new int[] {1, 1, 1},
                (image, centre, mask) -> {
                  throw new IllegalStateException("broken");
                }),
            1,
            4);
    assertThrows(
        IllegalStateException.class, () -> shared.predict(new float[VOXELS], new float[VOXELS], 1));
  }

  @Test
  void nobodyWaitsForOneThatWasStopped() {
    SharedPredictor shared = new SharedPredictor(doubling(), 2, 4);
    shared.stop();
    assertThrows(
        CancellationException.class, () -> shared.predict(new float[VOXELS], new float[VOXELS], 1));
  }
}
