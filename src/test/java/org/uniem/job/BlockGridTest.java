package org.uniem.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;
import org.junit.jupiter.api.Test;

class BlockGridTest {

  @Test
  void lastBlockIsTruncatedToVolume() {
    List<Interval> blocks = new BlockGrid(new FinalInterval(5, 3), 2, 2).blocks();
    assertEquals(6, blocks.size());
    assertBlock(blocks.get(0), 0, 0, 1, 1);
    assertBlock(blocks.get(1), 2, 0, 3, 1);
    assertBlock(blocks.get(2), 4, 0, 4, 1);
    assertBlock(blocks.get(3), 0, 2, 1, 2);
    assertBlock(blocks.get(5), 4, 2, 4, 2);
  }

  @Test
  void blocksStartWhereTheVolumeStarts() {
    List<Interval> blocks =
        new BlockGrid(new FinalInterval(new long[] {-3, 10}, new long[] {0, 11}), 3, 5).blocks();
    assertEquals(2, blocks.size());
    assertBlock(blocks.get(0), -3, 10, -1, 11);
    assertBlock(blocks.get(1), 0, 10, 0, 11);
  }

  @Test
  void haloIsClippedToTheVolume() {
    Interval volume = new FinalInterval(new long[] {-3, 10}, new long[] {6, 29});
    BlockGrid grid = new BlockGrid(volume, 4, 8);
    Interval corner = grid.blocks().get(0);
    assertBlock(corner, -3, 10, 0, 17);
    assertBlock(grid.halo(corner, 2, 3), -3, 10, 2, 20);
    assertBlock(grid.halo(corner, 100, 100), -3, 10, 6, 29);
    assertBlock(grid.halo(corner, 0, 0), -3, 10, 0, 17);
  }

  @Test
  void blockLargerThanTheVolumeIsTheVolume() {
    List<Interval> blocks = new BlockGrid(new FinalInterval(7, 1, 3), 100, 100, 100).blocks();
    assertEquals(1, blocks.size());
    assertTrue(Intervals.equals(new FinalInterval(7, 1, 3), blocks.get(0)));
  }

  @Test
  void everyVoxelIsInExactlyOneBlock() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      long[] min = random.longs(3, -9, 9).toArray();
      long[] max = new long[3];
      for (int d = 0; d < 3; d++) {
        max[d] = min[d] + random.nextInt(11);
      }
      Interval volume = new FinalInterval(min, max);
      int[] seen = new int[(int) Intervals.numElements(volume)];
      for (Interval block : new BlockGrid(volume, random.longs(3, 1, 6).toArray()).blocks()) {
        for (long z = block.min(2); z <= block.max(2); z++) {
          for (long y = block.min(1); y <= block.max(1); y++) {
            for (long x = block.min(0); x <= block.max(0); x++) {
              long row = (z - min[2]) * volume.dimension(1) + y - min[1];
              seen[(int) (row * volume.dimension(0) + x - min[0])]++;
            }
          }
        }
      }
      int[] once = new int[seen.length];
      Arrays.fill(once, 1);
      assertArrayEquals(once, seen, "seed " + seed + ", round " + round);
    }
  }

  @Test
  void impossibleBlockSizesAreRefused() {
    FinalInterval volume = new FinalInterval(4, 4);
    assertTrue(
        assertThrows(BadParameterException.class, () -> new BlockGrid(volume, 0, 4))
            .getMessage()
            .contains("[0, 4]"));
    assertTrue(
        assertThrows(BadParameterException.class, () -> new BlockGrid(volume, 4))
            .getMessage()
            .contains("2 numbers"));
  }

  private static void assertBlock(Interval block, long... minAndMax) {
    assertTrue(
        Intervals.equals(Intervals.createMinMax(minAndMax), block),
        () -> "found " + Intervals.toString(block));
  }
}
