package org.uniem.networks.architecture;

import java.util.List;
import org.scijava.plugin.Plugin;

/**
 * UNI-EM's ResNet: residual blocks of two convolutions in the body of the {@link Trunk}, no
 * rectifier after the sum.
 *
 * <p>He et al. 2016, doi 10.1109/CVPR.2016.90; Urakubo et al. 2019, doi 10.1038/s41598-019-55431-0.
 */
@Plugin(type = Architecture.class, name = "resnet")
public class ResNet extends Trunk {

  @Override
  public List<ArchitectureOption> options() {
    return List.of(new ArchitectureOption("blocks", 9, 1, 255, "number of residual blocks"), WIDTH);
  }

  @Override
  FeatureMap body(Layers layers, FeatureMap input, ArchitectureOptions options) {
    FeatureMap x = input;
    for (int block = 1; block <= options.get("blocks"); block++) {
      FeatureMap y = convNormRelu(layers, "block" + block + "a", x);
      y = convNormRelu(layers, "block" + block + "b", y);
      x = layers.add(x, y);
    }
    return x;
  }
}
