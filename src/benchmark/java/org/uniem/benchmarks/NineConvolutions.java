package org.uniem.benchmarks;

import java.util.List;
import org.scijava.plugin.Plugin;
import org.uniem.networks.architecture.Architecture;
import org.uniem.networks.architecture.ArchitectureOption;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.FeatureMap;
import org.uniem.networks.architecture.Layers;

/** Nine rectified 3 × 3 convolutions at full resolution and a 1 × 1 output: nothing but kernels. */
@Plugin(type = Architecture.class, name = "nine-convolutions")
public class NineConvolutions implements Architecture {

  @Override
  public List<ArchitectureOption> options() {
    return List.of(new ArchitectureOption("width", 64, 1, 256, "channels of every layer"));
  }

  @Override
  public int sizeMultiple(ArchitectureOptions options) {
    return 1;
  }

  @Override
  public FeatureMap build(
      Layers layers, FeatureMap image, int outputs, ArchitectureOptions options) {
    FeatureMap x = image;
    for (int i = 1; i <= 9; i++) {
      x = layers.relu(layers.convBias("conv" + i, x, options.get("width"), 3, 1));
    }
    return layers.convBias("logits", x, outputs, 1, 1);
  }
}
