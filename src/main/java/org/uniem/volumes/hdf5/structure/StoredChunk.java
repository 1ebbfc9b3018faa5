package org.uniem.volumes.hdf5.structure;

/**
 * Where a chunk is in the file.
 *
 * @param address of its first byte
 * @param size bytes in the file
 * @param mask has bit i set where filter i was skipped
 */
record StoredChunk(long address, long size, long mask) {}
