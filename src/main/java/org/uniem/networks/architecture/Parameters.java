package org.uniem.networks.architecture;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Where layers get their weights from: variables while training, constants afterwards.
 *
 * <p>Not thread-safe: one graph is built by one thread.
 */
public interface Parameters {

  /** Whether statistics of the current batch are used and dropout is on. */
  boolean training();

  /**
   * A weight that training changes by gradients.
   *
   * @param name unique within the network, for example {@code "encoder2/kernel"}
   * @param shape axes of the weight
   * @param initializer initial values
   */
  Operand<TFloat32> weight(String name, int[] shape, Initializer initializer);

  /**
   * A weight that follows a statistic of the batches seen in training, such as a running mean.
   *
   * @param name unique within the network
   * @param shape axes of the weight
   * @param initializer initial values
   */
  Operand<TFloat32> statistic(String name, int[] shape, Initializer initializer);

  /**
   * Lets a statistic follow a value of the batch; called in training only.
   *
   * @param name of the statistic
   * @param batchValue its value in this batch, of the same shape
   */
  void follow(String name, Operand<TFloat32> batchValue);

  /**
   * Two integers that differ from step to step and are the same when a step is repeated: the seed
   * of stateless random layers. Called in training only.
   */
  Operand<TInt32> stepSeed();
}
