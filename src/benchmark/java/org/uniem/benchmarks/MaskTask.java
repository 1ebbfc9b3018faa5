package org.uniem.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.Normalisation;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Initializer;

/**
 * A flood-filling network with the fields of view it is timed on, the same random numbers in every
 * run.
 *
 * @param name for the table
 * @param depth residual modules
 * @param field of view, x, y, z
 * @param deltas moves, x, y, z
 */
public record MaskTask(String name, int depth, List<Integer> field, List<Integer> deltas) {

  /** Channels between the layers. */
  public static final int FEATURES = 32;

  /** The network of thick sections and that of isotropic voxels. */
  public static List<MaskTask> all() {
    return List.of(
        new MaskTask("FFN, depth 9, 33 × 33 × 17", 9, List.of(33, 33, 17), List.of(8, 8, 4)),
        new MaskTask("FFN, depth 12, 33³", 12, List.of(33, 33, 33), List.of(8, 8, 8)));
  }

  /** Voxels of a field of view. */
  public int voxels() {
    return field.get(0) * field.get(1) * field.get(2);
  }

  /** What the suite says of such a model. */
  public ModelDescription description() {
    return ModelDescription.builder("benchmark", FloodFillingSettings.ARCHITECTURE)
        .parameters(Map.of("depth", depth, "features", FEATURES))
        .normalisation(Normalisation.intensity(128, 33))
        .floodFilling(FloodFillingSettings.of(field, deltas))
        .build();
  }

  /** Random weights; kernels z, y, x, input, output. */
  public Weights weights() {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Weights.Tensor> weights = new LinkedHashMap<>();
    for (int module = 0; module < depth; module++) {
      for (char step : new char[] {'a', 'b'}) {
        int inputs = module == 0 && step == 'a' ? 2 : FEATURES;
        put(weights, "conv" + module + "_" + step, 3, inputs, FEATURES, random);
      }
    }
    put(weights, "update", 1, FEATURES, 1, random);
    return new Weights(weights);
  }

  private static void put(
      Map<String, Weights.Tensor> weights,
      String name,
      int side,
      int inputs,
      int outputs,
      SplittableRandom random) {
    int[] shape = {side, side, side, inputs, outputs};
    int[] bias = {outputs};
    weights.put(
        name + "/kernel", new Weights.Tensor(shape, Initializer.xavier().values(shape, random)));
    weights.put(
        name + "/bias", new Weights.Tensor(bias, Initializer.normal(0, 0.1).values(bias, random)));
  }

  /** A kernel as most engines have it: output, input, z, y, x. */
  public static Weights.Tensor planar(Weights.Tensor kernel) {
    int[] s = kernel.shape();
    int volume = s[0] * s[1] * s[2];
    float[] planar = new float[kernel.values().length];
    for (int p = 0; p < volume; p++) {
      for (int i = 0; i < s[3]; i++) {
        for (int o = 0; o < s[4]; o++) {
          planar[(o * s[3] + i) * volume + p] = kernel.values()[(p * s[3] + i) * s[4] + o];
        }
      }
    }
    return new Weights.Tensor(new int[] {s[4], s[3], s[0], s[1], s[2]}, planar);
  }

  /** Images, or logits, of some fields of view. */
  public float[] noise(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n * voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }

  /** Images and logits as most engines have them: [n, 2, z, y, x]. */
  public float[] planarInput(float[] images, float[] masks, int n) {
    float[] both = new float[2 * n * voxels()];
    for (int i = 0; i < n; i++) {
      System.arraycopy(images, i * voxels(), both, 2 * i * voxels(), voxels());
      System.arraycopy(masks, i * voxels(), both, (2 * i + 1) * voxels(), voxels());
    }
    return both;
  }
}
