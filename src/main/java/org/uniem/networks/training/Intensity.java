package org.uniem.networks.training;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.uniem.networks.Mirror;

/**
 * Normalises the pixels of a patch and changes them at random: gamma, contrast, brightness, blur
 * and noise, in this order. Static functions on caller-owned arrays.
 */
final class Intensity {

  private static final int CURVE = 1024;
  private static final double NOISY_SHARE = 0.5;
  private static final double BLURRED_SHARE = 0.25;

  /** Standard deviation of the sum of four uniform 16-bit numbers. */
  private static final double FOUR_UNIFORM_STD = 65536 * Math.sqrt(4 / 12.0);

  private Intensity() {}

  /** Only (value − mean) / std. */
  static void normalise(float[] image, int from, int count, double mean, double std) {
    scale(image, from, count, (float) (1 / std), (float) (-mean / std));
  }

  /**
   * Normalises and changes a patch.
   *
   * @param image pixels 0 … 1 to be replaced, [size, size, channels], channel fastest
   * @param from where in the image the patch begins
   */
  static void change(
      float[] image,
      int from,
      int size,
      int channels,
      double mean,
      double std,
      Augmentation augmentation,
      SplittableRandom random) {
    int count = size * size * channels;
    if (augmentation.gamma()) {
      gamma(image, from, count, Math.exp(random.nextDouble(Math.log(0.7), -Math.log(0.7))));
    }
    double contrast =
        augmentation.contrast() ? Math.exp(random.nextDouble(Math.log(0.75), -Math.log(0.75))) : 1;
    double brightness = augmentation.brightness() ? random.nextDouble(-0.4, 0.4) : 0;
    scale(
        image, from, count, (float) (contrast / std), (float) (brightness - contrast * mean / std));
    if (augmentation.blur() && random.nextDouble() < BLURRED_SHARE) {
      blur(image, from, size, channels, random.nextDouble(0.3, 1.5));
    }
    if (augmentation.noise() && random.nextDouble() < NOISY_SHARE) {
      noise(image, from, count, random.nextDouble(0, 0.25), random);
    }
  }

  private static void scale(float[] image, int from, int count, float factor, float offset) {
    for (int i = from; i < from + count; i++) {
      image[i] = image[i] * factor + offset;
    }
  }

  /** Interpolates a table of the curve: a power per pixel would cost more than all the rest. */
  static void gamma(float[] image, int from, int count, double exponent) {
    float[] curve = new float[CURVE + 2];
    for (int i = 0; i < curve.length; i++) {
      curve[i] = (float) Math.pow(Math.min(1, i / (double) CURVE), exponent);
    }
    for (int i = from; i < from + count; i++) {
      float position = Math.min(1, Math.max(0, image[i])) * CURVE;
      int below = (int) position;
      image[i] = curve[below] + (position - below) * (curve[below + 1] - curve[below]);
    }
  }

  /**
   * Adds nearly Gaussian noise: the sum of four uniform numbers, which one random long gives (its
   * tails end at 3.5 sigma).
   */
  static void noise(float[] image, int from, int count, double sigma, SplittableRandom random) {
    float factor = (float) (sigma / FOUR_UNIFORM_STD);
    for (int i = from; i < from + count; i++) {
      long bits = random.nextLong();
      int sum =
          (int) (bits & 0xffff)
              + (int) (bits >>> 16 & 0xffff)
              + (int) (bits >>> 32 & 0xffff)
              + (int) (bits >>> 48);
      image[i] += factor * (sum - 2 * 65535);
    }
  }

  /** Gaussian blur within the slices, mirrored at the edges of the patch. */
  static void blur(float[] image, int from, int size, int channels, double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    float[] kernel = new float[2 * radius + 1];
    float sum = 0;
    for (int k = -radius; k <= radius; k++) {
      kernel[k + radius] = (float) Math.exp(-k * k / (2 * sigma * sigma));
      sum += kernel[k + radius];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    int row = size * channels;
    float[] vertical = new float[size * row];
    for (int y = 0; y < size; y++) {
      for (int k = -radius; k <= radius; k++) {
        int source = from + Mirror.index(y + k, size) * row;
        accumulate(image, source, kernel[k + radius], vertical, y * row, row);
      }
    }
    Arrays.fill(image, from, from + size * row, 0);
    for (int y = 0; y < size; y++) {
      for (int k = -radius; k <= radius; k++) {
        int left = Math.min(size, Math.max(0, -k));
        int right = Math.max(left, Math.min(size, size - k));
        int line = y * row;
        for (int x = 0; x < left; x++) {
          int source = line + Mirror.index(x + k, size) * channels;
          accumulate(
              vertical, source, kernel[k + radius], image, from + line + x * channels, channels);
        }
        accumulate(
            vertical,
            line + (left + k) * channels,
            kernel[k + radius],
            image,
            from + line + left * channels,
            (right - left) * channels);
        for (int x = right; x < size; x++) {
          int source = line + Mirror.index(x + k, size) * channels;
          accumulate(
              vertical, source, kernel[k + radius], image, from + line + x * channels, channels);
        }
      }
    }
  }

  private static void accumulate(
      float[] source, int at, float factor, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] += factor * source[at + i];
    }
  }
}
