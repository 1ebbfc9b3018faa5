package org.uniem.volumes;

import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** A volume with a voxel size given by the user. */
record RecalibratedVolume(Volume volume, VoxelSize voxelSize) implements Volume {

  @Override
  public String name() {
    return volume.name();
  }

  @Override
  public long width() {
    return volume.width();
  }

  @Override
  public long height() {
    return volume.height();
  }

  @Override
  public long depth() {
    return volume.depth();
  }

  @Override
  public int channels() {
    return volume.channels();
  }

  @Override
  public PixelType pixelType() {
    return volume.pixelType();
  }

  @Override
  public Optional<LabelKey> labelKey() {
    return volume.labelKey();
  }

  @Override
  public boolean holdsLabels() {
    return volume.holdsLabels();
  }

  @Override
  public void readLabels(long z, int channel, long[] target) {
    volume.readLabels(z, channel, target);
  }

  @Override
  public String sliceName(long z) {
    return volume.sliceName(z);
  }

  @Override
  public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    return volume.channel(channel);
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    volume.readSlice(z, channel, target);
  }

  @Override
  public void close() {
    volume.close();
  }
}
