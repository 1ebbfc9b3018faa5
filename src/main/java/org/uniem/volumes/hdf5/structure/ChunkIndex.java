package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.Optional;

/** Finds chunks in a file without reading the list of all of them. Thread-safe. */
interface ChunkIndex {

  /**
   * Finds a chunk.
   *
   * @param index its number along each axis
   * @return empty where it was never written
   */
  Optional<StoredChunk> find(long[] index) throws IOException;
}
