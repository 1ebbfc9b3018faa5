package org.uniem.postprocess.watershed;

import org.uniem.postprocess.indices.IntList;

/** A list per level, for a few thousand levels. */
final class BucketQueue implements LevelQueue {

  private final IntList[] buckets;
  private int lowest;

  BucketQueue(int levels) {
    buckets = new IntList[levels];
  }

  @Override
  public void add(int level, int voxel) {
    IntList bucket = buckets[level];
    if (bucket == null) {
      bucket = new IntList(16);
      buckets[level] = bucket;
    }
    bucket.add(voxel);
  }

  @Override
  public int next(IntList batch) {
    batch.clear();
    while (lowest < buckets.length && buckets[lowest] == null) {
      lowest++;
    }
    if (lowest == buckets.length) {
      return -1;
    }
    IntList bucket = buckets[lowest];
    buckets[lowest] = null;
    for (int i = 0; i < bucket.size(); i++) {
      batch.add(bucket.get(i));
    }
    return lowest;
  }
}
