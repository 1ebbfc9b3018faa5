package org.uniem.volumes.omezarr.arrays;

import java.nio.ByteOrder;

/**
 * How several chunks share a file (codec {@code sharding_indexed}).
 *
 * @param chunks how many per axis
 * @param atStart whether the index is before the chunks, not after them
 * @param order byte order of the index
 * @param checksum whether a CRC-32C follows the index
 */
record Sharding(int[] chunks, boolean atStart, ByteOrder order, boolean checksum) {

  int count() {
    int count = 1;
    for (int n : chunks) {
      count = Math.multiplyExact(count, n);
    }
    return count;
  }
}
