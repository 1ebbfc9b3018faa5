package org.uniem.fiji.voxels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdv.cache.SharedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedVoxelsTest {

  private static final int SIZE = 64;
  private static final int DEPTH = 100;

  private final SharedQueue queue = new SharedQueue(1);
  private final AtomicInteger read = new AtomicInteger();

  /** Every voxel tells where it is. */
  private final RandomAccessibleInterval<UnsignedByteType> voxels =
      Views.interval(
          new FunctionRandomAccessible<>(
              3,
              (place, value) -> {
                read.incrementAndGet();
                value.set(valueAt(place.getIntPosition(0), place.getIntPosition(1)));
              },
              UnsignedByteType::new),
          new FinalInterval(SIZE, SIZE, DEPTH));

  private static int valueAt(int x, int y) {
    return (3 * x + 7 * y) % 256;
  }

  @AfterEach
  void stop() {
    queue.shutdown();
  }

  @Test
  void volumeThatFitsHasOneLevelAndIsReadOnce() {
    CachedVoxels cache = CachedVoxels.of(voxels, queue, (long) SIZE * SIZE * DEPTH);
    assertEquals(1, cache.levels());
    for (int i = 0; i < 3; i++) {
      assertEquals(valueAt(20, 30), cache.values(0).getAt(20, 30, 50).get());
      assertEquals(valueAt(21, 30), cache.ids(0).getAt(21, 30, 50).get());
    }
    assertEquals(SIZE * SIZE, read.get());
  }

  /** Of 400 kB in 40 kB of room, every 8th pixel along x and y fits into one half. */
  @Test
  void volumeThatDoesNotFitHasACoarseLevelThatDoes() {
    CachedVoxels cache = CachedVoxels.of(voxels, queue, (long) SIZE * SIZE * 10);
    assertEquals(2, cache.levels());
    assertEquals(8, cache.factor(1));
    assertEquals(new FinalInterval(8, 8, DEPTH).dimension(0), cache.values(1).dimension(0));
    for (int round = 0; round < 2; round++) {
      for (int z = 0; z < DEPTH; z++) {
        assertEquals(valueAt(16, 24), cache.values(1).getAt(2, 3, z).get());
      }
    }
    assertEquals(8 * 8 * DEPTH, read.get(), "slices were read again");
  }

  @Test
  void clearedVoxelsAreReadAnew() {
    CachedVoxels cache = CachedVoxels.of(voxels, queue, (long) SIZE * SIZE * DEPTH);
    cache.values(0).getAt(0, 0, 0).get();
    cache.clear();
    cache.values(0).getAt(0, 0, 0).get();
    assertEquals(2 * SIZE * SIZE, read.get());
  }
}
