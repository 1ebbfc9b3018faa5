package org.uniem.networks.architecture;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Initial values of a weight, from a seeded stream: the same seed gives the same values. */
@FunctionalInterface
public interface Initializer {

  /**
   * Makes the values.
   *
   * @param shape axes of the weight; convolutions y, x, input channel, output channel
   * @param random source of randomness, of this weight alone
   * @return as many values as the shape holds, last axis fastest
   */
  float[] values(int[] shape, SplittableRandom random);

  /** All the same value. */
  static Initializer constant(float value) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      Arrays.fill(values, value);
      return values;
    };
  }

  /** Normal distribution, as in the papers' networks with mean 0 and standard deviation 0.02. */
  static Initializer normal(double mean, double standardDeviation) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (mean + standardDeviation * gaussian(random));
      }
      return values;
    };
  }

  /**
   * Normal distribution of variance 2 / (inputs of one output), for layers followed by a rectifier.
   * He et al. 2015, doi 10.1109/ICCV.2015.123.
   */
  static Initializer he() {
    return (shape, random) -> {
      int outputs = shape[shape.length - 1];
      double inputs = Math.max(1, size(shape) / outputs);
      return normal(0, Math.sqrt(2 / inputs)).values(shape, random);
    };
  }

  /**
   * Uniform distribution of variance 2 / (inputs of one output + outputs of one input). Glorot and
   * Bengio 2010, proceedings.mlr.press/v9/glorot10a.
   */
  static Initializer xavier() {
    return (shape, random) -> {
      int axes = shape.length;
      double positions = size(shape) / ((double) shape[axes - 2] * shape[axes - 1]);
      double limit = Math.sqrt(6 / (positions * (shape[axes - 2] + shape[axes - 1])));
      float[] values = new float[size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (limit * (2 * random.nextDouble() - 1));
      }
      return values;
    };
  }

  /** Number of values of a shape. */
  static int size(int[] shape) {
    int size = 1;
    for (int n : shape) {
      size = Math.multiplyExact(size, n);
    }
    return size;
  }

  private static double gaussian(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
