package org.uniem.filters;

import java.util.Optional;
import org.uniem.job.Job;

/**
 * Makes one slice of a stack from the slice and some of its neighbours.
 *
 * <p>Slices are width × height values, x fastest. What lies beyond the border of the stack, in any
 * direction, is mirrored with the outermost voxel repeated. Implementations are immutable and
 * thread-safe; a slice has the same values whichever other slices are filtered with it.
 */
public interface Filter {

  /** How many slices it needs above, and as many below; 0 filters each slice alone. */
  default int reach() {
    return 0;
  }

  /**
   * What has to be learnt from the whole stack first; empty for most filters, which must not be
   * applied otherwise.
   */
  default Optional<Learning> learning() {
    return Optional.empty();
  }

  /**
   * Filters one slice.
   *
   * @param source the slice and its neighbours, which must not be changed
   * @param target receives width × height values
   * @param job cancel
   */
  void apply(SliceWindow source, float[] target, Job job);

  /** Looks at a whole stack, slice by slice, and becomes a filter. Used by one thread. */
  interface Learning {

    /**
     * Looks at one slice.
     *
     * @param slice values, which must not be changed or kept
     */
    void see(float[] slice);

    /** The filter, which may have to learn once more. */
    Filter learned();
  }
}
