package org.uniem.postprocess.watershed;

import java.util.Arrays;
import org.uniem.postprocess.indices.IntList;

/**
 * Any number of levels: entries are sorted by the highest bit in which their level differs from the
 * last one taken, and sorted again when that changes, at most 31 times each (Ahuja et al. 1990,
 * doi:10.1145/77600.77615). Reads memory in order, unlike a heap.
 */
final class RadixQueue implements LevelQueue {

  /** Level in the upper, voxel in the lower half. */
  private final long[][] buckets = new long[33][16];

  private final int[] sizes = new int[33];
  private int last;

  @Override
  public void add(int level, int voxel) {
    add((long) level << 32 | voxel);
  }

  private void add(long entry) {
    int bucket = 32 - Integer.numberOfLeadingZeros((int) (entry >>> 32) ^ last);
    if (sizes[bucket] == buckets[bucket].length) {
      buckets[bucket] = Arrays.copyOf(buckets[bucket], sizes[bucket] * 2);
    }
    buckets[bucket][sizes[bucket]++] = entry;
  }

  @Override
  public int next(IntList batch) {
    batch.clear();
    int bucket = 0;
    while (bucket < buckets.length && sizes[bucket] == 0) {
      bucket++;
    }
    if (bucket == buckets.length) {
      return -1;
    }
    if (bucket > 0) {
      sortAgain(bucket);
    }
    for (int i = 0; i < sizes[0]; i++) {
      batch.add((int) buckets[0][i]);
    }
    sizes[0] = 0;
    return last;
  }

  private void sortAgain(int bucket) {
    long[] entries = buckets[bucket];
    int size = sizes[bucket];
    int lowest = Integer.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      lowest = Math.min(lowest, (int) (entries[i] >>> 32));
    }
    last = lowest;
    buckets[bucket] = new long[16];
    sizes[bucket] = 0;
    for (int i = 0; i < size; i++) {
      add(entries[i]);
    }
  }
}
