package org.uniem.volumes.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

class PlaneCacheTest {

  @Test
  void hitIsNotLoadedAgain() {
    AtomicInteger loads = new AtomicInteger();
    PlaneCache<String> cache = new PlaneCache<>(10, 2, i -> "v" + i + loads.getAndIncrement());
    assertEquals("v30", cache.get(3));
    assertEquals("v30", cache.get(3));
    assertEquals(1, loads.get());
  }

  @Test
  void onlyTheCapacityIsKeptAndTheUsedStay() {
    AtomicInteger loads = new AtomicInteger();
    PlaneCache<Integer> cache =
        new PlaneCache<>(
            10,
            2,
            i -> {
              loads.incrementAndGet();
              return i;
            });
    cache.get(0);
    cache.get(1);
    cache.get(0);
    cache.get(2); // evicts 1, as 0 was used again
    assertEquals(3, loads.get());
    cache.get(0);
    assertEquals(3, loads.get());
    cache.get(1);
    assertEquals(4, loads.get());
  }

  @Test
  void threadsLoadEachThingOnceWhileItFits() {
    AtomicInteger loads = new AtomicInteger();
    PlaneCache<Integer> cache =
        new PlaneCache<>(
            100,
            100,
            i -> {
              loads.incrementAndGet();
              return i + 1000;
            });
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int index = i * 7 % 100;
      tasks.add(() -> cache.get(index) - index);
    }
    try (Job job = new Job(8, ProgressListener.NONE)) {
      assertTrue(job.runAll(tasks).stream().allMatch(v -> v == 1000));
    }
    assertEquals(100, loads.get());
  }

  @Test
  void threadsBeyondTheCapacityStillGetTheRightThings() {
    long seed = 5;
    int[] indices = new Random(seed).ints(5000, 0, 50).toArray();
    PlaneCache<Integer> cache = new PlaneCache<>(50, 3, i -> i + 1000);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int index : indices) {
      tasks.add(() -> cache.get(index) == index + 1000);
    }
    try (Job job = new Job(8, ProgressListener.NONE)) {
      assertTrue(job.runAll(tasks).stream().allMatch(ok -> ok), "seed " + seed);
    }
  }

  @Test
  void volumeLargerThanItsCacheIsReadKeepingOnlyTheLastSlices() {
    CountingSource source = new CountingSource();
    try (Volume volume = new StackVolume("large", source, 4 * source.shape().bytes())) {
      float[] slice = new float[source.shape().pixels()];
      for (int z = 0; z < volume.depth(); z++) {
        volume.readSlice(z, 0, slice);
        assertEquals(z, slice[17]);
      }
      assertEquals(source.depth(), source.reads.get());
      for (int z = source.depth() - 4; z < source.depth(); z++) {
        volume.readSlice(z, 0, slice);
      }
      assertEquals(source.depth(), source.reads.get());
      volume.readSlice(source.depth() - 5, 0, slice);
      assertEquals(source.depth() + 1, source.reads.get());
    }
  }

  @Test
  void jumpingBetweenSlicesDecodesEachOnce() {
    CountingSource source = new CountingSource();
    try (Volume volume = new StackVolume("cells", source, 4 * source.shape().bytes())) {
      for (int x = 0; x < 50; x++) {
        assertEquals(3, volume.channel(0).getAt(x, x, 3).getRealFloat());
        assertEquals(4, volume.channel(0).getAt(x, x, 4).getRealFloat());
      }
      assertEquals(2, source.reads.get());
    }
  }

  /** 100 slices, each filled with its number. */
  private static final class CountingSource implements PlaneSource {

    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public PlaneShape shape() {
      return new PlaneShape(64, 64, 1, PixelType.UINT8);
    }

    @Override
    public int depth() {
      return 100;
    }

    @Override
    public int planesPerSlice() {
      return 1;
    }

    @Override
    public VoxelSize voxelSize() {
      return VoxelSize.UNKNOWN;
    }

    @Override
    public String sliceName(long z) {
      return "z" + z;
    }

    @Override
    public Plane read(int z, int index) {
      reads.incrementAndGet();
      Plane plane = new Plane(shape());
      Arrays.fill((byte[]) plane.channel(0), (byte) z);
      return plane;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
