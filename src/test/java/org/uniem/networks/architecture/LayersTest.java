package org.uniem.networks.architecture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class LayersTest {

  private static final long SEED = 20261122;

  @Test
  void gradientsOfConvolutionsAreThoseOfFiniteDifferences() {
    checkGradients((l, x) -> l.conv("a", x, 3, 3, 1));
    checkGradients((l, x) -> l.conv("a", x, 3, 3, 2));
    checkGradients((l, x) -> l.conv("a", x, 3, 5, 2));
    checkGradients((l, x) -> l.convBias("a", x, 2, 7, 1));
    checkGradients((l, x) -> l.deconv("a", x, 3));
  }

  @Test
  void gradientsOfBatchNormalisationAreThoseOfFiniteDifferences() {
    checkGradients((l, x) -> l.convNorm("a", x, 3, 3, 1));
    checkGradients((l, x) -> l.deconvNorm("a", x, 2));
  }

  @Test
  void gradientsThroughTheOtherLayersAreThoseOfFiniteDifferences() {
    checkGradients((l, x) -> l.maxPool(l.conv("a", x, 2, 3, 1)));
    checkGradients((l, x) -> l.upsample(l.conv("a", x, 2, 3, 1)));
    checkGradients((l, x) -> l.depthToSpace(l.conv("a", x, 4, 3, 1)));
    checkGradients((l, x) -> l.spaceToDepth(l.conv("a", x, 2, 3, 1)));
    checkGradients((l, x) -> l.leakyRelu(l.conv("a", x, 2, 3, 1), 0.2f));
    checkGradients(
        (l, x) -> {
          FeatureMap a = l.conv("a", x, 2, 3, 1);
          FeatureMap b = l.sigmoid(l.conv("b", x, 2, 3, 1));
          return l.concat(l.mix(x, a, b), l.add(a, l.affine(b, 2, -1)));
        });
  }

  @Test
  void zeroPaddingKeepsHalvesAndDoublesTheSize() {
    try (Graph graph = new Graph()) {
      Layers layers = new Layers(Ops.create(graph), new Fed(Ops.create(graph), false));
      FeatureMap x =
          new FeatureMap(
              Ops.create(graph)
                  .zeros(Ops.create(graph).constant(new int[] {1, 8, 12, 2}), TFloat32.class),
              2);
      assertEquals(Shape.of(1, 8, 12, 5), layers.conv("a", x, 5, 3, 1).operand().shape());
      assertEquals(Shape.of(1, 4, 6, 5), layers.conv("b", x, 5, 5, 2).operand().shape());
      assertEquals(5, layers.deconv("c", x, 5).channels());
    }
  }

  @Test
  void normalisationFoldedIntoTheKernelEqualsTheFormula() {
    // One pixel, 1 x 1 kernel of 2, running mean 3, variance 4, scale 5, offset 6, input 7.
    Map<String, Float> values =
        Map.of("a/kernel", 2f, "a/scale", 5f, "a/offset", 6f, "a/mean", 3f, "a/variance", 4f);
    double expected = 5 * (2 * 7 - 3) / Math.sqrt(4 + 1e-5) + 6;
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Fed fed = new Fed(tf, false);
      FeatureMap x = new FeatureMap(tf.constant(new float[][][][] {{{{7f}}}}), 1);
      FeatureMap y = new Layers(tf, fed).convNorm("a", x, 1, 1, 1);
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner().fetch(y.operand());
        fed.placeholders.forEach(
            (name, p) ->
                runner.feed(
                    p,
                    TFloat32.tensorOf(p.shape(), DataBuffers.of(new float[] {values.get(name)}))));
        try (Result result = runner.run()) {
          assertEquals(expected, ((TFloat32) result.get(0)).getFloat(0, 0, 0, 0), 1e-4);
        }
      }
    }
  }

  @Test
  void twoLayersOfOneNameAreRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Layers layers = new Layers(tf, new Fed(tf, true));
      FeatureMap x = new FeatureMap(tf.constant(new float[1][2][2][1]), 1);
      layers.conv("a", x, 1, 1, 1);
      assertThrows(IllegalArgumentException.class, () -> layers.conv("a", x, 1, 1, 1));
    }
  }

  @Test
  void theSameSeedGivesTheSameWeights() {
    int[] shape = {3, 3, 4, 5};
    assertArrayEquals(
        Initializer.he().values(shape, new SplittableRandom(1)),
        Initializer.he().values(shape, new SplittableRandom(1)));
  }

  /** Compares the slope of a random weighting of the outputs along every weight and input. */
  private static void checkGradients(BiFunction<Layers, FeatureMap, FeatureMap> build) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Fed fed = new Fed(tf, true);
      Shape shape = Shape.of(2, 4, 6, 2);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      Operand<TFloat32> y = build.apply(new Layers(tf, fed), new FeatureMap(x, 2)).operand();
      // Not a plain sum: that of a normalised layer is constant.
      Operand<TFloat32> value =
          tf.reduceSum(
              tf.math.mul(y, tf.math.sin(tf.math.mul(y, tf.constant(1.3f)))),
              tf.constant(new int[] {0, 1, 2, 3}));
      Map<String, Placeholder<TFloat32>> inputs = new LinkedHashMap<>(fed.placeholders);
      inputs.put("x", x);
      Output<?>[] gradients =
          graph.addGradients(
              value.asOutput(),
              inputs.values().stream().map(Operand::asOutput).toArray(Output<?>[]::new));
      Map<String, float[]> point = new LinkedHashMap<>();
      Random random = new Random(SEED);
      inputs.forEach(
          (name, p) -> {
            float[] values = new float[(int) p.shape().size()];
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) random.nextGaussian();
            }
            point.put(name, values);
          });
      try (Session session = new Session(graph)) {
        int i = 0;
        for (String name : inputs.keySet()) {
          compare(session, inputs, point, name, value, gradients[i++].expect(TFloat32.class));
        }
      }
    }
  }

  private static void compare(
      Session session,
      Map<String, Placeholder<TFloat32>> inputs,
      Map<String, float[]> point,
      String name,
      Operand<TFloat32> value,
      Operand<TFloat32> gradient) {
    float[] slopes = run(session, inputs, point, gradient);
    float[] values = point.get(name);
    float step = 1e-2f;
    Random pick = new Random(SEED);
    for (int n = 0; n < 8; n++) {
      int i = pick.nextInt(values.length);
      float before = values[i];
      values[i] = before + step;
      float above = run(session, inputs, point, value)[0];
      values[i] = before - step;
      float below = run(session, inputs, point, value)[0];
      values[i] = before;
      double expected = (above - below) / (2 * step);
      assertEquals(
          expected, slopes[i], 0.02 * (1 + Math.abs(expected)) + 0.03, name + i + " seed " + SEED);
    }
  }

  private static float[] run(
      Session session,
      Map<String, Placeholder<TFloat32>> inputs,
      Map<String, float[]> point,
      Operand<TFloat32> fetch) {
    List<Tensor> fed = new ArrayList<>();
    Session.Runner runner = session.runner().fetch(fetch);
    inputs.forEach(
        (name, p) -> {
          TFloat32 tensor = TFloat32.tensorOf(p.shape(), DataBuffers.of(point.get(name)));
          fed.add(tensor);
          runner.feed(p, tensor);
        });
    try (Result result = runner.run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      int[] i = {0};
      tensor.scalars().forEach(s -> values[i[0]++] = s.getFloat());
      return values;
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** Weights as placeholders. */
  private static final class Fed implements Parameters {

    private final Ops tf;
    private final boolean training;
    final Map<String, Placeholder<TFloat32>> placeholders = new LinkedHashMap<>();

    Fed(Ops tf, boolean training) {
      this.tf = tf;
      this.training = training;
    }

    @Override
    public boolean training() {
      return training;
    }

    @Override
    public Operand<TFloat32> weight(String name, int[] shape, Initializer initializer) {
      long[] dimensions = new long[shape.length];
      for (int d = 0; d < shape.length; d++) {
        dimensions[d] = shape[d];
      }
      Placeholder<TFloat32> p =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(dimensions)));
      placeholders.put(name, p);
      return p;
    }

    @Override
    public Operand<TFloat32> statistic(String name, int[] shape, Initializer initializer) {
      return training ? tf.constant(0f) : weight(name, shape, initializer);
    }

    @Override
    public void follow(String name, Operand<TFloat32> batchValue) {}

    @Override
    public Operand<TInt32> stepSeed() {
      return tf.constant(new int[] {1, 2});
    }
  }
}
