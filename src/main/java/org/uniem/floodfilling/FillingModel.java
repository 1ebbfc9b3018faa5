package org.uniem.floodfilling;

import org.uniem.job.BadInputException;

/**
 * A network with what must be known to use it.
 *
 * @param predictor the network; stays open as long as this is used
 * @param mean intensity of an image that becomes 0 before the network sees it
 * @param deviation intensities that become a difference of 1; positive
 * @param identity tells this network from every other, for example a checksum of its weights
 */
public record FillingModel(MaskPredictor predictor, float mean, float deviation, String identity) {

  public FillingModel {
    if (!Float.isFinite(mean) || !(deviation > 0) || !Float.isFinite(deviation)) {
      throw new BadInputException(
          "The network expects images of mean "
              + mean
              + " and standard deviation "
              + deviation
              + ": expected a number and a positive number. Import it again with the mean and"
              + " deviation it was trained with.");
    }
  }
}
