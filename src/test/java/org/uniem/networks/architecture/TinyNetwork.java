package org.uniem.networks.architecture;

import java.util.List;
import org.scijava.plugin.Plugin;

/** The example of {@link Architecture}'s documentation: a network from another jar. */
@Plugin(type = Architecture.class, name = "tiny")
public class TinyNetwork implements Architecture {

  @Override
  public List<ArchitectureOption> options() {
    return List.of(new ArchitectureOption("width", 8, 1, 64, "channels of the hidden layer"));
  }

  @Override
  public int sizeMultiple(ArchitectureOptions options) {
    return 1;
  }

  @Override
  public FeatureMap build(Layers layers, FeatureMap image, int outputs, ArchitectureOptions o) {
    FeatureMap x = layers.relu(layers.convNorm("hidden", image, o.get("width"), 3, 1));
    return layers.convBias("logits", x, outputs, 3, 1);
  }
}
