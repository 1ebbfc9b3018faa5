package org.uniem.networks;

import java.util.Locale;
import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;

/** Reads images for networks, which one pixel that is not a number would spoil. */
public final class FinitePixels {

  private FinitePixels() {}

  /**
   * Copies one slice of one channel, as {@link Volume#readSlice} does.
   *
   * @param images grey or colour
   * @param z slice, from 0
   * @param channel from 0
   * @param target receives width × height values, x fastest
   * @throws BadInputException if a pixel is infinite or NaN, or the slice cannot be read; says
   *     where
   */
  public static void read(Volume images, long z, int channel, float[] target) {
    images.readSlice(z, channel, target);
    for (int i = 0; i < target.length; i++) {
      if (!Float.isFinite(target[i])) {
        throw new BadInputException(
            String.format(
                Locale.ROOT,
                "Slice %d (%s) of \"%s\" has the value %s at x=%d, y=%d%s: expected finite numbers."
                    + " Replace such pixels, for example with Process > Noise > Remove NaNs.",
                z,
                images.sliceName(z),
                images.name(),
                target[i],
                i % images.width(),
                i / images.width(),
                images.channels() > 1 ? ", channel " + channel : ""));
      }
    }
  }
}
