package org.uniem.filters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import net.imglib2.FinalDimensions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.uniem.job.Job;

class FilterValuesTest {

  private static float[] run(String steps, int width, int height, float... stack) {
    int pixels = width * height;
    float[] result = new float[stack.length];
    try (Job job = Job.silent()) {
      FilterPipeline.run(
          FilterSteps.parse(steps).filters(255),
          (z, target) -> System.arraycopy(stack, (int) z * pixels, target, 0, pixels),
          new FinalDimensions(width, height, stack.length / pixels),
          1L << 30,
          (z, slice) -> System.arraycopy(slice, 0, result, (int) z * pixels, pixels),
          job);
    }
    return result;
  }

  /**
   * Every 13th voxel as SciPy 1.10.1 has it: gaussian_filter, median_filter, minimum_filter and
   * maximum_filter with an ellipse as footprint, sobel, laplace, all with mode="reflect".
   */
  static Stream<Arguments> ofSciPy() {
    return Stream.of(
        Arguments.of(
            "gaussian sigma=1.3 sigmaZ=0.8",
            new double[] {
              65.2296, 136.45, 105.4803, 126.1803, 113.983, 134.1141, 121.1348, 116.2623, 108.1758,
              123.3213, 156.4126, 122.3646, 142.278, 129.6125, 131.8951, 156.9827, 128.8948,
              136.7413, 147.5643, 124.3946, 135.6245, 113.2971, 121.4174, 152.5736, 124.281
            }),
        Arguments.of(
            "gaussian sigma=2",
            new double[] {
              83.432, 127.1499, 106.3388, 114.1246, 107.3935, 123.599, 107.6502, 118.2304, 119.8018,
              112.3986, 155.042, 143.4517, 135.531, 136.4351, 132.7483, 152.8805, 148.7277,
              147.5353, 136.3811, 132.8828, 136.111, 110.3824, 122.6967, 151.1663, 129.2555
            }),
        Arguments.of(
            "median radius=2 radiusZ=1",
            new double[] {
              14.0, 154.0, 56.0, 122.0, 93.0, 120.0, 70.0, 69.0, 57.0, 65.0, 187.0, 123.0, 149.0,
              143.0, 165.0, 209.0, 145.0, 154.0, 174.0, 93.0, 150.0, 45.0, 122.0, 181.0, 134.0
            }),
        Arguments.of(
            "erode radius=1.5",
            new double[] {
              0.0, 2.0, 6.0, 10.0, 39.0, 20.0, 10.0, 28.0, 38.0, 33.0, 42.0, 27.0, 98.0, 53.0, 29.0,
              53.0, 12.0, 1.0, 0.0, 52.0, 45.0, 8.0, 3.0, 68.0, 7.0
            }),
        Arguments.of(
            "dilate radius=2 radiusZ=1",
            new double[] {
              114.0, 236.0, 240.0, 254.0, 243.0, 219.0, 192.0, 228.0, 232.0, 235.0, 236.0, 246.0,
              237.0, 244.0, 249.0, 247.0, 242.0, 248.0, 216.0, 249.0, 239.0, 204.0, 233.0, 232.0,
              232.0
            }),
        Arguments.of(
            "sobel",
            new double[] {
              281.1548, 561.7117, 633.9716, 583.3421, 169.517, 506.249, 256.2889, 484.6793,
              194.8589, 444.927, 343.7005, 546.7614, 160.5553, 297.6441, 595.1487, 519.0241,
              142.443, 286.3564, 335.2163, 286.0, 456.9748, 291.0842, 161.2452, 251.5631, 549.214
            }),
        Arguments.of(
            "laplacian",
            new double[] {
              68.0, -36.0, 215.0, -292.0, -292.0, -137.0, -206.0, 50.0, 220.0, 284.0, 463.0, 130.0,
              50.0, -121.0, -184.0, -302.0, 390.0, 135.0, 515.0, 70.0, -49.0, 305.0, 49.0, 391.0,
              -445.0
            }));
  }

