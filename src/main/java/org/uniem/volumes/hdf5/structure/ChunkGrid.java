package org.uniem.volumes.hdf5.structure;

/**
 * How a dataset is divided into chunks.
 *
 * @param space its size
 * @param chunk elements of a chunk along each axis
 * @param chunkBytes bytes of a chunk without filters
 * @param filtered whether chunks go through filters
 */
record ChunkGrid(Dataspace space, int[] chunk, int chunkBytes, boolean filtered) {

  int rank() {
    return chunk.length;
  }

  /** Chunks along an axis, of a dataset of its largest size. */
  long mostChunks(int axis) {
    long most = space.most()[axis];
    return Math.max(1, (most + chunk[axis] - 1) / chunk[axis]);
  }

  /**
   * The number of a chunk in the list of all, of a dataset of its largest size: the last axis
   * fastest, the axis that has no limit slowest.
   */
  long linear(long[] index) {
    long number = 0;
    for (int d = 0; d < index.length; d++) {
      if (space.most()[d] == Dataspace.UNLIMITED) {
        number = index[d];
      }
    }
    for (int d = 0; d < index.length; d++) {
      if (space.most()[d] != Dataspace.UNLIMITED) {
        number = Math.addExact(Math.multiplyExact(number, mostChunks(d)), index[d]);
      }
    }
    return number;
  }
}
