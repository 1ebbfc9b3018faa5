package org.uniem.benchmarks;

import org.uniem.networks.Weights;

/**
 * A convolution, its zero padding as TensorFlow's SAME, with what follows it.
 *
 * @param kernel name of the kernel
 * @param stride 1 or 2
 * @param transposed whether it doubles the size
 * @param bias name of the bias; empty if none
 * @param norm common start of the names of scale, offset, mean and variance; empty if none
 */
public record Convolution(String kernel, int stride, boolean transposed, String bias, String norm) {

  /** Added to the variance in the normalisation. */
  public static final float EPSILON = 1e-5f;

  /** Rows or columns of zeros before the first one. */
  public int padBefore(int side) {
    return (side - stride) / 2;
  }

  /** Rows or columns of zeros behind the last one. */
  public int padAfter(int side) {
    return side - stride - padBefore(side);
  }

  /**
   * The kernel as most engines have it: output, input, y, x; transposed convolution input, output,
   * y, x.
   */
  public Weights.Tensor planarKernel(Weights weights) {
    Weights.Tensor k = weights.get(kernel);
    int[] s = k.shape();
    int area = s[0] * s[1];
    float[] planar = new float[k.values().length];
    for (int p = 0; p < area; p++) {
      for (int i = 0; i < s[2]; i++) {
        for (int o = 0; o < s[3]; o++) {
          planar[(o * s[2] + i) * area + p] = k.values()[(p * s[2] + i) * s[3] + o];
        }
      }
    }
    return new Weights.Tensor(new int[] {s[3], s[2], s[0], s[1]}, planar);
  }

  /** {@link #planarKernel} times the factor of the normalisation. */
  public Weights.Tensor foldedKernel(Weights weights) {
    Weights.Tensor planar = planarKernel(weights);
    if (norm.isEmpty()) {
      return planar;
    }
    int[] s = planar.shape();
    float[] values = planar.values().clone();
    float[] factor = factor(weights);
    int area = s[2] * s[3];
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor[transposed ? i / area % s[1] : i / area / s[1]];
    }
    return new Weights.Tensor(s, values);
  }

  /** What is left to add after {@link #foldedKernel}, per output channel. */
  public float[] foldedBias(Weights weights) {
    if (norm.isEmpty()) {
      int[] s = weights.get(kernel).shape();
      return bias.isEmpty() ? new float[transposed ? s[2] : s[3]] : weights.get(bias).values();
    }
    float[] rest = weights.get(norm + "offset").values().clone();
    float[] mean = weights.get(norm + "mean").values();
    float[] factor = factor(weights);
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= mean[i] * factor[i];
    }
    return rest;
  }

  private float[] factor(Weights weights) {
    float[] factor = weights.get(norm + "scale").values().clone();
    float[] variance = weights.get(norm + "variance").values();
    for (int i = 0; i < factor.length; i++) {
      factor[i] /= (float) Math.sqrt(variance[i] + EPSILON);
    }
    return factor;
  }
}
