package org.uniem.networks.inference;

import java.util.Optional;
import org.uniem.job.BadParameterException;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.PredictionSettings;
import org.uniem.volumes.VoxelSize;

/**
 * How a stack is predicted.
 *
 * @param flips test-time augmentation, the mean over 1 (none), 4 (mirrored in x, y, both) or 8 (the
 *     same transposed too) orientations
 * @param tile largest edge of a tile in pixels; 0 chooses: the whole slice where it has about a
 *     megapixel or less, else 1024
 * @param overlap pixels that neighbouring tiles share at least; the outer three eighths of a tile's
 *     overlap are dropped, the middle quarter is blended
 * @param smoothingSigma standard deviation, in slices, of a Gaussian over the probabilities across
 *     z; 0 for none
 */
public record InferenceOptions(int flips, int tile, int overlap, double smoothingSigma) {

  /** One orientation, tile chosen, overlap of 64 pixels, no smoothing. */
  public static final InferenceOptions DEFAULTS = new InferenceOptions(1, 0, 64, 0);

  private static final double LARGEST_SIGMA = 20;

  public InferenceOptions {
    if (flips != 1 && flips != 4 && flips != 8) {
      throw new BadParameterException("flips=" + flips + " is not possible: give 1, 4 or 8.");
    }
    if (tile < 0) {
      throw new BadParameterException(
          "tile=" + tile + " is not possible: give pixels, or 0 to have it chosen.");
    }
    if (overlap < 0 || overlap > 1 << 14) {
      throw new BadParameterException(
          "overlap=" + overlap + " is not possible: give 0 to 16384 pixels.");
    }
    if (!(smoothingSigma >= 0 && smoothingSigma <= LARGEST_SIGMA)) {
      throw new BadParameterException(
          "smoothingSigma="
              + smoothingSigma
              + " is not possible: give 0 to "
              + LARGEST_SIGMA
              + " slices.");
    }
  }

  /**
   * The settings a model is best predicted with; where it has no wish, the defaults.
   *
   * @param model what it wishes
   * @param images voxel size of the images: a smoothing wished for thin slices is narrower, in
   *     slices, where they are thicker
   */
  public static InferenceOptions preferredBy(ModelDescription model, VoxelSize images) {
    PredictionSettings wish = model.inference();
    int tile = wish.tile() == null ? DEFAULTS.tile : wish.tile();
    int overlap = tile == 0 ? DEFAULTS.overlap : Math.min(DEFAULTS.overlap, tile / 4);
    double sigma = wish.smoothingSigma() == null ? DEFAULTS.smoothingSigma : wish.smoothingSigma();
    VoxelSize trained = model.voxelSize();
    Optional<VoxelSize> seen = images.in(trained.unit()).filter(VoxelSize::hasDepth);
    boolean comparable = trained.isKnown() && trained.hasDepth() && seen.isPresent();
    return new InferenceOptions(
        wish.flips() == null ? DEFAULTS.flips : wish.flips(),
        tile,
        wish.overlap() == null ? overlap : wish.overlap(),
        comparable ? Math.min(LARGEST_SIGMA, sigma * trained.z() / seen.get().z()) : sigma);
  }
}
