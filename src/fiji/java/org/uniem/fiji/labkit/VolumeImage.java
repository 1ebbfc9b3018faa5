package org.uniem.fiji.labkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import net.imagej.ImgPlus;
import net.imagej.axis.Axes;
import net.imagej.axis.CalibratedAxis;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** An image of Labkit that knows the volume it shows and the window it is shown in. */
final class VolumeImage extends ImgPlus<FloatType> {

  private final Volume volume;
  private final Optional<PredictionWindow> window;
  private Volume fixed;

  VolumeImage(
      Img<FloatType> pixels,
      Volume volume,
      Optional<PredictionWindow> window,
      CalibratedAxis... axes) {
    super(pixels, volume.name(), axes);
    this.volume = volume;
    this.window = window;
  }

  /** The window an image is shown in, empty in Labkit's own. */
  static Optional<PredictionWindow> windowOf(ImgPlus<?> image) {
    return image instanceof VolumeImage own ? own.window : Optional.empty();
  }

  /**
   * The pixels of an image of Labkit, in a type whose range is fixed: floats become 16 bits.
   *
   * @param image x, y, perhaps z and channel
   * @throws CancellationException if it has other axes or pixels; says so, for Labkit to show
   */
  static Volume volumeOf(ImgPlus<?> image) {
    return image instanceof VolumeImage own ? own.fixed() : fixedRange(channelsOf(image));
  }

  private synchronized Volume fixed() {
    if (fixed == null) {
      fixed = fixedRange(volume);
    }
    return fixed;
  }

  private static Volume channelsOf(ImgPlus<?> image) {
    int channel = image.dimensionIndex(Axes.CHANNEL);
    int spatial = image.numDimensions() - (channel < 0 ? 0 : 1);
    if (image.dimensionIndex(Axes.TIME) >= 0
        || spatial < 2
        || spatial > 3
        || !(image.firstElement() instanceof RealType)) {
      throw new CancellationException(
          "A UNI-EM network takes images and stacks of numbers, without a time axis. Convert the"
              + " image, for example to 8-bit grey.");
    }
    @SuppressWarnings("unchecked") // checked above
    RandomAccessibleInterval<? extends RealType<?>> pixels =
        (RandomAccessibleInterval<? extends RealType<?>>) (RandomAccessibleInterval<?>) image;
    List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
    for (long c = 0; c < (channel < 0 ? 1 : image.dimension(channel)); c++) {
      channels.add(channel < 0 ? pixels : Views.hyperSlice(pixels, channel, c));
    }
    return Volumes.of(channels, VoxelSize.UNKNOWN, String.valueOf(image.getName()));
  }

  private static Volume fixedRange(Volume volume) {
    boolean integers =
        volume.channel(0).getType() instanceof UnsignedByteType
            || volume.channel(0).getType() instanceof UnsignedShortType;
    if (integers && volume.pixelType() != PixelType.FLOAT32) {
      return volume;
    }
    ContrastRange range = ContrastRange.ofData(volume.channel(0));
    List<RandomAccessibleInterval<UnsignedShortType>> channels = new ArrayList<>();
    for (int c = 0; c < volume.channels(); c++) {
      channels.add(
          Converters.convert2(
              volume.channel(c),
              (in, out) -> out.set(sixteenBits(in.getRealDouble(), range)),
              UnsignedShortType::new));
    }
    return Volumes.of(channels, volume.voxelSize(), volume.name());
  }

  private static int sixteenBits(double value, ContrastRange range) {
    double share = (value - range.low()) / (range.high() - range.low());
    // The middle half, so that what lies beyond the sampled range is told apart too.
    return (int) Math.max(0, Math.min(65535, Math.round(16384 + 32768 * share)));
  }
}
