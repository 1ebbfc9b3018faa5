package org.uniem.networks.architecture;

import java.util.ArrayList;
import java.util.List;
import org.scijava.plugin.Plugin;

/**
 * The CPU-first default: a residual U-Net at half the resolution with a sub-pixel head.
 *
 * <p>A 5 × 5 convolution of stride 2 takes the image to half the size, where convolutions cost a
 * quarter; levels of two 3 × 3 convolutions with a residual connection follow, of widths w, 2w, 3w,
 * …; on the way up, upsampled maps are concatenated with the level's own; the last map is
 * rearranged to full resolution (depth to space) and joined with a thin full-resolution branch, so
 * that outlines stay sharp. After Ronneberger et al. 2015, doi 10.1007/978-3-319-24574-4_28; He et
 * al. 2016, doi 10.1109/CVPR.2016.90; Shi et al. 2016, arXiv 1609.05158.
 */
@Plugin(type = Architecture.class, name = "compact-unet")
public class CompactUNet implements Architecture {

  private static final int DETAIL_CHANNELS = 8;

  @Override
  public List<ArchitectureOption> options() {
    return List.of(
        new ArchitectureOption("depth", 4, 1, 8, "number of halvings below half the resolution"),
        new ArchitectureOption("width", 24, 1, 256, "channels of the first level"));
  }

  @Override
  public Optimiser optimiser() {
    return new Optimiser(2e-3, true, 0.9, 0.999, 0.01, 0.995);
  }

  @Override
  public int sizeMultiple(ArchitectureOptions options) {
    return 2 << options.get("depth");
  }

  @Override
  public FeatureMap build(
      Layers layers, FeatureMap image, int outputs, ArchitectureOptions options) {
    int depth = options.get("depth");
    int width = options.get("width");
    FeatureMap x = layers.relu(layers.convNorm("stem", image, width, 5, 2));
    List<FeatureMap> levels = new ArrayList<>();
    x = residual(layers, "encoder0", x, width);
    for (int level = 1; level <= depth; level++) {
      levels.add(x);
      x = residual(layers, "encoder" + level, layers.maxPool(x), (level + 1) * width);
    }
    for (int level = depth - 1; level >= 0; level--) {
      FeatureMap skip = levels.get(level);
      FeatureMap up = layers.relu(layers.convNorm("up" + level, x, skip.channels(), 1, 1));
      x = layers.concat(layers.upsample(up), skip);
      x = residual(layers, "decoder" + level, x, skip.channels());
    }
    FeatureMap sharp = layers.depthToSpace(layers.conv("subpixel", x, 4 * DETAIL_CHANNELS, 3, 1));
    FeatureMap detail = layers.relu(layers.convNorm("detail", image, DETAIL_CHANNELS, 3, 1));
    FeatureMap joined = layers.concat(layers.relu(sharp), detail);
    return layers.convBias("logits", joined, outputs, 3, 1);
  }

  private static FeatureMap residual(Layers layers, String name, FeatureMap x, int width) {
    FeatureMap y = layers.relu(layers.convNorm(name + "a", x, width, 3, 1));
    y = layers.convNorm(name + "b", y, width, 3, 1);
    FeatureMap shortcut =
        x.channels() == width ? x : layers.convNorm(name + "shortcut", x, width, 1, 1);
    return layers.relu(layers.add(y, shortcut));
  }
}
