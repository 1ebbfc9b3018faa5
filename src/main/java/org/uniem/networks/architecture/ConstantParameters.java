package org.uniem.networks.architecture;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.uniem.job.BadInputException;
import org.uniem.networks.Weights;

/** Trained weights as constants: what a network is run with. */
public final class ConstantParameters implements Parameters {

  private final Ops tf;
  private final Weights weights;

  /**
   * @param tf builds the constants
   * @param weights trained weights by name
   */
  public ConstantParameters(Ops tf, Weights weights) {
    this.tf = tf;
    this.weights = weights;
  }

  @Override
  public boolean training() {
    return false;
  }

  @Override
  public Operand<TFloat32> weight(String name, int[] shape, Initializer initializer) {
    Weights.Tensor tensor = weights.get(name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new BadInputException(
          "Weight "
              + name
              + " has shape "
              + Arrays.toString(tensor.shape())
              + ", the architecture needs "
              + Arrays.toString(shape)
              + ": model.json and the weights do not belong together. Copy the model again.");
    }
    long[] dimensions = Arrays.stream(shape).asLongStream().toArray();
    return tf.constant(Shape.of(dimensions), DataBuffers.of(tensor.values()));
  }

  @Override
  public Operand<TFloat32> statistic(String name, int[] shape, Initializer initializer) {
    return weight(name, shape, initializer);
  }

  @Override
  public void follow(String name, Operand<TFloat32> batchValue) {
    throw new IllegalStateException("Constants follow nothing.");
  }

  @Override
  public Operand<TInt32> stepSeed() {
    throw new IllegalStateException("There are no steps outside training.");
  }
}
