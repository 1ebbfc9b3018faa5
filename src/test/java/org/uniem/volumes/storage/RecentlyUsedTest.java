package org.uniem.volumes.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

class RecentlyUsedTest {

  @Test
  void hitIsNotLoadedAgain() {
    AtomicInteger loads = new AtomicInteger();
    RecentlyUsed<String> cache = new RecentlyUsed<>(2, i -> "v" + i + loads.getAndIncrement());
    assertEquals("v30", cache.get(3));
    assertEquals("v30", cache.get(3));
    assertEquals(1, loads.get());
  }

  @Test
  void onlyTheCapacityIsKeptAndTheUsedStay() {
    AtomicInteger loads = new AtomicInteger();
    RecentlyUsed<Integer> cache =
        new RecentlyUsed<>(
            2,
            i -> {
              loads.incrementAndGet();
              return (int) i;
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
    RecentlyUsed<Integer> cache =
        new RecentlyUsed<>(
            100,
            i -> {
              loads.incrementAndGet();
              return (int) i + 1000;
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
    RecentlyUsed<Integer> cache = new RecentlyUsed<>(3, i -> (int) i + 1000);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int index : indices) {
      tasks.add(() -> cache.get(index) == index + 1000);
    }
    try (Job job = new Job(8, ProgressListener.NONE)) {
      assertTrue(job.runAll(tasks).stream().allMatch(ok -> ok), "seed " + seed);
    }
  }
}
