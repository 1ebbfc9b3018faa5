package org.uniem.networks.pixels;

import java.util.Optional;
import org.uniem.networks.SeenPixels;
import org.uniem.volumes.PixelType;

/** Compares images with those that a model was trained on. */
record PixelComparison(PixelStatistics found, PixelScaling.Expected expected) {

  /** Deviations that the mean may be off, and by how much the deviation may differ. */
  private static final double NEAR = 1;

  private static final double NEAR_RATIO = 2;

  /** The same for 8-bit images, which are taken as they are and warned of. */
  private static final double FAR = 2;

  private static final double FAR_RATIO = 3;

  /** From here on, on both sides, more dark against more bright is no chance. */
  private static final double LOPSIDED = 0.1;

  /**
   * Whether images may be taken by a range of pixel values. 8-bit images always are, if they have
   * any: what their values mean is said by their type.
   */
  boolean fits(PixelScaling.Range range) {
    return found.type() == PixelType.UINT8 && eight(range)
        || within(range, NEAR, NEAR_RATIO)
        || found.isConstant();
  }

  private static boolean eight(PixelScaling.Range range) {
    return range.black() == 0 && range.white() == 255;
  }

  private boolean within(PixelScaling.Range range, double shift, double ratio) {
    double width = expected.intensity() ? 1 : range.white() - range.black();
    double zero = expected.intensity() ? 0 : range.black();
    double mean = (found.mean() - zero) / width;
    double deviation = found.deviation() / width;
    return Math.abs(mean - expected.mean()) <= shift * expected.deviation()
        && deviation <= ratio * expected.deviation()
        && deviation >= expected.deviation() / ratio;
  }

  /** What is to be said of images that are taken by a range; without the beginning. */
  Optional<String> warning(PixelScaling.Range range) {
    if (found.isConstant()) {
      return Optional.empty();
    }
    if (within(range, FAR, FAR_RATIO)) {
      return inversion();
    }
    double width = expected.intensity() ? 1 : range.white() - range.black();
    double zero = expected.intensity() ? 0 : range.black();
    return Optional.of(
        "lie far outside of what the model was trained on: mean "
            + PixelStatistics.number(found.mean())
            + " and deviation "
            + PixelStatistics.number(found.deviation())
            + " against "
            + PixelStatistics.number(zero + expected.mean() * width)
            + " and "
            + PixelStatistics.number(expected.deviation() * width)
            + " there. Adjust brightness and contrast of the images, or train on some of them.");
  }

  /** Says where dark and bright seem to have changed places; without the beginning. */
  Optional<String> inversion() {
    if (expected.seen().isEmpty() || found.isConstant()) {
      return Optional.empty();
    }
    SeenPixels seen = expected.seen().get();
    double there = lopsided(seen.low(), seen.median(), seen.high());
    double here = lopsided(found.low(), found.median(), found.high());
    boolean opposite = Math.min(there, here) < -LOPSIDED && Math.max(there, here) > LOPSIDED;
    return opposite
        ? Optional.of(
            "may have dark and bright exchanged: most are "
                + (here > 0 ? "dark" : "bright")
                + " where most of those that the model was trained on were "
                + (here > 0 ? "bright" : "dark")
                + ". Look at both, and invert the images if so.")
        : Optional.empty();
  }

  /** Below 0 where the bright ones are more. */
  private static double lopsided(double low, double median, double high) {
    return high > low ? (low + high - 2 * median) / (high - low) : 0;
  }
}
