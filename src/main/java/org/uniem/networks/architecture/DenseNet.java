package org.uniem.networks.architecture;

import java.util.ArrayList;
import java.util.List;
import org.scijava.plugin.Plugin;

/**
 * UNI-EM's DenseNet: blocks of layers each fed all earlier ones of its block, in the body of the
 * {@link Trunk}; a block passes on its last layer only.
 *
 * <p>Huang et al. 2017, arXiv 1608.06993; Urakubo et al. 2019, doi 10.1038/s41598-019-55431-0.
 */
@Plugin(type = Architecture.class, name = "densenet")
public class DenseNet extends Trunk {

  @Override
  public List<ArchitectureOption> options() {
    return List.of(
        new ArchitectureOption("blocks", 5, 1, 64, "number of dense blocks"),
        new ArchitectureOption("layers", 5, 1, 32, "layers per block"),
        WIDTH);
  }

  @Override
  FeatureMap body(Layers layers, FeatureMap input, ArchitectureOptions options) {
    FeatureMap x = input;
    for (int block = 1; block <= options.get("blocks"); block++) {
      List<FeatureMap> nodes = new ArrayList<>(List.of(x));
      for (int layer = 1; layer <= options.get("layers"); layer++) {
        String name = "block" + block + "layer" + layer;
        x = layers.relu(layers.convNorm(name, layers.concat(nodes), input.channels(), 3, 1));
        nodes.add(x);
      }
    }
    return x;
  }
}
