package org.uniem.filters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import net.imglib2.FinalDimensions;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.uniem.filters.distance.DistanceOptions;
import org.uniem.filters.distance.DistanceTransform;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.VoxelSize;

class DistanceFilterTest {

  private final Job job = new Job(2, ProgressListener.NONE);

  private float[] run(String steps, float[] stack, int width, int height) {
    int pixels = width * height;
    float[] result = new float[stack.length];
    FilterPipeline.run(
        FilterSteps.parse(steps).filters(255),
        (z, target) -> System.arraycopy(stack, (int) z * pixels, target, 0, pixels),
        new FinalDimensions(width, height, stack.length / pixels),
        // Little enough that a run is a few slices.
        2L * 4 * pixels * 12,
        (z, slice) -> System.arraycopy(slice, 0, result, (int) z * pixels, pixels),
        job);
    return result;
  }

  @Test
  void distancesUpToTheLargestAreThoseOfTheWholeStack() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      int width = 1 + random.nextInt(9);
      int height = 1 + random.nextInt(9);
      int depth = 1 + random.nextInt(9);
      float[] stack = new float[width * height * depth];
      double share = random.nextDouble();
      for (int i = 0; i < stack.length; i++) {
        stack[i] = random.nextDouble() < share ? 7 : 0;
      }
      double[] expected = new double[stack.length];
      DistanceTransform.ofMask(
          ArrayImgs.floats(stack, width, height, depth),
          ArrayImgs.doubles(expected, width, height, depth),
          new DistanceOptions(new VoxelSize(2, 3, 2.5, "nm"), false, false),
          job);
      float[] cut = new float[stack.length];
      for (int i = 0; i < cut.length; i++) {
        cut[i] = (float) Math.min(11, expected[i]);
      }
      assertArrayEquals(
          cut,
          run("distance most=11 sizeX=2 sizeY=3 sizeZ=2.5", stack, width, height),
          1e-5f,
          "seed " + seed + ", round " + round);
    }
  }

  @Test
  void eachSliceStandsAloneUnlessTheDistanceOfSlicesIsGiven() {
    float[] stack = {1, 1, 1, 0, 0, 0};
    assertArrayEquals(new float[] {99, 99, 99, 0, 0, 0}, run("distance most=99", stack, 3, 1));
    assertArrayEquals(new float[] {2, 2, 2, 0, 0, 0}, run("distance most=9 sizeZ=2", stack, 3, 1));
  }

  @Test
  void labelsAreMeasuredToOneAnother() {
    float[] row = {1, 1, 2, 2, 2, 0, 0};
    assertArrayEquals(new float[] {2, 1, 1, 2, 1, 0, 0}, run("distance labels=1", row, 7, 1));
    assertArrayEquals(new float[] {5, 4, 3, 2, 1, 0, 0}, run("distance", row, 7, 1));
  }

  @Test
  void idsThatFiltersCannotTellApartAreRefused() {
    float[] row = {1, (1 << 24) - 1, 1 << 24, 0};
    assertEquals(
        "distance labels=1: the id at x=2, y=0 is 16777216: expected ids below 16777216, which"
            + " filters tell apart. Number the objects anew first, with label-objects"
            + " mode=renumber.",
        assertThrows(BadInputException.class, () -> run("distance labels=1", row, 4, 1))
            .getMessage());
    assertArrayEquals(new float[] {3, 2, 1, 0}, run("distance", row, 4, 1));
  }

  @Test
  void labelsThroughSlicesAreRefused() {
    assertEquals(
        "distance has labels=1 and sizeZ=2: labels are measured in each slice alone. Give sizeZ=0,"
            + " or labels=0.",
        assertThrows(
                BadParameterException.class, () -> FilterSteps.parse("distance labels=1 sizeZ=2"))
            .getMessage());
  }

  @Test
  void reachBeyondMemoryIsRefused() {
    String message =
        assertThrows(
                BadParameterException.class,
                () -> run("distance most=1e6 sizeZ=1e-3", new float[4], 2, 1))
            .getMessage();
    assertEquals("The filters look at 2097153 slices of 2 x 1 pixels", message.substring(0, 50));
  }

  @Test
  void pixelThatIsNoNumberIsRefused() {
    assertEquals(
        "The pixel at x=1, y=1 of slice z=0 (counted from 0) is not a number (NaN): expected a finite"
            + " number. Replace such pixels first.",
        assertThrows(
                BadInputException.class,
                () -> run("distance", new float[] {0, 1, 1, Float.NaN}, 2, 2))
            .getMessage());
  }
}
