package org.uniem.volumes.omezarr;

import java.util.List;
import org.uniem.volumes.PixelType;

/**
 * What differs between slices of intensities and of labels.
 *
 * @param <A> the array of a slice, x fastest
 */
interface SliceKind<A> {

  /** A copy of a slice. */
  A copy(A slice);

  /**
   * Little-endian bytes of a slice.
   *
   * @param where the slice and file, for the message
   * @throws org.uniem.job.OutputException if a value does not fit the type
   */
  byte[] encode(A slice, PixelType type, String where);

  /**
   * Makes one slice of the next resolution; at the edges of those voxels that are there.
   *
   * @param slices one or more successive slices, all that make the one
   * @param width of a slice
   * @param height of a slice
   * @param next what is made
   */
  A reduce(List<A> slices, int width, int height, Resolution next);
}
