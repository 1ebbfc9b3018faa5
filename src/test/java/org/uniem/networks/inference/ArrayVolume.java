package org.uniem.networks.inference;

import java.util.concurrent.atomic.AtomicLong;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/** A volume whose pixels are computed; counts what was read. */
final class ArrayVolume implements Volume {

  /** Value of a pixel. */
  interface Pixels {
    float at(int x, int y, long z, int channel);
  }

  final AtomicLong lastRead = new AtomicLong(-1);
  private final int width;
  private final int height;
  private final long depth;
  private final int channels;
  private final PixelType type;
  private final Pixels pixels;

  ArrayVolume(int width, int height, long depth, int channels, PixelType type, Pixels pixels) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.channels = channels;
    this.type = type;
    this.pixels = pixels;
  }

  static ArrayVolume grey(int width, int height, long depth, Pixels pixels) {
    return new ArrayVolume(width, height, depth, 1, PixelType.UINT8, pixels);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public long width() {
    return width;
  }

  @Override
  public long height() {
    return height;
  }

  @Override
  public long depth() {
    return depth;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public PixelType pixelType() {
    return type;
  }

  @Override
  public VoxelSize voxelSize() {
    return new VoxelSize(4, 5, 30, "nm");
  }

  @Override
  public String sliceName(long z) {
    return "s" + z;
  }

  @Override
  public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        target[y * width + x] = pixels.at(x, y, z, channel);
      }
    }
    // The first slice begins a pass anew: one looks at brightness before the prediction reads.
    lastRead.updateAndGet(last -> z == 0 ? 0 : Math.max(last, z));
  }

  @Override
  public void close() {}
}
