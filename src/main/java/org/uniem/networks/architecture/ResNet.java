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
public class ResNet implements Architecture {

  @Override
  public List<ArchitectureOption> options() {
    return List.of(
        new ArchitectureOption("blocks", 9, 1, 255, "number of residual blocks"), Trunk.WIDTH);
  }

  @Override
  public int preferredTile() {
    return Trunk.TILE;
  }

  @Override
  public int sizeMultiple(ArchitectureOptions options) {
    return Trunk.SIZE_MULTIPLE;
  }

  @Override
  public FeatureMap build(
      Layers given, FeatureMap image, int outputs, ArchitectureOptions options) {
    Layers layers = Trunk.initialised(given);
    return Trunk.build(
        layers,
        image,
        options.get("width"),
        outputs,
        x -> {
          for (int block = 1; block <= options.get("blocks"); block++) {
            FeatureMap y = Trunk.convNormRelu(layers, "block" + block + "a", x);
            y = Trunk.convNormRelu(layers, "block" + block + "b", y);
            x = layers.add(x, y);
          }
          return x;
        });
  }
}
