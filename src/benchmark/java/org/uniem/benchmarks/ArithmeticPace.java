package org.uniem.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.uniem.networks.TensorFlowRuntime;

/**
 * What the processor can do at best: products of large matrices, and the convolutions of a network
 * without all else, in billions of floating-point operations per second.
 */
final class ArithmeticPace implements Pace {

  private static final int MATRIX = 2048;
  private static final int IN_A_ROW = 4;

  private final String name;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> left;
  private final Placeholder<TFloat32> right;
  private final Operand<TFloat32> result;
  private final Shape leftShape;
  private final Shape rightShape;
  private final double operations;

  private ArithmeticPace(
      String name,
      Shape leftShape,
      Shape rightShape,
      double operations,
      TensorFlowRuntime runtime) {
    this.name = name;
    this.leftShape = leftShape;
    this.rightShape = rightShape;
    this.operations = operations * IN_A_ROW;
    Ops tf = Ops.create(graph);
    left = tf.placeholder(TFloat32.class, Placeholder.shape(leftShape));
    right = tf.placeholder(TFloat32.class, Placeholder.shape(rightShape));
    Operand<TFloat32> value = left;
    for (int i = 0; i < IN_A_ROW; i++) {
      value =
          leftShape.numDimensions() == 2
              ? tf.linalg.matMul(value, right)
              : tf.nn.conv3d(value, right, List.of(1L, 1L, 1L, 1L, 1L), "SAME");
    }
    // One number is read back, so that copies do not count.
    int[] all = new int[leftShape.numDimensions()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    result = tf.math.mean(value, tf.constant(all));
    session = runtime.open(graph);
  }

  /** Products of large matrices. */
  static ArithmeticPace products(TensorFlowRuntime runtime) {
    Shape square = Shape.of(MATRIX, MATRIX);
    return new ArithmeticPace(
        "matrix product, " + MATRIX + "²", square, square, 2.0 * MATRIX * MATRIX * MATRIX, runtime);
  }

  /**
   * Convolutions of 3 × 3 × 3 voxels.
   *
   * @param field of view, x, y, z
   * @param batch fields of view at a time
   */
  static ArithmeticPace convolutions(
      int[] field, int features, int batch, TensorFlowRuntime runtime) {
    double voxels = (double) batch * field[0] * field[1] * field[2];
    return new ArithmeticPace(
        "convolutions alone, batch " + batch,
        Shape.of(batch, field[2], field[1], field[0], features),
        Shape.of(3, 3, 3, features, features),
        2 * 27 * voxels * features * features,
        runtime);
  }

  @Override
  public String name() {
    return name;
  }

  /** In 10⁹ operations per second. */
  @Override
  public double run(double seconds) {
    float[] a = new float[Math.toIntExact(leftShape.size())];
    float[] b = new float[Math.toIntExact(rightShape.size())];
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 1e-3f);
    try (TFloat32 first = TFloat32.tensorOf(leftShape, DataBuffers.of(a));
        TFloat32 second = TFloat32.tensorOf(rightShape, DataBuffers.of(b))) {
      long start = System.nanoTime();
      long runs = 0;
      double elapsed = 0;
      while (elapsed < seconds) {
        session.runner().feed(left, first).feed(right, second).fetch(result).run().close();
        runs++;
        elapsed = (System.nanoTime() - start) * 1e-9;
      }
      return runs * operations / elapsed * 1e-9;
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
