package org.uniem.networks.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;

class TileAxisTest {

  @Test
  void smallAxisIsOneTilePaddedToTheMultiple() {
    TileAxis axis = new TileAxis(10, 8, 64, 16);
    assertEquals(1, axis.count());
    assertEquals(16, axis.tile());
    assertEquals(10, axis.inside(0));
    assertEquals(1, axis.weights(0)[9]);
  }

  @Test
  void overlapIsCroppedByThreeEighthsAndBlendedBetween() {
    // Two tiles of 16 at 0 and 8 share pixels 8 … 15: three cropped, two blended, three cropped.
    TileAxis axis = new TileAxis(24, 8, 16, 8);
    assertEquals(2, axis.count());
    assertEquals(8, axis.origin(1));
    float[] expected = {0, 0, 0, 0.25f, 0.75f, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    assertArrayEquals(expected, axis.weights(1), 1e-6f);
  }

  @Test
  void tilesShrinkToWhatIsNeeded() {
    // 1100 pixels in two tiles sharing 64 need 582 each, 592 as a multiple of 16.
    TileAxis axis = new TileAxis(1100, 16, 1024, 64);
    assertEquals(2, axis.count());
    assertEquals(592, axis.tile());
  }

  @Test
  void weightsSumToOneAndTilesAreAlignedAndShareTheOverlap() {
    long seed = System.nanoTime();
    System.out.println("TileAxisTest seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      int multiple = 1 << random.nextInt(5);
      int overlap = random.nextInt(40);
      int tile = 2 * (int) TileAxis.roundUp(overlap, multiple) + multiple + random.nextInt(60);
      int length = 1 + random.nextInt(500);
      TileAxis axis = new TileAxis(length, multiple, tile, overlap);
      double[] sum = new double[length];
      assertEquals(0, axis.tile() % multiple);
      assertTrue(axis.tile() <= tile, axis::toString);
      for (int i = 0; i < axis.count(); i++) {
        assertEquals(0, axis.origin(i) % multiple);
        if (i > 0) {
          assertTrue(axis.origin(i - 1) + axis.tile() - axis.origin(i) >= overlap, axis::toString);
        }
        for (int k = 0; k < axis.inside(i); k++) {
          assertTrue(axis.weights(i)[k] >= 0);
          sum[axis.origin(i) + k] += axis.weights(i)[k];
        }
      }
      for (double total : sum) {
        assertEquals(1, total, 1e-6, axis::toString);
      }
    }
  }

  @Test
  void tileSmallerThanTwoOverlapsIsRefusedWithTheSizeNeeded() {
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> new TileAxis(500, 16, 96, 50));
    assertTrue(e.getMessage().contains("at least 128"), e.getMessage());
  }
}
