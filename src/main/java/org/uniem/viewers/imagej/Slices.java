package org.uniem.viewers.imagej;

import ij.ImagePlus;
import ij.VirtualStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.VoxelSize;

/** A volume as a read-only ImageJ stack whose slices are loaded when they are shown. */
final class Slices extends VirtualStack {

  private final SliceReader reader;
  private final int width;
  private final int height;
  private final int depth;
  private final int bits;

  private <T extends RealType<T>> Slices(RandomAccessibleInterval<T> xyz) {
    reader = SliceReader.of(xyz);
    width = Math.toIntExact(xyz.dimension(0));
    height = Math.toIntExact(xyz.dimension(1));
    depth = Math.toIntExact(xyz.dimension(2));
    T type = xyz.getType();
    bits = type instanceof UnsignedByteType ? 8 : type instanceof UnsignedShortType ? 16 : 32;
  }

  @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
  static <T extends RealType<T>> Slices of(RandomAccessibleInterval<? extends RealType<?>> xyz) {
    return new Slices((RandomAccessibleInterval<T>) xyz);
  }

  /** An image of these slices. */
  ImagePlus image(String title, VoxelSize voxelSize) {
    ImagePlus image = new ImagePlus(title, this);
    image.setCalibration(calibration(voxelSize));
    return image;
  }

  static Calibration calibration(VoxelSize voxelSize) {
    Calibration calibration = new Calibration();
    calibration.pixelWidth = voxelSize.x();
    calibration.pixelHeight = voxelSize.y();
    calibration.pixelDepth = voxelSize.zOr(1);
    calibration.setUnit(voxelSize.unit());
    if (!voxelSize.hasDepth()) {
      calibration.setZUnit(VoxelSize.UNKNOWN.unit());
    }
    return calibration;
  }

  /**
   * Copies one slice.
   *
   * @param z from 0
   */
  float[] read(int z) {
    float[] values = new float[width * height];
    reader.read(z, values);
    return values;
  }

  @Override
  public ImageProcessor getProcessor(int n) {
    FloatProcessor values = new FloatProcessor(width, height, read(n - 1));
    return switch (bits) {
      case 8 -> bytes(values);
      case 16 -> shorts(values);
      default -> values;
    };
  }

  private ByteProcessor bytes(FloatProcessor values) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (int) values.getf(i);
    }
    return new ByteProcessor(width, height, pixels);
  }

  private ShortProcessor shorts(FloatProcessor values) {
    short[] pixels = new short[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (short) (int) values.getf(i);
    }
    return new ShortProcessor(width, height, pixels, null);
  }

  @Override
  public int getSize() {
    return depth;
  }

  @Override
  public int getWidth() {
    return width;
  }

  @Override
  public int getHeight() {
    return height;
  }

  @Override
  public int getBitDepth() {
    return bits;
  }

  @Override
  public String getSliceLabel(int n) {
    return null;
  }
}
