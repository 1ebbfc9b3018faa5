package org.uniem.networks;

import org.uniem.job.BadInputException;
import org.uniem.volumes.PixelType;

/**
 * The pixels that a network was trained on, in the units of the file, so that others can be brought
 * to the same range, or be told to be unlike them.
 *
 * @param type of the pixels
 * @param black the value that counted as 0; below it there was nothing
 * @param white the value that counted as 1, above black; beyond it there was nothing
 * @param low the value that one pixel in a thousand is below
 * @param median the value that half of the pixels are below
 * @param high the value that one pixel in a thousand is above
 * @param mean of the pixels between low and high
 * @param deviation standard deviation of these, 0 or more
 */
public record SeenPixels(
    PixelType type,
    double black,
    double white,
    double low,
    double median,
    double high,
    double mean,
    double deviation) {

  public SeenPixels {
    boolean possible =
        type != null
            && black < white
            && low <= median
            && median <= high
            && Double.isFinite(black + white + low + median + high + mean + deviation)
            && deviation >= 0;
    if (!possible) {
      throw new BadInputException(
          "normalisation seen is not possible: expected a type, black < white, low ≤ median ≤"
              + " high, mean and deviation, found "
              + type
              + ", "
              + black
              + " … "
              + white
              + ", "
              + low
              + ", "
              + median
              + ", "
              + high
              + ", "
              + mean
              + " and "
              + deviation
              + ".");
    }
  }
}
