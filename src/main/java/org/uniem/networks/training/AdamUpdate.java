package org.uniem.networks.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.uniem.networks.Weights;
import org.uniem.networks.training.graph.LearningGraph;
import org.uniem.networks.training.graph.VariableParameters;
import org.uniem.networks.training.graph.VariableUpdate;

/**
 * The part of a training graph that changes the variables: Adam with decoupled weight decay, a
 * moving average of the weights, running statistics.
 *
 * <p>Kingma and Ba 2015, arXiv 1412.6980; decay after Loshchilov and Hutter 2019, arXiv 1711.05101,
 * on convolution kernels only. Every change waits for all gradients, because variables are shared
 * by forward and backward operations and the order would otherwise be left to chance.
 */
final class AdamUpdate extends VariableUpdate {

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

  /**
   * Adds the operations to the graph.
   *
   * @param graph holds forward operations
   * @param loss what is minimised
   * @param parameters the network's variables
   */
  AdamUpdate(LearningGraph graph, Operand<TFloat32> loss, VariableParameters parameters) {
    super(graph.ops(), new Settings(1, 0, 0, 0, 0, 0, 0).scalars().keySet());
    Map<String, Variable<TFloat32>> trained = parameters.trained();
    Output<?>[] weights =
        trained.values().stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    Output<?>[] gradients = graph.graph().addGradients(loss.asOutput(), weights);
    List<Operation> complete = new ArrayList<>();
    for (Output<?> gradient : gradients) {
      complete.add(gradient.op());
    }
    parameters.followed().values().forEach(value -> complete.add(value.asOutput().op()));
    complete.add(loss.asOutput().op());
    Ops after = tf.withControlDependencyOps(complete);
    List<Op> updates = new ArrayList<>();
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
                    approach(after, parameters.statistics().get(name), value, "statisticChange")));
    complete(updates);
  }

  private Op updateWeight(
      Ops after,
      String name,
      Variable<TFloat32> weight,
      Weights.Tensor first,
      Operand<TFloat32> gradient) {
    Op changed = adam(after, name, weight, first, number("beta1"), number("beta2"), gradient);
    if (first.shape().length == 4) {
      Ops afterAdam = tf.withControlDependencies(changed);
      Operand<TFloat32> rate = tf.math.mul(number("learningRate"), number("weightDecay"));
      changed = afterAdam.assignSub(weight, afterAdam.math.mul(weight, rate));
    }
    return average(name, weight, first, changed);
  }
}
