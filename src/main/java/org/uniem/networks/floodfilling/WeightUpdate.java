package org.uniem.networks.floodfilling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.uniem.networks.Weights;
import org.uniem.networks.training.graph.VariableParameters;
import org.uniem.networks.training.graph.VariableUpdate;

/**
 * The part of a training graph that changes the weights by clipped gradients, and keeps a moving
 * average of them.
 *
 * <p>Every change waits for all gradients, because weights are shared by forward and backward
 * operations and the order would otherwise be left to chance.
 */
final class WeightUpdate extends VariableUpdate {

  /** Each number of a gradient is cut to this range, as in the authors' program. */
  private static final float LARGEST_GRADIENT = 0.7f;

  private static final float MOMENTUM = 0.9f;
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float AVERAGE_DECAY = 0.999f;

  private final UpdateRule rule;

  /**
   * Adds the operations to the graph.
   *
   * @param tf builds operations in it
   * @param rule how weights follow gradients
   * @param parameters the weights
   * @param gradients of the weights, in their order
   * @param others what else must be computed from the old weights
   */
  WeightUpdate(
      Ops tf,
      UpdateRule rule,
      VariableParameters parameters,
      List<Operand<TFloat32>> gradients,
      List<Operand<TFloat32>> others) {
    super(tf, numbers(1, 0).keySet());
    this.rule = rule;
    List<Op> complete = new ArrayList<>(others);
    List<Operand<TFloat32>> clipped = new ArrayList<>();
    for (Operand<TFloat32> gradient : gradients) {
      clipped.add(
          tf.clipByValue(gradient, tf.constant(-LARGEST_GRADIENT), tf.constant(LARGEST_GRADIENT)));
    }
    complete.addAll(clipped);
    Ops after = tf.withControlDependencies(complete);
    List<Op> updates = new ArrayList<>();
    int i = 0;
    for (String name : parameters.trained().keySet()) {
      Variable<TFloat32> weight = parameters.trained().get(name);
      Weights.Tensor first = parameters.initial().get(name);
      updates.add(average(name, weight, first, step(after, name, weight, first, clipped.get(i++))));
    }
    complete(updates);
  }

  /**
   * What differs from step to step besides the data, by name of its placeholder.
   *
   * @param step from 1
   * @param rate learning rate
   */
  static Map<String, Float> numbers(long step, double rate) {
    Map<String, Float> numbers = new LinkedHashMap<>();
    numbers.put("learningRate", (float) rate);
    numbers.put("beta1Power", (float) Math.pow(BETA_1, step));
    numbers.put("beta2Power", (float) Math.pow(BETA_2, step));
    // At first the average forgets quickly, or the random weights would stay in it for long.
    double decay = Math.min(AVERAGE_DECAY, (1.0 + step) / (10.0 + step));
    numbers.put("averageChange", (float) (1 - decay));
    return numbers;
  }

  private Op step(
      Ops after,
      String name,
      Variable<TFloat32> weight,
      Weights.Tensor first,
      Operand<TFloat32> gradient) {
    Operand<TFloat32> rate = number("learningRate");
    return switch (rule) {
      case SGD -> after.train.applyGradientDescent(weight, rate, gradient);
      case MOMENTUM ->
          after.train.applyMomentum(
              weight, zeros("momentum/" + name, first), rate, gradient, tf.constant(MOMENTUM));
      case ADAM ->
          adam(after, name, weight, first, tf.constant(BETA_1), tf.constant(BETA_2), gradient);
    };
  }
}
