package org.uniem.volumes.planes;

import org.uniem.volumes.PixelType;

/** The decoded pixels of one two-dimensional image: one primitive array per channel. */
public final class Plane {

  private final PlaneShape shape;

  /** byte[], short[] or float[] of width × height, x fastest. */
  private final Object[] channels;

  public Plane(PlaneShape shape) {
    this.shape = shape;
    channels = new Object[shape.channels()];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = newArray(shape.pixelType(), shape.pixels());
    }
  }

  private static Object newArray(PixelType type, int size) {
    return switch (type) {
      case UINT8 -> new byte[size];
      case UINT16 -> new short[size];
      case FLOAT32 -> new float[size];
      case UINT32, UINT64 -> throw new IllegalArgumentException(type + " is not in images.");
    };
  }

  public PlaneShape shape() {
    return shape;
  }

  /** The array of one channel, shared with this plane. */
  public Object channel(int c) {
    return channels[c];
  }

  public void copyTo(int channel, float[] target) {
    int size = shape.pixels();
    if (channels[channel] instanceof byte[] bytes) {
      for (int i = 0; i < size; i++) {
        target[i] = bytes[i] & 0xff;
      }
    } else if (channels[channel] instanceof short[] shorts) {
      for (int i = 0; i < size; i++) {
        target[i] = shorts[i] & 0xffff;
      }
    } else {
      System.arraycopy(channels[channel], 0, target, 0, size);
    }
  }
}
