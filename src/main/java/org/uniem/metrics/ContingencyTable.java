package org.uniem.metrics;

import org.uniem.job.BadParameterException;

/**
 * How many voxels have label s in the segmentation and t in the ground truth, for every pair that
 * occurs: all that the scores need to know of a volume.
 *
 * <p>Labels are any 64-bit numbers. Tables of parts of a volume add up to the table of the whole,
 * in any order. Memory is 24 to 48 bytes per pair that occurs, independent of the volume. Not
 * thread-safe: fill one per thread and {@link #addAll} them. See {@link ContingencyTables} for
 * filling one from images.
 */
public final class ContingencyTable {

  /** Receives the pairs of a table. */
  @FunctionalInterface
  public interface PairConsumer {

    /**
     * Takes one pair.
     *
     * @param segmentation label in the segmentation
     * @param truth label in the ground truth
     * @param voxels number of voxels with both, 1 or more
     */
    void accept(long segmentation, long truth, long voxels);
  }

  // Open addressing with linear probing; a slot is free where its count is 0.
  private long[] segmentations = new long[64];
  private long[] truths = new long[64];
  private long[] counts = new long[64];
  private int size;
  private long total;

  /**
   * Counts voxels of one pair.
   *
   * @param voxels how many, 0 or more
   */
  public void add(long segmentation, long truth, long voxels) {
    if (voxels < 0) {
      throw new BadParameterException("Cannot count " + voxels + " voxels: give 0 or more.");
    }
    if (voxels == 0) {
      return;
    }
    int slot = slot(segmentation, truth);
    if (counts[slot] == 0) {
      segmentations[slot] = segmentation;
      truths[slot] = truth;
      size++;
    }
    counts[slot] += voxels;
    total += voxels;
    if (size > counts.length / 2) {
      grow();
    }
  }

  /**
   * Counts a row, slice or block of voxels; runs of equal pairs are looked up once.
   *
   * @param segmentation a label per voxel
   * @param truth a label per voxel, in the same order
   */
  public void add(long[] segmentation, long[] truth) {
    if (segmentation.length != truth.length) {
      throw new BadParameterException(
          "The segmentation has "
              + segmentation.length
              + " voxels, the ground truth "
              + truth.length
              + ": they must be the same.");
    }
    int start = 0;
    for (int i = 1; i <= truth.length; i++) {
      if (i == truth.length || segmentation[i] != segmentation[start] || truth[i] != truth[start]) {
        add(segmentation[start], truth[start], i - start);
        start = i;
      }
    }
  }

  /** Adds the counts of another table. */
  public void addAll(ContingencyTable other) {
    other.forEach(this::add);
  }

  /** The number of voxels with both labels, 0 if there is none. */
  public long count(long segmentation, long truth) {
    return counts[slot(segmentation, truth)];
  }

  /** Number of different pairs. */
  public int size() {
    return size;
  }

  /** Number of voxels counted. */
  public long total() {
    return total;
  }

  /** Visits all pairs, in no particular order; the table must not be changed meanwhile. */
  public void forEach(PairConsumer consumer) {
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] != 0) {
        consumer.accept(segmentations[slot], truths[slot], counts[slot]);
      }
    }
  }

  private int slot(long segmentation, long truth) {
    long hash = segmentation * 0x9E3779B97F4A7C15L + Long.rotateLeft(truth, 32);
    hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    hash ^= hash >>> 32;
    int mask = counts.length - 1;
    int slot = (int) hash & mask;
    while (counts[slot] != 0 && (segmentations[slot] != segmentation || truths[slot] != truth)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldSegmentations = segmentations;
    long[] oldTruths = truths;
    long[] oldCounts = counts;
    int capacity = Math.multiplyExact(oldCounts.length, 2);
    segmentations = new long[capacity];
    truths = new long[capacity];
    counts = new long[capacity];
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldSegmentations[i], oldTruths[i]);
        segmentations[slot] = oldSegmentations[i];
        truths[slot] = oldTruths[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
