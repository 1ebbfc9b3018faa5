package org.uniem.volumes;

import java.util.List;
import java.util.Optional;

/** The pixel types that volumes are read and written in. */
public enum PixelType {
  /** Unsigned, 0 … 255. */
  UINT8(1, 255, 255),
  /** Unsigned, 0 … 65535. */
  UINT16(2, 65535, 65535),
  /** Unsigned, 0 … 2³²−1; not in stacks of images. */
  UINT32(4, 0xffff_ffffL, 0xffff_ffffL),
  /** Unsigned, 0 … 2⁶⁴−1, for label ids; not in stacks of images. */
  UINT64(8, Long.MAX_VALUE, 0x1p64),
  /** 32-bit float; whole numbers are exact up to 2²⁴. */
  FLOAT32(4, 1 << 24, 1);

  /** What TIFF stacks and folders of slices hold, in the order of {@link #holding}. */
  public static final List<PixelType> OF_STACKS = List.of(UINT8, UINT16, FLOAT32);

  private final int bytes;
  private final long largestLabel;
  private final double fullScale;

  PixelType(int bytes, long largestLabel, double fullScale) {
    this.bytes = bytes;
    this.largestLabel = largestLabel;
    this.fullScale = fullScale;
  }

  /**
   * The smallest type in stacks of images that holds label ids up to a largest one, empty where
   * none does; {@link Volumes#labelType} knows the types of other formats.
   *
   * @param largest the largest id, 0 or more
   */
  public static Optional<PixelType> holding(long largest) {
    return OF_STACKS.stream().filter(type -> largest <= type.largestLabel).findFirst();
  }

  /** Bytes of one value. */
  public int bytes() {
    return bytes;
  }

  /**
   * The largest label id that this type holds exactly; of {@link #UINT64} the largest that is
   * positive as a {@code long}.
   */
  public long largestLabel() {
    return largestLabel;
  }

  /** The value that stands for probability 1: the largest of the integer types, 1 for floats. */
  public double fullScale() {
    return fullScale;
  }
}
