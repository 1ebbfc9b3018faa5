package org.uniem.networks.training.graph;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.uniem.networks.Weights;

/**
 * The part of a graph that changes the variables: what all update rules have in common, such as
 * slots beside the weights and their moving average.
 *
 * <p>Every change must wait for all gradients, because variables are shared by forward and backward
 * operations and the order would otherwise be left to chance.
 */
public abstract class VariableUpdate {

  /** Prefix of the averaged weights among the variables. */
  public static final String AVERAGE = "average/";

  private static final String FIRST_MOMENT = "adam/first/";
  private static final String SECOND_MOMENT = "adam/second/";

  /** Added to the denominator in Adam. */
  private static final float EPSILON = 1e-8f;

  /** Builds operations. */
  protected final Ops tf;

  private final Map<String, Placeholder<TFloat32>> scalars = new LinkedHashMap<>();
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
  private final Map<String, Weights.Tensor> initial = new LinkedHashMap<>();
  private Operation all;

  /**
   * @param tf builds operations
   * @param numbers names of the numbers that differ from step to step, fed to each
   */
  protected VariableUpdate(Ops tf, Collection<String> numbers) {
    this.tf = tf;
    for (String name : numbers) {
      scalars.put(
          name, tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar())));
    }
  }

  /** Names the operations that make up a step; call it once, at the end of building. */
  protected final void complete(Iterable<Op> updates) {
    all = tf.withControlDependencies(updates).withName("update").noOp().op();
  }

  /** The placeholder of a number that differs from step to step. */
  protected final Placeholder<TFloat32> number(String name) {
    return scalars.get(name);
  }

  /** A variable beside the weights. */
  protected final Variable<TFloat32> slot(String name, Weights.Tensor first) {
    Variable<TFloat32> variable = VariableParameters.variable(tf, name, first.shape());
    variables.put(name, variable);
    initial.put(name, first);
    return variable;
  }

  /** A variable of the shape of another, 0 at first. */
  protected final Variable<TFloat32> zeros(String name, Weights.Tensor like) {
    return slot(name, new Weights.Tensor(like.shape(), new float[like.values().length]));
  }

  /**
   * One step of Adam (Kingma and Ba 2015, arXiv 1412.6980). Fed are {@code learningRate}, {@code
   * beta1Power} and {@code beta2Power}.
   */
  protected final Op adam(
      Ops after,
      String name,
      Variable<TFloat32> weight,
      Weights.Tensor first,
      Operand<TFloat32> beta1,
      Operand<TFloat32> beta2,
      Operand<TFloat32> gradient) {
    return after.train.applyAdam(
        weight,
        zeros(FIRST_MOMENT + name, first),
        zeros(SECOND_MOMENT + name, first),
        number("beta1Power"),
        number("beta2Power"),
        number("learningRate"),
        beta1,
        beta2,
        tf.constant(EPSILON),
        gradient);
  }

  /** variable += change · (value − variable), where change is a number fed. */
  protected final Op approach(
      Ops after, Variable<TFloat32> variable, Operand<TFloat32> value, String change) {
    Operand<TFloat32> difference = after.math.sub(variable, value);
    return after.assignSub(variable, after.math.mul(difference, number(change)));
  }

  /** Lets the average of a weight approach it once it has changed; fed is averageChange. */
  protected final Op average(
      String name, Variable<TFloat32> weight, Weights.Tensor first, Op changed) {
    Variable<TFloat32> average = slot(AVERAGE + name, first);
    return approach(tf.withControlDependencies(changed), average, weight, "averageChange");
  }

  /** The operation that makes all changes of one step. */
  public final Operation all() {
    return all;
  }

  /** Feeds the numbers of a step. */
  public final void feed(LearningGraph.Run run, Map<String, Float> numbers) {
    numbers.forEach((name, value) -> run.feed(scalars.get(name), Shape.scalar(), value));
  }

  /** Slots by name. */
  public final Map<String, Variable<TFloat32>> variables() {
    return variables;
  }

  /** Their first values by name. */
  public final Map<String, Weights.Tensor> initial() {
    return initial;
  }

  /**
   * The averaged weights in a state, under the names the network gives them.
   *
   * @param state all variables
   * @param names of the weights
   */
  public static Map<String, Weights.Tensor> averaged(Weights state, Collection<String> names) {
    Map<String, Weights.Tensor> averaged = new LinkedHashMap<>();
    names.forEach(name -> averaged.put(name, state.get(AVERAGE + name)));
    return averaged;
  }
}
