package org.uniem.volumes.stack;

import org.uniem.volumes.PixelType;

/**
 * Size and type of one two-dimensional image.
 *
 * @param width pixels along x
 * @param height pixels along y
 * @param channels values per pixel, without transparency
 * @param pixelType type of one value
 */
record PlaneShape(int width, int height, int channels, PixelType pixelType) {

  int pixels() {
    return width * height;
  }

  /** Bytes of a decoded image. */
  long bytes() {
    return (long) pixels() * channels * bytesPerValue(pixelType);
  }

  static int bytesPerValue(PixelType type) {
    return switch (type) {
      case UINT8 -> 1;
      case UINT16 -> 2;
      case FLOAT32 -> 4;
    };
  }

  /** For people. */
  @Override
  public String toString() {
    String type =
        switch (pixelType) {
          case UINT8 -> "8-bit";
          case UINT16 -> "16-bit";
          case FLOAT32 -> "32-bit float";
        };
    return width
        + " x "
        + height
        + " pixels, "
        + (channels == 1 ? "1 channel, " : channels + " channels, ")
        + type;
  }
}
