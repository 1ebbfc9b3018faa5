package org.uniem.postprocess.watershed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.postprocess.labelling.Connectivity;

class HMaximaTest {

  /** Peaks and their voxels, for h of 10 and 40 with 6, 18 and 26 neighbours. */
  private static final int[][] SCIKIT_IMAGE = {
    {1742, 1843}, {1412, 2543}, {563, 874}, {117, 1733}, {321, 673}, {23, 1906}
  };

  private final Job job = new Job(2, ProgressListener.NONE);

  @Test
  void peaksStandOutByMoreThanH() {
    float[] row = {0, 5, 3, 4, 1, 9, 9, 0, 2};
    assertArrayEquals(new int[] {0, 1, 0, 2, 0, 3, 3, 0, 4}, peaks(row, 0));
    assertArrayEquals(new int[] {0, 1, 0, 0, 0, 2, 2, 0, 3}, peaks(row, 1));
    assertArrayEquals(new int[] {0, 1, 1, 1, 0, 2, 2, 0, 0}, peaks(row, 2));
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 1, 1, 0, 0}, peaks(row, 4));
  }

  private int[] peaks(float[] row, double h) {
    int[] seeds = new int[row.length];
    HMaxima.find(
        ArrayImgs.floats(row, row.length, 1),
        h,
        Connectivity.FOUR,
        ArrayImgs.ints(seeds, row.length, 1),
        job);
    return seeds;
  }

  @Test
  void reconstructionIsWhatRepeatedDilationComesTo() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int w = 1 + random.nextInt(9);
      int h = 1 + random.nextInt(8);
      int d = 1 + random.nextInt(5);
      Connectivity connectivity = Connectivity.values()[random.nextInt(5)];
      float[] image = new float[w * h * d];
      for (int i = 0; i < image.length; i++) {
        image[i] = random.nextInt(12);
      }
      float by = 1 + random.nextInt(6);
      PaddedFloats heights = PaddedFloats.copy(ArrayImgs.floats(image, w, h, d), connectivity, job);
      PaddedFloats marker = heights.lowered(by);
      Reconstruction.byDilation(marker, heights, heights.steps(connectivity), job);
      float[] expected = dilated(image, by, w, h, d, connectivity);
      for (int i = 0; i < image.length; i++) {
        assertEquals(
            expected[i],
            marker.values()[marker.index(i % w, i / w % h, i / w / h)],
            "seed " + seed + ", round " + round);
      }
    }
  }

  private static float[] dilated(
      float[] image, float by, int w, int h, int d, Connectivity connectivity) {
    float[] marker = image.clone();
    for (int i = 0; i < marker.length; i++) {
      marker[i] -= by;
    }
    while (true) {
      float[] next = marker.clone();
      for (int i = 0; i < marker.length; i++) {
        for (int[] o : connectivity.offsets()) {
          int x = i % w + o[0];
          int y = i / w % h + o[1];
          int z = i / w / h + o[2];
          if (x >= 0 && x < w && y >= 0 && y < h && z >= 0 && z < d) {
            next[i] = Math.max(next[i], marker[(z * h + y) * w + x]);
          }
        }
        next[i] = Math.min(next[i], image[i]);
      }
      if (Arrays.equals(marker, next)) {
        return marker;
      }
      marker = next;
    }
  }

  /** {@code reconstruction} and {@code local_maxima} of scikit-image 0.19.3. */
  @Test
  void peaksAreThoseOfScikitImage() {
    int w = 31;
    int h = 23;
    int d = 17;
    float[] image = new float[w * h * d];
    for (int i = 0; i < image.length; i++) {
      int x = i % w;
      int y = i / w % h;
      int z = i / w / h;
      image[i] = (x * x * 3 + y * y * 5 + z * z * 7 + x * y + 11 * z * x) % 251;
    }
    Connectivity[] kinds = {Connectivity.SIX, Connectivity.EIGHTEEN, Connectivity.TWENTY_SIX};
    for (int i = 0; i < SCIKIT_IMAGE.length; i++) {
      int[] seeds = new int[image.length];
      long count =
          HMaxima.find(
              ArrayImgs.floats(image, w, h, d),
              i % 2 == 0 ? 10 : 40,
              kinds[i / 2],
              ArrayImgs.ints(seeds, w, h, d),
              job);
      assertEquals(SCIKIT_IMAGE[i][0], count, "case " + i);
      assertEquals(
          SCIKIT_IMAGE[i][1], Arrays.stream(seeds).filter(seed -> seed > 0).count(), "case " + i);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    var image = ArrayImgs.floats(new float[] {0, 1, 0, 1}, 4, 1);
    assertEquals(
        "h=-0.5 is not possible: give 0 or more.",
        assertThrows(
                BadParameterException.class,
                () -> HMaxima.find(image, -0.5, Connectivity.FOUR, ArrayImgs.ints(4, 1), job))
            .getMessage());
    assertEquals(
        "The sizes differ along x and y, as if the axes were in another order: image 4 x 1 voxels,"
            + " seeds 1 x 4. Crop one to the other, or give those that belong together.",
        assertThrows(
                BadInputException.class,
                () -> HMaxima.find(image, 1, Connectivity.FOUR, ArrayImgs.ints(1, 4), job))
            .getMessage());
    assertEquals(
        "2 peaks were found, but the type of the seeds, BitType, holds ids up to 1: choose a larger"
            + " type, or raise h.",
        assertThrows(
                BadParameterException.class,
                () -> HMaxima.find(image, 0, Connectivity.FOUR, ArrayImgs.bits(4, 1), job))
            .getMessage());
    image.firstElement().set(Float.NaN);
    assertEquals(
        "The pixel at x=0, y=0 of slice z=0 (counted from 0) is not a number (NaN): expected a"
            + " height. Replace such pixels.",
        assertThrows(
                BadInputException.class,
                () -> HMaxima.find(image, 1, Connectivity.FOUR, ArrayImgs.ints(4, 1), job))
            .getMessage());
  }
}
