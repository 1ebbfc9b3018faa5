package org.uniem.benchmarks;

import java.util.Map;
import java.util.SplittableRandom;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Architecture;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.Architectures;

/**
 * A network with the data it is timed on: one grey input, one output map, the same random numbers
 * in every run.
 *
 * @param name for the table
 * @param architecture name of the architecture, with its default options
 * @param batchSize patches of a training step
 * @param patch side of a training patch, pixels
 * @param tileSide side of the predicted tile, pixels
 * @param trace the layers
 * @param initial weights training starts from
 * @param trained weights prediction uses
 */
public record Task(
    String name,
    String architecture,
    int batchSize,
    int patch,
    int tileSide,
    TracedNetwork trace,
    Weights initial,
    Weights trained) {

  /** Learning rate of every engine's Adam. */
  public static final float LEARNING_RATE = 1e-3f;

  /** A task with random weights. */
  public static Task of(String name, String architecture, int batchSize, int patch, int tileSide) {
    Architecture network = new Architectures().get(architecture);
    ArchitectureOptions options = ArchitectureOptions.of(architecture, network.options(), Map.of());
    TracedNetwork trace = TracedNetwork.of(network, options);
    return new Task(
        name,
        architecture,
        batchSize,
        patch,
        tileSide,
        trace,
        trace.initialWeights(),
        trace.disturbedWeights());
  }

  /** Training images, [batchSize, patch, patch, 1]. */
  public float[] batch() {
    return noise(1, batchSize * patch * patch);
  }

  /** Training targets, 0 or 1, [batchSize, patch, patch, 1]. */
  public float[] target() {
    float[] target = noise(2, batchSize * patch * patch);
    for (int i = 0; i < target.length; i++) {
      target[i] = target[i] > 0 ? 1 : 0;
    }
    return target;
  }

  /** The image to predict, [tileSide, tileSide]. */
  public float[] tile() {
    return noise(3, tileSide * tileSide);
  }

  private static float[] noise(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }
}
