package org.uniem.volumes;

import java.util.Arrays;
import java.util.Optional;

/** The pixel types that volumes are read and written in. */
public enum PixelType {
  /** Unsigned, 0 … 255. */
  UINT8(255, 255),
  /** Unsigned, 0 … 65535. */
  UINT16(65535, 65535),
  /** 32-bit float; whole numbers are exact up to 2²⁴. */
  FLOAT32(1 << 24, 1);

  private final long largestLabel;
  private final double fullScale;

  PixelType(long largestLabel, double fullScale) {
    this.largestLabel = largestLabel;
    this.fullScale = fullScale;
  }

  /**
   * The smallest type that holds label ids up to a largest one, empty where none does.
   *
   * @param largest the largest id, 0 or more
   */
  public static Optional<PixelType> holding(long largest) {
    return Arrays.stream(values()).filter(type -> largest <= type.largestLabel).findFirst();
  }

  /** The largest label id that this type holds exactly. */
  public long largestLabel() {
    return largestLabel;
  }

  /** The value that stands for probability 1: the largest of the integer types, 1 for floats. */
  public double fullScale() {
    return fullScale;
  }
}
