package org.uniem.volumes;

/** The pixel types that volumes are read and written in. */
public enum PixelType {
  /** Unsigned, 0 … 255. */
  UINT8(255),
  /** Unsigned, 0 … 65535. */
  UINT16(65535),
  /** 32-bit float; whole numbers are exact up to 2²⁴. */
  FLOAT32(1 << 24);

  private final long largestLabel;

  PixelType(long largestLabel) {
    this.largestLabel = largestLabel;
  }

  /** The largest label id that this type holds exactly. */
  public long largestLabel() {
    return largestLabel;
  }
}
