package org.uniem.networks.floodfilling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.Normalisation;
import org.uniem.networks.Weights;

/** Flood-filling networks that are small enough for tests. */
final class TinyNetworks {

  private TinyNetworks() {}

  /** Field of view 7 × 5 × 3 (x, y, z). */
  static ModelDescription description(int depth, int features) {
    return ModelDescription.builder("tiny", FloodFillingSettings.ARCHITECTURE)
        .parameters(Map.of(ResidualNetwork.DEPTH, depth, ResidualNetwork.FEATURES, features))
        .normalisation(Normalisation.intensity(128, 33))
        .floodFilling(FloodFillingSettings.of(List.of(7, 5, 3), List.of(3, 2, 1)))
        .build();
  }

  static Weights random(int depth, int features, long seed) {
    Random random = new Random(seed);
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    new ResidualNetwork(depth, features)
        .shapes()
        .forEach(
            (name, shape) -> {
              int size = 1;
              for (int n : shape) {
                size *= n;
              }
              tensors.put(name, new Weights.Tensor(shape, values(size, 0.3f, random)));
            });
    return new Weights(tensors);
  }

  static float[] values(int count, float spread, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = spread * (float) random.nextGaussian();
    }
    return values;
  }
}
