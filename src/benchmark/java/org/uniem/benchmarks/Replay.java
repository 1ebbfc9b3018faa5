package org.uniem.benchmarks;

import java.util.List;

/**
 * The layers of a {@link TracedNetwork} in the words of another engine.
 *
 * @param <T> a map between layers: a tensor, or the name of one
 */
public interface Replay<T> {

  /** Convolution with the bias or normalisation that belongs to it. */
  T convolution(Convolution layer, T x);

  /** max(x, 0). */
  T relu(T x);

  /** a + b. */
  T add(T a, T b);

  /** Channels one after the other. */
  T concat(List<T> maps);

  /** Largest of each 2 × 2 pixels. */
  T maxPool(T x);

  /** Every pixel becomes 2 × 2 equal ones. */
  T upsample(T x);

  /** Four channels become 2 × 2 pixels; the channel within the pixel runs fastest. */
  T depthToSpace(T x);
}
