package org.uniem.networks.inference;

import java.util.Arrays;
import org.uniem.networks.FinitePixels;
import org.uniem.networks.pixels.Luminance;
import org.uniem.volumes.Volume;

/**
 * One slice of the images as read, with the grey version that grey networks see of colour.
 *
 * @param planes [channel][y · width + x], pixel values of the file
 * @param grey luminance of three channels, {@code null} where no network needs it
 */
record Slice(float[][] planes, float[] grey) {

  /**
   * Reads a slice.
   *
   * @param withGrey whether the luminance of a colour image is needed
   * @throws org.uniem.job.BadInputException if a pixel is not finite; says where
   */
  static Slice read(Volume images, long z, boolean withGrey) {
    int pixels = Math.toIntExact(images.width() * images.height());
    float[][] planes = new float[images.channels()][pixels];
    for (int c = 0; c < planes.length; c++) {
      FinitePixels.read(images, z, c, planes[c]);
    }
    return new Slice(planes, withGrey && planes.length == 3 ? Luminance.of(planes) : null);
  }

  /**
   * The planes a network with so many image channels is fed; not copied.
   *
   * @param imageChannels the number of channels of the images; or 1 where those are colour; or any
   *     where they are grey
   */
  float[][] planes(int imageChannels) {
    if (imageChannels == planes.length) {
      return planes;
    }
    if (imageChannels == 1) {
      return new float[][] {grey};
    }
    float[][] replicated = new float[imageChannels][];
    Arrays.fill(replicated, planes[0]);
    return replicated;
  }
}
