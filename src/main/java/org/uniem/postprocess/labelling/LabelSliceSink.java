package org.uniem.postprocess.labelling;

/** Receives finished label slices in ascending order, from one thread. */
@FunctionalInterface
public interface LabelSliceSink {

  /**
   * Takes one slice.
   *
   * @param z slice, from 0
   * @param labels width × height ids, x fastest, 0 = background; overwritten after the call
   */
  void accept(long z, long[] labels);
}
