package org.uniem.volumes.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
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
  void volumeLargerThanItsCacheIsReadWithBoundedMemory() {
    CountingSource source = new CountingSource();
    try (Volume volume = new StackVolume("large", source, 4L * source.shape().bytes())) {
      float[] slice = new float[source.shape().pixels()];
      for (int round = 0; round < 2; round++) {
        for (int z = 0; z < volume.depth(); z++) {
          volume.readSlice(z, 0, slice);
          assertEquals(z % 256, slice[17]);
        }
      }
      assertTrue(source.reads.get() >= 2 * source.depth() - 4, source.reads + " reads");
      // 1000 slices of 4 MB were read twice; in a heap of 2 GB that must have been freed.
      int z = 999;
      volume.readSlice(z, 0, slice);
      int before = source.reads.get();
      volume.readSlice(z, 0, slice);
      assertEquals(before, source.reads.get());
    }
  }

  @Test
  void cellsOfOneSliceAreDecodedOnce() {
    CountingSource source = new CountingSource();
    try (Volume volume = new StackVolume("cells", source, 4L * source.shape().bytes())) {
      Set<Object> values = Collections.newSetFromMap(new IdentityHashMap<>());
      for (int x = 0; x < 100; x++) {
        values.add(volume.channel(0).getAt(x, x, 3).getRealFloat());
        volume.channel(0).getAt(x, x, 4);
      }
      assertEquals(2, source.reads.get());
    }
  }

  /** 1000 slices of 4 MB, each filled with its number. */
  private static final class CountingSource implements PlaneSource {

    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public PlaneShape shape() {
      return new PlaneShape(2048, 2048, 1, PixelType.UINT8);
    }

    @Override
    public int depth() {
      return 1000;
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
