package org.uniem.volumes;

import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** A volume that is another in all but what it overrules. */
interface DelegatingVolume extends Volume {

  /** The other volume, which is closed with this one. */
  Volume delegate();

  @Override
  default String name() {
    return delegate().name();
  }

  @Override
  default long width() {
    return delegate().width();
  }

  @Override
  default long height() {
    return delegate().height();
  }

  @Override
  default long depth() {
    return delegate().depth();
  }

  @Override
  default int channels() {
    return delegate().channels();
  }

  @Override
  default PixelType pixelType() {
    return delegate().pixelType();
  }

  @Override
  default VoxelSize voxelSize() {
    return delegate().voxelSize();
  }

  @Override
  default Optional<LabelKey> labelKey() {
    return delegate().labelKey();
  }

  @Override
  default boolean holdsLabels() {
    return delegate().holdsLabels();
  }

  @Override
  default void readLabels(long z, int channel, long[] target) {
    delegate().readLabels(z, channel, target);
  }

  @Override
  default List<String> notes() {
    return delegate().notes();
  }

  @Override
  default String sliceName(long z) {
    return delegate().sliceName(z);
  }

  @Override
  default RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    return delegate().channel(channel);
  }

  @Override
  default void readSlice(long z, int channel, float[] target) {
    delegate().readSlice(z, channel, target);
  }

  @Override
  default void close() {
    delegate().close();
  }
}
