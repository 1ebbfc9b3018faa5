package org.uniem.networks.inference;

/**
 * Receives the predicted slices in ascending order, from one thread that is not the caller's.
 *
 * <p>A sink that throws ends the prediction with that exception. Whether the output is complete is
 * known when {@link NetworkInference#predict} returns; only then may it be committed.
 */
@FunctionalInterface
public interface Sink {

  /**
   * Takes one slice.
   *
   * @param z the slice, 0 … depth−1, each once and in order
   * @param maps [map][y · width + x], probabilities 0 … 1; the arrays are used again after this
   *     call returns, so copy what is kept
   */
  void accept(long z, float[][] maps);
}