  @ParameterizedTest
  @MethodSource("ofSciPy")
  void valuesAreThoseOfSciPy(String steps, double[] expected) {
    float[] stack = new float[9 * 7 * 5];
    for (int i = 0; i < stack.length; i++) {
      stack[i] = (i * 7919 + i * i % 1013 * 31) % 256;
    }
    float[] found = run(steps, 9, 7, stack);
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], found[13 * k], 1e-4, steps + " at " + 13 * k);
    }
  }

  @Test
  void localContrastWithoutLimitIsEqualisation() {
    // One block holds all four pixels: 0, ⅓, ⅔, 1 of the range, in the order of the values.
    assertArrayEquals(
        new float[] {0, 85, 170, 255}, run("clahe block=9 slope=1000", 2, 2, 10, 11, 12, 13));
    // OpenCV counts from 1: ¼, ½, ¾, 1, rounded half to even.
    assertArrayEquals(
        new float[] {64, 128, 191, 255},
        run("clahe-grid clip=0 columns=1 rows=1", 2, 2, 10, 11, 12, 13));
  }

  @Test
  void localContrastOfSlopeOneKeepsAnEvenSlice() {
    float[] even = new float[256];
    for (int i = 0; i < even.length; i++) {
      even[i] = i;
    }
    assertArrayEquals(even, run("clahe block=63 slope=1", 16, 16, even), 1f);
    assertArrayEquals(even, run("clahe-grid clip=1 columns=1 rows=1", 16, 16, even), 1f);
  }

  @Test
  void edgeOfAStepIsOnePixelWide() {
    float[] step = new float[10 * 4];
    for (int i = 0; i < step.length; i++) {
      step[i] = i % 10 < 5 ? 0 : 60;
    }
    float[] edges = run("canny upper=200 lower=100", 10, 4, step);
    for (int i = 0; i < edges.length; i++) {
      assertEquals(i % 10 == 4 ? 255 : 0, edges[i], "x=" + i % 10);
    }
    // |gx| = 4 · 60.
    assertArrayEquals(new float[40], run("canny upper=240 lower=100", 10, 4, step));
  }

  @Test
  void weakEdgesCountWhereTheyTouchStrongOnes() {
    // The step grows weaker from row to row: 4 · 60, then 4 · 30 and less in the mean.
    float[] step = new float[10 * 9];
    for (int i = 0; i < step.length; i++) {
      step[i] = i % 10 < 5 ? 0 : i / 10 < 3 ? 60 : i / 10 < 6 ? 30 : 0;
    }
    float[] edges = run("canny upper=200 lower=90", 10, 9, step);
    assertEquals(255, edges[4], "strong");
    assertEquals(255, edges[4 * 10 + 4], "weak but joined");
    float[] alone = run("canny upper=200 lower=90", 10, 3, Arrays.copyOfRange(step, 30, 60));
    assertArrayEquals(new float[30], alone);
  }

  @Test
  void bilateralKeepsAStepThatAGaussianSmears() {
    float[] step = {0, 2, 0, 2, 200, 202, 200, 202};
    float[] kept = run("bilateral sigma=2 range=10", 8, 1, step);
    for (int i = 0; i < step.length; i++) {
      assertEquals(i < 4 ? 1 : 201, kept[i], 0.5, "x=" + i);
    }
  }

  @Test
  void valuesAreSpreadByTheirFrequency() {
    assertArrayEquals(new float[] {0, 0, 127.5f, 255}, run("equalise", 2, 2, 7, 7, 8, 200), 1e-4f);
    // By each slice, and by both.
    assertArrayEquals(
        new float[] {0, 255, 0, 255}, run("normalise saturated=0 stack=0", 2, 1, 1, 2, 5, 9));
    assertArrayEquals(
        new float[] {0, 31.875f, 127.5f, 255}, run("normalise saturated=0", 2, 1, 1, 2, 5, 9));
    assertArrayEquals(new float[] {4, 4}, run("normalise", 2, 1, 4, 4));
  }

  @Test
  void openingTakesAwayWhatIsSmall() {
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 9, 9, 9, 0}, run("open", 8, 1, 0, 9, 0, 0, 9, 9, 9, 0));
    assertArrayEquals(
        new float[] {9, 9, 9, 9, 0, 0, 0, 9}, run("close", 8, 1, 9, 0, 9, 9, 0, 0, 0, 9));
  }
}
