package org.uniem.volumes.folders;

import java.io.Closeable;
import java.io.IOException;

/** A file of which parts are read. Not thread-safe. */
public interface StoredFile extends Closeable {

  /** Its bytes. */
  long size() throws IOException;

  /**
   * Reads a part.
   *
   * @param start first byte
   * @param count how many
   * @throws IOException if they are not all in the file
   */
  byte[] read(long start, long count) throws IOException;
}
