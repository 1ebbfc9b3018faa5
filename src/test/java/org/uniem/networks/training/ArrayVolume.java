package org.uniem.networks.training;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/** A volume in memory for tests; slices are called {@code prefix} + position + {@code first}. */
final class ArrayVolume implements Volume {

  /** Value of a voxel. */
  interface Values {
    float at(int x, int y, int z, int channel);
  }

  private final String name;
  private final int width;
  private final int height;
  private final int depth;
  private final int channels;
  private final PixelType type;
  private final Values values;
  private String prefix;
  private String[] names;
  private int first;

  ArrayVolume(
      String name, int width, int height, int depth, int channels, PixelType type, Values values) {
    this.name = name;
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.channels = channels;
    this.type = type;
    this.values = values;
  }

  static ArrayVolume bytes(String name, int width, int height, int depth, Values values) {
    return new ArrayVolume(name, width, height, depth, 1, PixelType.UINT8, values);
  }

  ArrayVolume named(String slicePrefix, int firstNumber) {
    prefix = slicePrefix;
    first = firstNumber;
    return this;
  }

  ArrayVolume named(String... sliceNames) {
    names = sliceNames;
    return this;
  }

  @Override
  public String name() {
    return name;
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
    return new VoxelSize(5, 5, 20, "nm");
  }

  @Override
  public String sliceName(long z) {
    if (names != null) {
      return names[(int) z];
    }
    return prefix == null ? String.format("z%04d", z) : prefix + (first + z);
  }

  @Override
  public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    float[] all = new float[width * height * depth];
    float[] slice = new float[width * height];
    for (int z = 0; z < depth; z++) {
      readSlice(z, channel, slice);
      System.arraycopy(slice, 0, all, z * slice.length, slice.length);
    }
    return ArrayImgs.floats(all, width, height, depth);
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        target[y * width + x] = values.at(x, y, (int) z, channel);
      }
    }
  }

  @Override
  public void close() {}
}
