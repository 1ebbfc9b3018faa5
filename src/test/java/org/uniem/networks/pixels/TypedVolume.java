package org.uniem.networks.pixels;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/** Grey pixels in memory that say they are of a type. */
class TypedVolume implements Volume {

  private final int width;
  private final int height;
  private final int depth;
  private final PixelType type;
  private final float[] pixels;

  TypedVolume(int width, int height, int depth, PixelType type, float[] pixels) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.type = type;
    this.pixels = pixels;
  }

  @Override
  public String name() {
    return "images";
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
    return 1;
  }

  @Override
  public PixelType pixelType() {
    return type;
  }

  @Override
  public VoxelSize voxelSize() {
    return VoxelSize.UNKNOWN;
  }

  @Override
  public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    return ArrayImgs.floats(pixels, width, height, depth);
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    System.arraycopy(pixels, (int) z * width * height, target, 0, width * height);
  }

  @Override
  public void close() {}
}
