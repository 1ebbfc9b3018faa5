package org.uniem.networks.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.uniem.networks.Weights;

/**
 * The part of a training graph that changes the variables: Adam with decoupled weight decay, a
 * moving average of the weights, running statistics.
 *
 * <p>Kingma and Ba 2015, arXiv 1412.6980; decay after Loshchilov and Hutter 2019, arXiv 1711.05101,
 * on convolution kernels only. Every change waits for all gradients, because variables are shared
 * by forward and backward operations and the order would otherwise be left to chance.
 */
final class AdamUpdate {

  /** What differs from step to step besides the data. */
  record Settings(
      long step,
      float learningRate,
      float beta1,
      float beta2,
      float weightDecay,
      float averageDecay,
      float statisticDecay) {

    /** The fed numbers by name of their placeholder. */
    Map<String, Float> scalars() {
      Map<String, Float> scalars = new LinkedHashMap<>();
      scalars.put("learningRate", learningRate);
      scalars.put("beta1", beta1);
      scalars.put("beta2", beta2);
      scalars.put("beta1Power", (float) Math.pow(beta1, step));
      scalars.put("beta2Power", (float) Math.pow(beta2, step));
      scalars.put("weightDecay", weightDecay);
      scalars.put("averageChange", 1 - averageDecay);
      scalars.put("statisticChange", 1 - statisticDecay);
      return scalars;
    }
  }

  /** Prefix of the averaged weights among the variables. */
  static final String AVERAGE = "average/";

  private static final String FIRST_MOMENT = "adam/first/";
  private static final String SECOND_MOMENT = "adam/second/";

  /** Added to the denominator in Adam. */
  private static final float EPSILON = 1e-8f;

  private final Ops tf;
  private final Map<String, Placeholder<TFloat32>> scalars = new LinkedHashMap<>();
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
  private final Map<String, Weights.Tensor> initial = new LinkedHashMap<>();
  private final Operation all;

  /**
   * Adds the operations to the graph.
   *
   * @param graph holds forward operations
   * @param tf builds operations in it
   * @param loss what is minimised
   * @param parameters the network's variables
   */
  AdamUpdate(Graph graph, Ops tf, Operand<TFloat32> loss, VariableParameters parameters) {
    this.tf = tf;
    new Settings(1, 0, 0, 0, 0, 0, 0)
        .scalars()
        .keySet()
        .forEach(
            name ->
                scalars.put(
                    name,
                    tf.withName(name)
                        .placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()))));
    Map<String, Variable<TFloat32>> trained = parameters.trained();
    Output<?>[] weights =
        trained.values().stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), weights);
    List<Operation> complete = new ArrayList<>();
    for (Output<?> gradient : gradients) {
      complete.add(gradient.op());
    }
    parameters.followed().values().forEach(value -> complete.add(value.asOutput().op()));
    complete.add(loss.asOutput().op());
    Ops after = tf.withControlDependencyOps(complete);
    List<Operation> updates = new ArrayList<>();
    int i = 0;
    for (String name : trained.keySet()) {
      updates.add(
          updateWeight(
              after,
              name,
              trained.get(name),
              parameters.initial().get(name),
              gradients[i++].expect(TFloat32.class)));
    }
    parameters
        .followed()
        .forEach(
            (name, value) ->
                updates.add(
                    approach(after, parameters.statistics().get(name), value, "statisticChange")
                        .op()));
    this.all = tf.withControlDependencyOps(updates).withName("update").noOp().op();
  }

  private Operation updateWeight(
      Ops after,
      String name,
      Variable<TFloat32> weight,
      Weights.Tensor first,
      Operand<TFloat32> gradient) {
    float[] zeros = new float[first.values().length];
    Variable<TFloat32> m = slot(FIRST_MOMENT + name, new Weights.Tensor(first.shape(), zeros));
    Variable<TFloat32> v = slot(SECOND_MOMENT + name, new Weights.Tensor(first.shape(), zeros));
    Variable<TFloat32> average = slot(AVERAGE + name, first);
    Op changed =
        after.train.applyAdam(
            weight,
            m,
            v,
            scalars.get("beta1Power"),
            scalars.get("beta2Power"),
            scalars.get("learningRate"),
            scalars.get("beta1"),
            scalars.get("beta2"),
            tf.constant(EPSILON),
            gradient);
    if (first.shape().length == 4) {
      Ops afterAdam = tf.withControlDependencies(changed);
      Operand<TFloat32> rate = tf.math.mul(scalars.get("learningRate"), scalars.get("weightDecay"));
      changed = afterAdam.assignSub(weight, afterAdam.math.mul(weight, rate));
    }
    return approach(tf.withControlDependencies(changed), average, weight, "averageChange").op();
  }

  /** variable += change · (value − variable). */
  private Op approach(
      Ops after, Variable<TFloat32> variable, Operand<TFloat32> value, String change) {
    Operand<TFloat32> difference = after.math.sub(variable, value);
    return after.assignSub(variable, after.math.mul(difference, scalars.get(change)));
  }

  private Variable<TFloat32> slot(String name, Weights.Tensor first) {
    Variable<TFloat32> variable = VariableParameters.variable(tf, name, first.shape());
    variables.put(name, variable);
    initial.put(name, first);
    return variable;
  }

  /** The operation that makes all changes of one step. */
  Operation all() {
    return all;
  }

  /** Placeholders of the settings by name. */
  Map<String, Placeholder<TFloat32>> scalars() {
    return scalars;
  }

  /** Moments and averages by name. */
  Map<String, Variable<TFloat32>> variables() {
    return variables;
  }

  /** Their first values by name. */
  Map<String, Weights.Tensor> initial() {
    return initial;
  }
}
