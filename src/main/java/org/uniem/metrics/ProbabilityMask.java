package org.uniem.metrics;

import net.imglib2.Dimensions;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.SliceReader;

/** Turns a probability map into a mask of 0 and 1, slice by slice. */
public final class ProbabilityMask {

  private ProbabilityMask() {}

  /**
   * The mask of a probability map.
   *
   * @param probabilities values 0 … {@link PixelType#fullScale()}
   * @param size width, height and depth
   * @param type type of the stored pixels, which says what stands for probability 1
   * @param threshold probability 0 … 1; voxels of this or more become 1, others 0
   * @return slices of 0 and 1; reading one throws {@link BadInputException} where a value is NaN or
   *     no probability, saying where
   * @throws BadParameterException if the threshold is not 0 … 1
   */
  public static LabelSlices of(
      SliceReader probabilities, Dimensions size, PixelType type, double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new BadParameterException(
          "threshold=" + threshold + " is no probability: give 0 … 1, for example 0.5.");
    }
    double fullScale = type.fullScale();
    double bound = threshold * fullScale;
    long width = size.dimension(0);
    return (z, target) -> {
      float[] values = new float[target.length];
      probabilities.read(z, values);
      for (int i = 0; i < target.length; i++) {
        float value = values[i];
        if (!(value >= 0 && value <= fullScale)) {
          throw new BadInputException(
              "The value "
                  + value
                  + " at x="
                  + i % width
                  + ", y="
                  + i / width
                  + " of slice z="
                  + z
                  + " (counted from 0) is no probability: expected 0 … "
                  + fullScale
                  + ". If the segmentation holds labels, leave out the threshold.");
        }
        target[i] = value >= bound ? 1 : 0;
      }
    };
  }
}
