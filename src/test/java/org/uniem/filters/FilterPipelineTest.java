package org.uniem.filters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.FinalDimensions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.SliceReader;

class FilterPipelineTest {

  private static final int WIDTH = 13;
  private static final int HEIGHT = 11;
  private static final int PIXELS = WIDTH * HEIGHT;

  private static float[] random(int depth, long seed) {
    Random random = new Random(seed);
    float[] stack = new float[PIXELS * depth];
    for (int i = 0; i < stack.length; i++) {
      stack[i] = random.nextInt(256);
    }
    return stack;
  }

  private static float[] run(String steps, float[] stack, int threads, long memory) {
    int depth = stack.length / PIXELS;
    float[] result = new float[stack.length];
    try (Job job = new Job(threads, ProgressListener.NONE)) {
      FilterPipeline.run(
          FilterSteps.parse(steps).filters(255),
          reader(stack),
          new FinalDimensions(WIDTH, HEIGHT, depth),
          memory,
          (z, slice) -> System.arraycopy(slice, 0, result, (int) z * PIXELS, PIXELS),
          job);
    }
    return result;
  }

  private static SliceReader reader(float[] stack) {
    return (z, target) -> System.arraycopy(stack, (int) z * PIXELS, target, 0, PIXELS);
  }

  @ParameterizedTest
  @EnumSource(FilterKind.class)
  void runsAndThreadsDoNotChangeOneBit(FilterKind kind) {
    long seed = System.nanoTime();
    float[] stack = random(17, seed);
    String deep =
        kind.parameters().stream().anyMatch(p -> p.name().equals("sigmaZ"))
            ? " sigmaZ=1"
            : kind.parameters().stream().anyMatch(p -> p.name().equals("radiusZ"))
                ? " radiusZ=1"
                : "";
    String small = kind == FilterKind.GAUSSIAN ? " sigma=1" : "";
    String steps = "median radiusZ=1 | " + kind.label() + small + deep;
    float[] whole = run(steps, stack, 1, 1L << 30);
    // So little that a run is a slice or two.
    float[] parts = run(steps, stack, 3, 2L * 4 * PIXELS * 16);
    assertArrayEquals(whole, parts, "seed " + seed);
  }

  @Test
  void previewIsTheSliceOfTheWholeStack() {
    float[] stack = random(9, 3);
    String steps = "gaussian sigma=1 sigmaZ=1 | normalise";
    float[] whole = run(steps, stack, 2, 1L << 30);
    try (Job job = Job.silent()) {
      float[] slice =
          FilterPipeline.preview(
              FilterSteps.parse(steps).filters(255),
              reader(stack),
              new FinalDimensions(WIDTH, HEIGHT, 9),
              1L << 30,
              4,
              job);
      assertArrayEquals(Arrays.copyOfRange(whole, 4 * PIXELS, 5 * PIXELS), slice);
    }
  }

  @Test
  void filtersBeyondMemoryAreRefused() {
    String message =
        assertThrows(
                BadParameterException.class,
                () -> run("median radiusZ=5", random(3, 1), 1, 4L * PIXELS * 8))
            .getMessage();
    assertTrue(message.contains("11 slices of 13 x 11 pixels"), message);
  }

  @Test
  void valuesThatAreNoNumbersAreRefusedWithTheirPlace() {
    for (String steps : List.of("normalise", "gaussian", "median", "clahe", "invert")) {
      for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
        float[] stack = random(2, 1);
        stack[PIXELS + WIDTH + 5] = bad;
        String message =
            assertThrows(BadInputException.class, () -> run(steps, stack, 1, 1L << 20))
                .getMessage();
        assertEquals(
            "The pixel at x=5, y=1 of slice z=1 (counted from 0) is "
                + (Float.isNaN(bad) ? "not a number (NaN)" : "infinite")
                + ": expected a finite number. Replace such pixels first.",
            message);
      }
    }
  }

  @Test
  void cancelEndsThePipeline() {
    try (Job job = Job.silent()) {
      assertThrows(
          CancellationException.class,
          () ->
              FilterPipeline.run(
                  FilterSteps.parse("median radius=20").filters(255),
                  reader(random(5, 1)),
                  new FinalDimensions(WIDTH, HEIGHT, 5),
                  1L << 30,
                  (z, slice) -> job.cancel(),
                  job));
    }
  }

  @Test
  void filtersFollowOneAnotherInTheirOrder() {
    float[] stack = random(1, 2);
    float[] expected = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      expected[i] = 255 - stack[i] > 100 ? 255 : 0;
    }
    assertArrayEquals(expected, run("invert | binarise threshold=100", stack, 1, 1L << 20));
    assertEquals(2, FilterSteps.parse("open").filters(255).size());
    assertEquals(List.of(), FilterKind.INVERT.parameters());
  }
}
