package org.uniem.networks.training.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Initializer;
import org.uniem.networks.architecture.Parameters;

/**
 * Weights as variables of a training graph, with the values a seed gives them at first.
 *
 * <p>Each weight has a random stream of its own, so that its first values depend on the seed and
 * its name alone.
 */
public final class VariableParameters implements Parameters {

  private final Ops tf;
  private final long seed;
  private final Operand<TInt32> stepSeed;
  private final Map<String, Variable<TFloat32>> trained = new LinkedHashMap<>();
  private final Map<String, Variable<TFloat32>> statistics = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> followed = new LinkedHashMap<>();
  private final Map<String, Weights.Tensor> initial = new LinkedHashMap<>();

  /**
   * @param tf builds the variables
   * @param seed fixes the first values
   * @param stepSeed what {@link #stepSeed()} gives to random layers; null where there are none
   */
  public VariableParameters(Ops tf, long seed, Operand<TInt32> stepSeed) {
    this.tf = tf;
    this.seed = seed;
    this.stepSeed = stepSeed;
  }

  @Override
  public boolean training() {
    return true;
  }

  @Override
  public Operand<TFloat32> weight(String name, int[] shape, Initializer initializer) {
    Variable<TFloat32> variable = create(name, shape, initializer);
    trained.put(name, variable);
    return variable;
  }

  @Override
  public Operand<TFloat32> statistic(String name, int[] shape, Initializer initializer) {
    Variable<TFloat32> variable = create(name, shape, initializer);
    statistics.put(name, variable);
    return variable;
  }

  @Override
  public void follow(String name, Operand<TFloat32> batchValue) {
    followed.put(name, batchValue);
  }

  @Override
  public Operand<TInt32> stepSeed() {
    return stepSeed;
  }

  /** Variables changed by gradients, by name. */
  public Map<String, Variable<TFloat32>> trained() {
    return trained;
  }

  /** Running statistics by name. */
  public Map<String, Variable<TFloat32>> statistics() {
    return statistics;
  }

  /** What each statistic follows. */
  public Map<String, Operand<TFloat32>> followed() {
    return followed;
  }

  /** First values of all variables by name. */
  public Map<String, Weights.Tensor> initial() {
    return initial;
  }

  private Variable<TFloat32> create(String name, int[] shape, Initializer initializer) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    initial.put(name, new Weights.Tensor(shape, initializer.values(shape, random)));
    return variable(tf, name, shape);
  }

  /** A variable whose name may hold slashes. */
  public static Variable<TFloat32> variable(Ops tf, String name, int[] shape) {
    Ops scope = tf;
    String[] parts = name.split("/");
    for (int i = 0; i < parts.length - 1; i++) {
      scope = scope.withSubScope(parts[i]);
    }
    long[] dimensions = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      dimensions[i] = shape[i];
    }
    return scope.withName(parts[parts.length - 1]).variable(Shape.of(dimensions), TFloat32.class);
  }
}
