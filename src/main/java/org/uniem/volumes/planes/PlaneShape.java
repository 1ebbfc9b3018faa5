package org.uniem.volumes.planes;

import org.uniem.volumes.PixelType;

/**
 * Size and type of one two-dimensional image.
 *
 * @param width pixels along x
 * @param height pixels along y
 * @param channels values per pixel, without transparency
 * @param pixelType type of one value
 */
public record PlaneShape(int width, int height, int channels, PixelType pixelType) {

  public int pixels() {
    return width * height;
  }

  /** Bytes of a decoded image. */
  public long bytes() {
    return (long) pixels() * channels * pixelType.bytes();
  }

  /** For people. */
  @Override
  public String toString() {
    String type = 8 * pixelType.bytes() + (pixelType == PixelType.FLOAT32 ? "-bit float" : "-bit");
    return width
        + " x "
        + height
        + " pixels, "
        + (channels == 1 ? "1 channel, " : channels + " channels, ")
        + type;
  }
}
