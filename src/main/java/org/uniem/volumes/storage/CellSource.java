package org.uniem.volumes.storage;

import java.io.IOException;
import org.uniem.volumes.PixelType;

/** Where the parts of a volume come from. Thread-safe. */
public interface CellSource {

  /** Voxels of the whole along x, y, z. */
  long[] size();

  /** Voxels of a part along x, y, z; those at the far edges are smaller. */
  int[] cell();

  /** Number of channels. */
  int channels();

  /** How many channels are read at once, 1 or more. */
  int channelsPerCell();

  /** Type of the pixels. */
  PixelType pixelType();

  /**
   * Reads a part.
   *
   * @param position its number along x, y, z
   * @param size its voxels along x, y, z
   * @param channel the first of the channels that are read at once
   * @return for each of them an array of {@link NumberType#newPixels}, x fastest
   * @throws org.uniem.job.BadInputException if it is damaged; says where
   */
  Object[] read(long[] position, int[] size, int channel);

  /** Closes the files. */
  void close() throws IOException;
}
