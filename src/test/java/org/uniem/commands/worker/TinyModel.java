package org.uniem.commands.worker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Weights;

/** A model of the example architecture, which is not among those of the suite. */
final class TinyModel {

  private TinyModel() {}

  static void save(Path folder, long seed) {
    Random random = new Random(seed);
    Map<String, Weights.Tensor> weights = new LinkedHashMap<>();
    weights.put("hidden/kernel", tensor(random, 3, 3, 1, 4));
    for (String name : new String[] {"scale", "offset", "mean", "variance"}) {
      weights.put("hidden/" + name, tensor(random, 4));
    }
    weights.put("logits/kernel", tensor(random, 3, 3, 4, 1));
    weights.put("logits/bias", tensor(random, 1));
    ModelDescription description =
        ModelDescription.builder("tiny", "tiny").parameters(Map.of("width", 4)).build();
    ModelFolder.save(folder, description, new Weights(weights));
  }

  private static Weights.Tensor tensor(Random random, int... shape) {
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      // Positive, since a variance is among them.
      values[i] = 0.1f + random.nextFloat();
    }
    return new Weights.Tensor(shape, values);
  }
}
