package org.uniem.volumes;

import org.uniem.job.BadInputException;

/** Gives the slices of a probability map as numbers 0 … 1, whatever its pixel type. */
public final class ProbabilitySlices {

  private ProbabilitySlices() {}

  /**
   * The probabilities of one channel.
   *
   * @param map stays open as long as the reader is used; values 0 … {@link PixelType#fullScale()}
   * @param channel 0 … channels−1
   * @param inverted whether 1 − p is given instead of p
   * @return reading a slice throws {@link BadInputException} where a value is NaN or no
   *     probability, saying where
   */
  public static SliceReader of(Volume map, int channel, boolean inverted) {
    float fullScale = (float) map.pixelType().fullScale();
    return (z, target) -> {
      map.readSlice(z, channel, target);
      for (int i = 0; i < target.length; i++) {
        float value = target[i];
        if (!(value >= 0 && value <= fullScale)) {
          throw noProbability(map, channel, z, i, value);
        }
        float probability = value / fullScale;
        target[i] = inverted ? 1 - probability : probability;
      }
    };
  }

  /**
   * The values of a probability map as they are stored, those of floats checked.
   *
   * @param map stays open as long as the reader is used
   * @param channel 0 … channels−1
   * @return reading a slice throws {@link BadInputException} where a value is no probability,
   *     saying where; NaN passes, as a mask may leave it out
   */
  public static SliceReader stored(Volume map, int channel) {
    if (map.pixelType() != PixelType.FLOAT32) {
      return SliceReader.of(map, channel);
    }
    return (z, target) -> {
      map.readSlice(z, channel, target);
      for (int i = 0; i < target.length; i++) {
        if (target[i] < 0 || target[i] > 1) {
          throw noProbability(map, channel, z, i, target[i]);
        }
      }
    };
  }

  private static BadInputException noProbability(
      Volume map, int channel, long z, int index, float value) {
    return new BadInputException(
        map.name()
            + (map.channels() > 1 ? ", channel " + channel + "," : "")
            + " has the value "
            + value
            + " at x="
            + index % map.width()
            + ", y="
            + index / map.width()
            + " of slice z="
            + z
            + " (counted from 0): expected a probability 0 … "
            + (map.pixelType() == PixelType.FLOAT32 ? "1" : (int) map.pixelType().fullScale())
            + ". If these are labels, give them as labels, and a probability map here.");
  }
}
