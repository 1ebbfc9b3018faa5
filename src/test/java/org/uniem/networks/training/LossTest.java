package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.uniem.job.BadParameterException;

class LossTest {

  private static final int MAPS = 2;
  private static final int PIXELS = 6;
  private static final double LN3 = Math.log(3);

  /** Two pixels; the second is unlabelled. sigmoid(ln 3) = 3/4, sigmoid(-ln 3) = 1/4. */
  private static float onePixel(String loss, double logit, int target) {
    return evaluate(
        loss, 1, new float[] {(float) logit, 55}, new float[] {target, 0}, new float[] {1, 0})[0];
  }

  @Test
  void leastSquareIsTheSquaredDistanceOnMinusOneToOne() {
    // o = 2 · 3/4 - 1 = 1/2, tau = 1: (1 - 1/2)^2
    assertEquals(0.25, onePixel("least-square", LN3, 1), 1e-6);
    assertEquals(2.25, onePixel("least-square", LN3, 0), 1e-6);
  }

  @Test
  void hingeIsTheAbsoluteDistanceOnMinusOneToOne() {
    assertEquals(0.5, onePixel("hinge", LN3, 1), 1e-6);
    assertEquals(1.5, onePixel("hinge", LN3, 0), 1e-6);
  }

  @Test
  void logisticIsMinusTheLogarithmOfTheProbability() {
    assertEquals(-Math.log(0.75), onePixel("logistic", LN3, 1), 1e-6);
    assertEquals(-Math.log(0.25), onePixel("logistic", LN3, 0), 1e-6);
    assertEquals(200, onePixel("logistic", 200, 0), 1e-3);
  }

  @Test
  void multiLabelIsTheTaylorPolynomialOfTheLogarithm() {
    // L(3/4) = -1/4 - 1/32, L(1/4) = -3/4 - 9/32
    assertEquals(0.25 + 1.0 / 32, onePixel("multi-label", LN3, 1), 1e-6);
    assertEquals(0.75 + 9.0 / 32, onePixel("multi-label", LN3, 0), 1e-6);
  }

  @Test
  void diceIsOneMinusTwiceTheOverlapBySizes() {
    // 1 - 2 · 3/4 / (9/16 + 1)
    assertEquals(1 - 1.5 / (25.0 / 16), onePixel("dice", LN3, 1), 1e-6);
  }

  @Test
  void softmaxIsTheCrossEntropyOverClasses() {
    float[] value =
        evaluate("softmax", 2, new float[] {0, (float) LN3}, new float[] {0, 1}, new float[] {1});
    assertEquals(-Math.log(0.75), value[0], 1e-6);
  }

  @Test
  void joinedLossesAdd() {
    assertEquals(
        onePixel("logistic", LN3, 1) + onePixel("dice", LN3, 1),
        onePixel("logistic+dice", LN3, 1),
        1e-6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "least-square",
        "hinge",
        "softmax",
        "multi-label",
        "dice",
        "logistic",
        "logistic+dice"
      })
  void gradientsAreThoseOfFiniteDifferences(String loss) {
    long seed = 42;
    Random random = new Random(seed);
    float[] z = new float[PIXELS * MAPS];
    float[] t = new float[PIXELS * MAPS];
    float[] w = {1, 1, 0, 1, 1, 1};
    for (int i = 0; i < PIXELS; i++) {
      z[2 * i] = (float) random.nextGaussian();
      z[2 * i + 1] = (float) random.nextGaussian();
      t[2 * i + random.nextInt(2)] = 1;
    }
    try (Evaluated evaluated = new Evaluated(loss, MAPS, t, w)) {
      float[] result = evaluated.at(z);
      for (int i = 0; i < z.length; i++) {
        float before = z[i];
        float step = 1e-2f;
        z[i] = before + step;
        double above = evaluated.at(z)[0];
        z[i] = before - step;
        double below = evaluated.at(z)[0];
        z[i] = before;
        double expected = (above - below) / (2 * step);
        assertEquals(expected, result[1 + i], 1e-3, "seed " + seed + ", logit " + i);
      }
      assertEquals(0, Math.abs(result[1 + 4]), "unlabelled pixels have no influence");
      assertEquals(0, Math.abs(result[1 + 5]), "unlabelled pixels have no influence");
    }
  }

  /** Of pixel 0 the second map is unknown, pixel 1 is unlabelled: one value is left. */
  @ParameterizedTest
  @ValueSource(strings = {"least-square", "hinge", "multi-label", "dice", "logistic"})
  void unknownTargetsHaveNoInfluenceInTheirMap(String loss) {
    float[] z = {(float) LN3, 55, 66, 77};
    float[] t = {1, -1, 0, 1};
    try (Evaluated evaluated =
        new Evaluated(Loss.parse(loss).ignoringUnknown(), 2, t, new float[] {1, 0})) {
      float[] value = evaluated.at(z);
      assertEquals(onePixel(loss, LN3, 1), value[0], 1e-6);
      for (int i = 2; i < value.length; i++) {
        assertEquals(0, Math.abs(value[i]));
      }
    }
  }

  @Test
  void softmaxCannotIgnoreSingleMaps() {
    String message =
        assertThrows(BadParameterException.class, () -> Loss.parse("softmax").ignoringUnknown())
            .getMessage();
    assertTrue(message.contains("give logistic, dice or logistic+dice"), message);
  }

  @Test
  void unknownNamesAreAnsweredWithTheKnownOnes() {
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> Loss.parse("logistc"));
    assertTrue(e.getMessage().contains("logistic"), e.getMessage());
    assertThrows(BadParameterException.class, () -> Loss.parse("softmax+dice"));
  }

  private static float[] evaluate(String loss, int maps, float[] z, float[] t, float[] w) {
    try (Evaluated evaluated = new Evaluated(loss, maps, t, w)) {
      return evaluated.at(z);
    }
  }

  /** A loss of some pixels, as a function of the logits. */
  private static final class Evaluated implements AutoCloseable {

    private final Graph graph = new Graph();
    private final int maps;
    private final Shape shape;
    private final Placeholder<TFloat32> logits;
    private final Operand<TFloat32> value;
    private final Output<?> gradient;
    private final Session session;

    Evaluated(String loss, int maps, float[] t, float[] w) {
      this(Loss.parse(loss), maps, t, w);
    }

    Evaluated(Loss loss, int maps, float[] t, float[] w) {
      Ops tf = Ops.create(graph);
      this.maps = maps;
      this.shape = Shape.of(1, 1, w.length, maps);
      logits = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      Operand<TFloat32> target = tf.constant(shape, DataBuffers.of(t));
      Operand<TFloat32> weight = tf.constant(Shape.of(1, 1, w.length), DataBuffers.of(w));
      value = loss.build(tf, logits, target, maps, weight);
      gradient = graph.addGradients(value.asOutput(), new Output<?>[] {logits.asOutput()})[0];
      session = new Session(graph);
    }

    /** The loss, then its gradient by the logits. */
    float[] at(float[] z) {
      try (TFloat32 fed = TFloat32.tensorOf(shape, DataBuffers.of(z));
          Result result = session.runner().feed(logits, fed).fetch(value).fetch(gradient).run()) {
        float[] values = new float[1 + z.length];
        values[0] = ((TFloat32) result.get(0)).getFloat();
        TFloat32 slopes = (TFloat32) result.get(1);
        for (int i = 0; i < z.length; i++) {
          values[1 + i] = slopes.getFloat(0, 0, i / maps, i % maps);
        }
        return values;
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
