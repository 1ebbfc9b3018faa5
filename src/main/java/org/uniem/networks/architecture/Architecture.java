package org.uniem.networks.architecture;

import java.util.List;
import org.scijava.plugin.SciJavaPlugin;

/**
 * The structure of a 2D network, found as a SciJava plugin.
 *
 * <p>A new one needs a class like this on the class path and is then offered by name everywhere
 * (the {@code name} of its {@code @Plugin} annotation):
 *
 * <pre>{@code
 * @Plugin(type = Architecture.class, name = "tiny")
 * public class TinyNetwork implements Architecture {
 *   public List<ArchitectureOption> options() {
 *     return List.of(new ArchitectureOption("width", 8, 1, 64, "channels of the hidden layer"));
 *   }
 *   public int sizeMultiple(ArchitectureOptions options) {
 *     return 1;
 *   }
 *   public FeatureMap build(Layers layers, FeatureMap image, int outputs, ArchitectureOptions o) {
 *     FeatureMap x = layers.relu(layers.convNorm("hidden", image, o.get("width"), 3, 1));
 *     return layers.convBias("logits", x, outputs, 3, 1);
 *   }
 * }
 * }</pre>
 *
 * <p>Implementations have no state and a public constructor without arguments.
 */
public interface Architecture extends SciJavaPlugin {

  /** What a user can choose, with defaults and ranges. */
  List<ArchitectureOption> options();

  /**
   * Constants of Adam where the user gives none: the papers', unless an architecture has its own.
   */
  default Optimiser optimiser() {
    return Optimiser.PAPERS;
  }

  /**
   * Edge, in pixels, of the tiles that images are predicted in, so that a tile takes well under a
   * second on a CPU and a cancel is prompt; 0 where whole slices do.
   */
  default int preferredTile() {
    return 0;
  }

  /**
   * Height and width of every input must be a multiple of this.
   *
   * @param options valid values of {@link #options()}
   */
  int sizeMultiple(ArchitectureOptions options);

  /**
   * Builds the layers from image to logits. Called once per graph; must ask for the same weights
   * each time.
   *
   * @param layers the vocabulary of layers
   * @param image normalised image [n, h, w, c], h and w multiples of {@link #sizeMultiple}
   * @param outputs number of output maps
   * @param options valid values of {@link #options()}
   * @return logits [n, h, w, outputs]: the sigmoid or softmax of them is the probability
   */
  FeatureMap build(Layers layers, FeatureMap image, int outputs, ArchitectureOptions options);
}
