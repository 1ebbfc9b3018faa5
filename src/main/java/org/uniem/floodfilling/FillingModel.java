package org.uniem.floodfilling;

import org.uniem.floodfilling.scene.Intensities;

/**
 * A network with what must be known to use it.
 *
 * @param predictor the network; stays open as long as this is used
 * @param intensities how the images become what the network sees
 * @param identity tells this network from every other, for example a checksum of its weights
 */
public record FillingModel(MaskPredictor predictor, Intensities intensities, String identity) {

  /**
   * @param mean intensity of an image that becomes 0 before the network sees it
   * @param deviation intensities that become a difference of 1; positive
   */
  public FillingModel(MaskPredictor predictor, float mean, float deviation, String identity) {
    this(predictor, new Intensities(mean, deviation), identity);
  }
}
