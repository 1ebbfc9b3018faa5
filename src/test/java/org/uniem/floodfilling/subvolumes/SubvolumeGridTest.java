package org.uniem.floodfilling.subvolumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;
import org.junit.jupiter.api.Test;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.BadParameterException;

class SubvolumeGridTest {

  @Test
  void lastBoxEndsWithTheVolume() {
    SubvolumeGrid grid =
        new SubvolumeGrid(new long[] {100, 30, 30}, new Extent(40, 40, 30), new Extent(10, 10, 10));
    assertEquals(3, grid.count());
    assertEquals(0, grid.box(0).min(0));
    assertEquals(30, grid.box(1).min(0));
    assertEquals(60, grid.box(2).min(0));
    assertEquals(99, grid.box(2).max(0));
    assertEquals(29, grid.box(2).max(1));
  }

  @Test
  void coresMeetInTheMiddleOfOverlaps() {
    SubvolumeGrid grid =
        new SubvolumeGrid(new long[] {70, 30, 30}, new Extent(40, 40, 30), new Extent(10, 10, 10));
    assertEquals(34, grid.core(0).max(0));
    assertEquals(35, grid.core(1).min(0));
  }

  @Test
  void coresCoverTheVolumeOnce() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 50; run++) {
      long[] volume = {1 + random.nextInt(30), 1 + random.nextInt(30), 1 + random.nextInt(30)};
      Extent size =
          new Extent(2 + random.nextInt(12), 2 + random.nextInt(12), 2 + random.nextInt(12));
      Extent overlap =
          new Extent(random.nextInt(size.x()), random.nextInt(size.y()), random.nextInt(size.z()));
      SubvolumeGrid grid = new SubvolumeGrid(volume, size, overlap);
      int[] times = new int[(int) (volume[0] * volume[1] * volume[2])];
      for (int i = 0; i < grid.count(); i++) {
        Interval core = grid.core(i);
        assertTrue(Intervals.contains(grid.box(i), core), "seed " + seed);
        for (long z = core.min(2); z <= core.max(2); z++) {
          for (long y = core.min(1); y <= core.max(1); y++) {
            for (long x = core.min(0); x <= core.max(0); x++) {
              times[(int) ((z * volume[1] + y) * volume[0] + x)]++;
            }
          }
        }
      }
      for (int count : times) {
        assertEquals(1, count, "seed " + seed);
      }
    }
  }

  @Test
  void volumesBeyondTheLargestArrayAreDivided() {
    SubvolumeGrid grid =
        new SubvolumeGrid(
            new long[] {20000, 20000, 10000}, new Extent(500, 500, 500), new Extent(50, 50, 50));
    assertEquals(45 * 45 * 23, grid.count());
    assertEquals(19999, grid.core(grid.count() - 1).max(0));
  }

  @Test
  void overlapAsLargeAsABoxIsRefused() {
    assertThrows(
        BadParameterException.class,
        () ->
            new SubvolumeGrid(
                new long[] {100, 100, 100}, new Extent(20, 20, 20), new Extent(20, 5, 5)));
  }
}
