package org.uniem.networks.architecture;

import java.util.ArrayList;
import java.util.List;
import org.scijava.plugin.Plugin;

/**
 * The U-Net of UNI-EM in the style of pix2pix: strided convolutions down, transposed ones up.
 *
 * <p>Widths per level are {@code width} · 1, 2, 4, 8, 8, …; level 1 starts with the second.
 * Ronneberger et al. 2015, doi 10.1007/978-3-319-24574-4_28; Isola et al. 2017, arXiv 1611.07004;
 * Urakubo et al. 2019, doi 10.1038/s41598-019-55431-0. Deviations: logits in place of the tanh
 * output; running statistics and no dropout at inference; the deepest level is not concatenated
 * with itself, which would change nothing but the number of weights.
 */
@Plugin(type = Architecture.class, name = "unet")
public class UNet implements Architecture {

  private static final float DROPOUT = 0.5f;

  @Override
  public List<ArchitectureOption> options() {
    return List.of(
        new ArchitectureOption("depth", 8, 1, 20, "number of levels, each halving the image"),
        new ArchitectureOption("width", 64, 1, 512, "channels of the first level are twice this"));
  }

  @Override
  public int sizeMultiple(ArchitectureOptions options) {
    return 1 << options.get("depth");
  }

  @Override
  public FeatureMap build(
      Layers given, FeatureMap image, int outputs, ArchitectureOptions options) {
    Layers layers = given.initialisedBy(Initializer.normal(0, 0.02), Initializer.normal(1, 0.02));
    int depth = options.get("depth");
    int width = options.get("width");
    List<FeatureMap> levels = new ArrayList<>();
    FeatureMap x = layers.conv("encoder1", image, channels(width, 1), 3, 2);
    levels.add(x);
    for (int level = 2; level <= depth; level++) {
      x = layers.leakyRelu(x, 0.2f);
      x = layers.convNorm("encoder" + level, x, channels(width, level), 3, 2);
      levels.add(x);
    }
    for (int level = depth; level >= 2; level--) {
      FeatureMap input = level == depth ? x : layers.concat(x, levels.get(level - 1));
      x = layers.deconvNorm("decoder" + level, layers.relu(input), channels(width, level - 1));
      x = layers.dropout(level, x, level > 5 ? DROPOUT : 0);
    }
    FeatureMap input = depth == 1 ? x : layers.concat(x, levels.get(0));
    return layers.deconv("decoder1", layers.relu(input), outputs);
  }

  private static int channels(int width, int level) {
    return width * Math.min(8, 1 << Math.min(level, 3));
  }
}
