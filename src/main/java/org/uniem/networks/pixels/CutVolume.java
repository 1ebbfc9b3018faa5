package org.uniem.networks.pixels;

import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/**
 * Images whose values are cut to a range, so that a hot pixel is as bright as the brightest others.
 * Closing it closes the images. Thread-safe as they are.
 *
 * @param images what is cut
 * @param least smallest value there is
 * @param most largest value there is
 */
public record CutVolume(Volume images, float least, float most) implements Volume {

  private float cut(float value) {
    return Math.min(most, Math.max(least, value));
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    images.readSlice(z, channel, target);
    for (int i = 0; i < target.length; i++) {
      // What is no number stays so, for it is looked for afterwards.
      if (Float.isFinite(target[i])) {
        target[i] = cut(target[i]);
      }
    }
  }

  @Override
  public RandomAccessibleInterval<FloatType> channel(int channel) {
    return convert(images.channel(channel));
  }

  @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
  private <T extends RealType<T>> RandomAccessibleInterval<FloatType> convert(
      RandomAccessibleInterval<? extends RealType<?>> from) {
    return Converters.convert(
        (RandomAccessibleInterval<T>) from,
        (in, out) -> out.set(cut(in.getRealFloat())),
        new FloatType());
  }

  @Override
  public String name() {
    return images.name();
  }

  @Override
  public long width() {
    return images.width();
  }

  @Override
  public long height() {
    return images.height();
  }

  @Override
  public long depth() {
    return images.depth();
  }

  @Override
  public int channels() {
    return images.channels();
  }

  @Override
  public PixelType pixelType() {
    return images.pixelType();
  }

  @Override
  public VoxelSize voxelSize() {
    return images.voxelSize();
  }

  @Override
  public Optional<LabelKey> labelKey() {
    return images.labelKey();
  }

  @Override
  public String sliceName(long z) {
    return images.sliceName(z);
  }

  @Override
  public void close() {
    images.close();
  }
}
