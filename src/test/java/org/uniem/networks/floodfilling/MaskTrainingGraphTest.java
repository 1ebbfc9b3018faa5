package org.uniem.networks.floodfilling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;

class MaskTrainingGraphTest {

  private static final List<Integer> FIELD = List.of(7, 5, 3);
  private static final int BOX = 7 * 5 * 3;

  private final TensorFlowRuntime runtime = new TensorFlowRuntime("cpu", 2);

  private MaskTrainingGraph graph(int depth, int features, UpdateRule rule) {
    return new MaskTrainingGraph(runtime, new ResidualNetwork(depth, features), FIELD, rule, 11);
  }

  private static MaskTrainingGraph.Batch batch(int n, long seed) {
    Random random = new Random(seed);
    float[] targets = new float[n * BOX];
    float[] weights = new float[n * BOX];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = random.nextBoolean() ? 0.95f : 0.05f;
      weights[i] = random.nextFloat();
    }
    return new MaskTrainingGraph.Batch(
        n,
        TinyNetworks.values(n * BOX, 1, random),
        TinyNetworks.values(n * BOX, 1, random),
        targets,
        weights);
  }

  /** All weights of a state replaced by random ones, biases too, so that every ReLU matters. */
  private static Weights randomised(Weights state, Weights random) {
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>(state.asMap());
    tensors.putAll(random.asMap());
    return new Weights(tensors);
  }

  @Test
  void lossIsTheMeanCrossEntropy() {
    try (MaskTrainingGraph graph = graph(2, 3, UpdateRule.SGD);
        FloodFillingNetwork network =
            new FloodFillingNetwork(
                TinyNetworks.description(2, 3), TinyNetworks.random(2, 3, 4), runtime)) {
      graph.restore(randomised(graph.state(), TinyNetworks.random(2, 3, 4)));
      MaskTrainingGraph.Batch batch = batch(2, 1);
      float[] logits = network.predict(batch.images(), batch.masks(), 2);
      double sum = 0;
      for (int i = 0; i < logits.length; i++) {
        double p = 1 / (1 + Math.exp(-logits[i]));
        double t = batch.targets()[i];
        sum -= batch.weights()[i] * (t * Math.log(p) + (1 - t) * Math.log(1 - p));
      }
      assertEquals(sum / logits.length, graph.loss(batch), 1e-5);
      assertArrayEquals(logits, graph.step(batch, 1, 0.001).masks(), 1e-5f);
    }
  }

  /** Every layer: the weights of each are moved along the gradient and against it. */
  @Test
  void gradientsOfEveryLayerAreThoseOfFiniteDifferences() {
    Weights weights = TinyNetworks.random(3, 3, 21);
    MaskTrainingGraph.Batch batch = batch(2, 2);
    try (MaskTrainingGraph graph = graph(3, 3, UpdateRule.SGD)) {
      Weights start = randomised(graph.state(), weights);
      graph.restore(start);
      Map<String, float[]> gradients = graph.gradients(batch);
      assertEquals(weights.names(), gradients.keySet());
      for (String name : weights.names()) {
        float[] gradient = gradients.get(name);
        double squares = 0;
        for (float g : gradient) {
          squares += (double) g * g;
        }
        double length = Math.sqrt(squares);
        assertTrue(length > 1e-4, name + " has no gradient");
        double change = 0.004;
        double slope =
            (moved(graph, start, name, gradient, change / length).loss(batch)
                    - moved(graph, start, name, gradient, -change / length).loss(batch))
                / (2 * change);
        assertEquals(length, slope, 0.02 * length + 1e-4, name);
      }
    }
  }

  /** Each single number of a kernel, where a sum over all could hide a swap of axes. */
  @Test
  void singleNumbersOfKernelsHaveTheRightGradient() {
    Weights weights = TinyNetworks.random(2, 2, 22);
    MaskTrainingGraph.Batch batch = batch(1, 3);
    try (MaskTrainingGraph graph = graph(2, 2, UpdateRule.SGD)) {
      Weights start = randomised(graph.state(), weights);
      graph.restore(start);
      Map<String, float[]> gradients = graph.gradients(batch);
      Random random = new Random(9);
      for (String name : List.of("conv0_a/kernel", "conv1_a/kernel", "conv1_b/kernel")) {
        for (int k = 0; k < 8; k++) {
          float[] gradient = gradients.get(name);
          float[] one = new float[gradient.length];
          int i = random.nextInt(one.length);
          one[i] = 1;
          double change = 0.01;
          double slope =
              (moved(graph, start, name, one, change).loss(batch)
                      - moved(graph, start, name, one, -change).loss(batch))
                  / (2 * change);
          assertEquals(gradient[i], slope, 3e-3, name + " " + i);
        }
      }
    }
  }

  /** Sets one tensor to start + factor · direction. */
  private static MaskTrainingGraph moved(
      MaskTrainingGraph graph, Weights start, String name, float[] direction, double factor) {
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>(start.asMap());
    float[] values = start.get(name).values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (factor * direction[i]);
    }
    tensors.put(name, new Weights.Tensor(start.get(name).shape(), values));
    graph.restore(new Weights(tensors));
    return graph;
  }

  private static float[] flat(Weights weights) {
    List<Float> all = new ArrayList<>();
    weights
        .asMap()
        .values()
        .forEach(
            t -> {
              for (float v : t.values()) {
                all.add(v);
              }
            });
    float[] flat = new float[all.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = all.get(i);
    }
    return flat;
  }

  @Test
  void plainDescentSubtractsTheClippedGradient() {
    try (MaskTrainingGraph graph = graph(1, 2, UpdateRule.SGD)) {
      Weights start = randomised(graph.state(), TinyNetworks.random(1, 2, 3));
      graph.restore(start);
      MaskTrainingGraph.Batch batch = batch(1, 5);
      // Large weights make some numbers of the gradient exceed the limit.
      Arrays.fill(batch.weights(), 60);
      Map<String, float[]> gradients = graph.gradients(batch);
      graph.step(batch, 1, 0.1);
      Weights after = graph.state();
      boolean clipped = false;
      for (String name : gradients.keySet()) {
        float[] g = gradients.get(name);
        for (int i = 0; i < g.length; i++) {
          float cut = Math.max(-0.7f, Math.min(0.7f, g[i]));
          clipped |= cut != g[i];
          assertEquals(
              start.get(name).values()[i] - 0.1f * cut, after.get(name).values()[i], 1e-6, name);
        }
      }
      assertTrue(clipped, "no gradient was large enough");
    }
  }

  @Test
  void everyRuleLearnsAndRepeatsItselfToTheBit() {
    for (UpdateRule rule : UpdateRule.values()) {
      double rate = rule == UpdateRule.ADAM ? 0.01 : 0.1;
      MaskTrainingGraph.Batch batch = batch(3, 7);
      float[] half;
      float[] first;
      Weights middle;
      try (MaskTrainingGraph graph = graph(3, 8, rule)) {
        float before = graph.loss(batch);
        for (int step = 1; step <= 10; step++) {
          graph.step(batch, step, rate);
        }
        middle = graph.state();
        for (int step = 11; step <= 20; step++) {
          graph.step(batch, step, rate);
        }
        first = flat(graph.state());
        assertTrue(graph.loss(batch) < before, rule + " did not learn");
      }
      try (MaskTrainingGraph graph = graph(3, 8, rule)) {
        for (int step = 1; step <= 20; step++) {
          graph.step(batch, step, rate);
        }
        assertArrayEquals(first, flat(graph.state()), rule.toString());
        graph.restore(middle);
        for (int step = 11; step <= 20; step++) {
          graph.step(batch, step, rate);
        }
        half = flat(graph.state());
        assertArrayEquals(first, half, rule + " resumed");
        Weights state = graph.state();
        assertEquals(new ResidualNetwork(3, 8).shapes().keySet(), graph.averaged(state).names());
      }
    }
  }

  @Test
  void unknownRuleIsNamedWithTheNearest() {
    assertEquals(UpdateRule.ADAM, UpdateRule.of("adam"));
    String message =
        assertThrows(BadParameterException.class, () -> UpdateRule.of("adm")).getMessage();
    assertTrue(message.contains("Did you mean 'adam'?"), message);
  }
}
