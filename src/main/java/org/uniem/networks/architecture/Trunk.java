package org.uniem.networks.architecture;

/**
 * What UNI-EM's ResNet, HighwayNet and DenseNet share: two halvings, a body at a quarter of the
 * size, two doublings.
 *
 * <p>conv 7 → w, conv 3 stride 2 → 2w, conv 3 stride 2 → 4w (neither normalised nor rectified),
 * body at 4w, transposed conv → 2w and → w (normalised, rectified), conv 7 → outputs. Urakubo et
 * al. 2019, doi 10.1038/s41598-019-55431-0; logits in place of the tanh output.
 */
abstract class Trunk implements Architecture {

  static final ArchitectureOption WIDTH =
      new ArchitectureOption("width", 32, 1, 256, "channels of the first layer; the body has 4x");

  /** Two halvings. */
  private static final int SIZE_MULTIPLE = 4;

  /** The body is heavy: half a second for such a tile on two cores. */
  private static final int TILE = 512;

  /**
   * Builds what lies between the halvings and the doublings.
   *
   * @param layers with the papers' first values
   * @param x map of 4w channels at a quarter of the size
   * @param options valid values
   * @return a map of the same shape
   */
  abstract FeatureMap body(Layers layers, FeatureMap x, ArchitectureOptions options);

  @Override
  public final int sizeMultiple(ArchitectureOptions options) {
    return SIZE_MULTIPLE;
  }

  @Override
  public final int preferredTile() {
    return TILE;
  }

  @Override
  public final FeatureMap build(
      Layers given, FeatureMap image, int outputs, ArchitectureOptions options) {
    Layers layers = given.initialisedBy(Initializer.normal(0, 0.02), Initializer.normal(1, 0.02));
    int width = options.get("width");
    FeatureMap x = layers.conv("encoder1", image, width, 7, 1);
    x = layers.conv("encoder2", x, 2 * width, 3, 2);
    x = layers.conv("encoder3", x, 4 * width, 3, 2);
    x = body(layers, x, options);
    x = layers.relu(layers.deconvNorm("decoder2", x, 2 * width));
    x = layers.relu(layers.deconvNorm("decoder1", x, width));
    return layers.conv("logits", x, outputs, 7, 1);
  }

  /** Convolution 3, normalised and rectified. */
  static FeatureMap convNormRelu(Layers layers, String name, FeatureMap x) {
    return layers.relu(layers.convNorm(name, x, x.channels(), 3, 1));
  }
}
