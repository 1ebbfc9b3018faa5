package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntensityTest {

  @Test
  void normalisingSubtractsMeanAndDividesByStd() {
    float[] image = {9, 0.5f, 0.75f, 9};
    Intensity.normalise(image, 1, 2, 0.5, 0.25);
    assertArrayEquals(new float[] {9, 0, 1, 9}, image, 1e-6f);
  }

  @Test
  void gammaIsThePower() {
    float[] image = {0, 0.25f, 0.3337f, 1};
    Intensity.gamma(image, 0, 4, 0.7);
    for (int i = 0; i < 4; i++) {
      double[] input = {0, 0.25, 0.3337, 1};
      assertEquals(Math.pow(input[i], 0.7), image[i], 1e-5);
    }
  }

  @Test
  void blurSpreadsAPointAsTheGaussian() {
    int size = 15;
    float[] image = new float[1 + size * size * 2];
    image[1 + (7 * size + 7) * 2 + 1] = 1;
    Intensity.blur(image, 1, size, 2, 1);
    double sum = 0;
    for (int k = -3; k <= 3; k++) {
      sum += Math.exp(-k * k / 2.0);
    }
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int dx = Math.abs(x - 7);
        int dy = Math.abs(y - 7);
        double expected = dx > 3 || dy > 3 ? 0 : Math.exp(-(dx * dx + dy * dy) / 2.0) / (sum * sum);
        assertEquals(expected, image[1 + (y * size + x) * 2 + 1], 1e-6);
        assertEquals(0, image[1 + (y * size + x) * 2]);
      }
    }
  }

  @Test
  void blurKeepsAConstantUpToTheEdges() {
    float[] image = new float[8 * 8];
    Arrays.fill(image, 3);
    Intensity.blur(image, 0, 8, 1, 1.5);
    for (float value : image) {
      assertEquals(3, value, 1e-5);
    }
  }

  @Test
  void noiseHasTheGivenSpreadAndNoMean() {
    float[] image = new float[200_000];
    Intensity.noise(image, 0, image.length, 0.25, new SplittableRandom(3));
    double sum = 0;
    double squares = 0;
    int beyondTwoSigma = 0;
    for (float value : image) {
      sum += value;
      squares += value * value;
      beyondTwoSigma += Math.abs(value) > 0.5 ? 1 : 0;
    }
    assertEquals(0, sum / image.length, 0.002);
    assertEquals(0.25, Math.sqrt(squares / image.length), 0.002);
    // A Gaussian has 4.6 % there.
    assertTrue(beyondTwoSigma > 0.035 * image.length && beyondTwoSigma < 0.055 * image.length);
  }

  @Test
  void elasticDisplacementNeverFolds() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int size = 64;
    float largest = 0;
    for (int trial = 0; trial < 50; trial++) {
      float[] x = new float[size * size];
      float[] y = new float[size * size];
      ElasticField.add(size, random, x, y);
      for (int row = 0; row + 1 < size; row++) {
        for (int column = 0; column + 1 < size; column++) {
          int i = row * size + column;
          float xx = 1 + x[i + 1] - x[i];
          float xy = x[i + size] - x[i];
          float yx = y[i + 1] - y[i];
          float yy = 1 + y[i + size] - y[i];
          assertTrue(xx * yy - xy * yx > 0, "folds, seed " + seed);
          largest = Math.max(largest, Math.abs(x[i]));
        }
      }
    }
    assertTrue(largest > 0.5 && largest < 4, "largest displacement " + largest);
  }
}
