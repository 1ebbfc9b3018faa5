package org.uniem.volumes.chunked;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.uniem.job.BadInputException;

/** An array of which chunks are read one by one; axes are in the order of the file. Thread-safe. */
public interface ChunkedArray {

  /** Elements per axis. */
  long[] shape();

  /** Elements of a chunk per axis; those at the ends of the array may reach beyond it. */
  int[] chunk();

  /** The type of an element. */
  ElementType type();

  /** From one element of {@link #read} to the next along each axis, in elements. */
  int[] strides();

  /**
   * Reads and decodes a chunk.
   *
   * @param index number of the chunk along each axis
   * @return its elements in the byte order of the buffer, whole also at the edges of the array;
   *     empty where all have the fill value
   * @throws BadInputException if it is damaged; names its file
   */
  Optional<ByteBuffer> read(long... index);

  /** The element that stands for those not stored, in the byte order of the buffer. */
  ByteBuffer fill();

  /**
   * What to throw where a chunk has a value that cannot be a pixel.
   *
   * @param index number of the chunk along each axis
   * @param cause says which value
   */
  BadInputException badValue(long[] index, IOException cause);
}
