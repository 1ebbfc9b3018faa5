package org.uniem.networks.architecture;

import java.util.List;
import org.scijava.plugin.Plugin;

/**
 * UNI-EM's HighwayNet: units that mix their input with two convolutions of it through a learnt
 * gate, in the body of the {@link Trunk}.
 *
 * <p>gate g = (sigmoid(conv + norm) + 1) / 2 with an initial offset of −10, so 0.5 ≤ g ≤ 1; output
 * = x · (1 − g) + T(x) · g. Srivastava et al. 2015, arXiv 1505.00387; Urakubo et al. 2019, doi
 * 10.1038/s41598-019-55431-0.
 */
@Plugin(type = Architecture.class, name = "highwaynet")
public class HighwayNet extends Trunk {

  private static final float GATE_OFFSET = -10;

  @Override
  public List<ArchitectureOption> options() {
    return List.of(new ArchitectureOption("units", 9, 1, 255, "number of highway units"), WIDTH);
  }

  @Override
  FeatureMap body(Layers layers, FeatureMap input, ArchitectureOptions options) {
    FeatureMap x = input;
    for (int unit = 1; unit <= options.get("units"); unit++) {
      FeatureMap y = convNormRelu(layers, "unit" + unit + "a", x);
      y = convNormRelu(layers, "unit" + unit + "b", y);
      FeatureMap gate = layers.convNorm("unit" + unit + "gate", x, x.channels(), 3, 1, GATE_OFFSET);
      x = layers.mix(x, y, layers.affine(layers.sigmoid(gate), 0.5f, 0.5f));
    }
    return x;
  }
}
