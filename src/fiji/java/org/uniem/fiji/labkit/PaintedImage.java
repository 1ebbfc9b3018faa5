package org.uniem.fiji.labkit;

import bdv.cache.SharedQueue;
import bdv.util.AxisOrder;
import bdv.util.BdvFunctions;
import bdv.util.BdvOptions;
import bdv.util.BdvStackSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.imagej.ImgPlus;
import net.imagej.axis.Axes;
import net.imagej.axis.AxisType;
import net.imagej.axis.CalibratedAxis;
import net.imagej.axis.DefaultLinearAxis;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.ImgView;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.realtransform.AffineTransform3D;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.type.volatiles.VolatileARGBType;
import net.imglib2.type.volatiles.VolatileFloatType;
import net.imglib2.view.Views;
import org.uniem.fiji.voxels.CachedVoxels;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;
import sc.fiji.labkit.ui.bdv.BdvShowable;
import sc.fiji.labkit.ui.inputimage.InputImage;

/** A volume as Labkit wants it: loaded lazily, with voxel size and a contrast that suits it. */
final class PaintedImage implements InputImage {

  private final Volume volume;
  private final ContrastRange contrast;
  private final List<CachedVoxels> channels = new ArrayList<>();
  private final SharedQueue queue =
      new SharedQueue(Math.max(1, Runtime.getRuntime().availableProcessors()));
  private final VolumeImage image;

  /**
   * @param window told of predictions
   */
  PaintedImage(Volume volume, ContrastRange contrast, PredictionWindow window) {
    this.volume = volume;
    this.contrast = contrast;
    long bytes = Runtime.getRuntime().maxMemory() / 8 / volume.channels();
    for (int c = 0; c < volume.channels(); c++) {
      channels.add(CachedVoxels.of(volume.channel(c), queue, bytes));
    }
    image = wrap(window);
  }

  private VolumeImage wrap(PredictionWindow window) {
    List<CalibratedAxis> axes = new ArrayList<>();
    VoxelSize size = volume.voxelSize();
    axes.add(axis(Axes.X, size.x()));
    axes.add(axis(Axes.Y, size.y()));
    if (!isFlat()) {
      axes.add(axis(Axes.Z, size.zOr(size.x())));
    }
    RandomAccessibleInterval<FloatType> pixels;
    if (channels.size() == 1) {
      pixels = flat(channels.get(0).values(0));
    } else {
      axes.add(new DefaultLinearAxis(Axes.CHANNEL));
      pixels = Views.stack(channels.stream().map(channel -> flat(channel.values(0))).toList());
    }
    return new VolumeImage(
        ImgView.wrap(pixels, new CellImgFactory<>(new FloatType())),
        volume,
        Optional.of(window),
        axes.toArray(CalibratedAxis[]::new));
  }

  private CalibratedAxis axis(AxisType type, double scale) {
    return new DefaultLinearAxis(type, volume.voxelSize().unit(), scale);
  }

  private boolean isFlat() {
    return volume.depth() == 1;
  }

  private <T> RandomAccessibleInterval<T> flat(RandomAccessibleInterval<T> xyz) {
    return isFlat() ? Views.hyperSlice(xyz, 2, 0) : xyz;
  }

  @Override
  public ImgPlus<? extends NumericType<?>> imageForSegmentation() {
    return image;
  }

  @Override
  public String getDefaultLabelingFilename() {
    return volume.name() + ".labeling";
  }

  @Override
  public BdvShowable showable() {
    return new Showable();
  }

  /** Frees the voxels and the volume. */
  void close() {
    queue.shutdown();
    channels.forEach(CachedVoxels::clear);
    volume.close();
  }

  /** Red, green and blue of one voxel, invalid until all three are loaded. */
  private RandomAccessibleInterval<VolatileARGBType> colours() {
    List<RandomAccessibleInterval<VolatileFloatType>> rgb =
        channels.stream().limit(3).map(channel -> flat(channel.lazyValues(0))).toList();
    RandomAccessibleInterval<VolatileFloatType> first = rgb.get(0);
    return Views.interval(
        new FunctionRandomAccessible<>(
            first.numDimensions(),
            () -> {
              List<RandomAccess<VolatileFloatType>> parts =
                  rgb.stream().map(RandomAccessibleInterval::randomAccess).toList();
              return (place, colour) -> {
                int value = 0;
                boolean valid = true;
                for (RandomAccess<VolatileFloatType> part : parts) {
                  VolatileFloatType shade = part.setPositionAndGet(place);
                  valid &= shade.isValid();
                  value = value << 8 | grey(shade.get().get());
                }
                colour.setValid(valid);
                colour.get().set(0xff000000 | value);
              };
            },
            () -> new VolatileARGBType(0)),
        new FinalInterval(first));
  }

  private int grey(float value) {
    double share = (value - contrast.low()) / (contrast.high() - contrast.low());
    return (int) Math.round(255 * Math.max(0, Math.min(1, share)));
  }

  private final class Showable implements BdvShowable {

    @Override
    public Interval interval() {
      return new FinalInterval(flat(volume.channel(0)));
    }

    @Override
    public AffineTransform3D transformation() {
      VoxelSize size = volume.voxelSize();
      AffineTransform3D transform = new AffineTransform3D();
      transform.scale(size.x(), size.y(), size.zOr(size.x()));
      return transform;
    }

    @Override
    public BdvStackSource<?> show(String title, BdvOptions options) {
      BdvOptions placed =
          options
              .sourceTransform(transformation())
              .axisOrder(isFlat() ? AxisOrder.XY : AxisOrder.XYZ);
      if (channels.size() == 3) {
        return BdvFunctions.show(colours(), volume.name(), placed);
      }
      BdvStackSource<?> source =
          BdvFunctions.show(flat(channels.get(0).lazyValues(0)), volume.name(), placed);
      double width = contrast.high() - contrast.low();
      source.setDisplayRangeBounds(contrast.low() - width, contrast.high() + width);
      source.setDisplayRange(contrast.low(), contrast.high());
      source.setColor(new ARGBType(0xffffffff));
      return source;
    }
  }
}
