package org.uniem.commands.networks;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/** A label volume of which some slices count and all others are unlabelled. Thread-safe. */
final class SelectedSlices implements Volume {

  private final Volume labels;
  private final Set<Long> chosen;
  private final float unlabelled;

  /**
   * @param labels closed with this
   * @param chosen slices whose labels count
   * @param unlabelled value of all pixels of the other slices
   */
  SelectedSlices(Volume labels, List<Long> chosen, float unlabelled) {
    this.labels = labels;
    this.chosen = new HashSet<>(chosen);
    this.unlabelled = unlabelled;
  }

  @Override
  public String name() {
    return labels.name();
  }

  @Override
  public long width() {
    return labels.width();
  }

  @Override
  public long height() {
    return labels.height();
  }

  @Override
  public long depth() {
    return labels.depth();
  }

  @Override
  public int channels() {
    return labels.channels();
  }

  /** Float, which holds the unlabelled value whatever the labels are. */
  @Override
  public PixelType pixelType() {
    return PixelType.FLOAT32;
  }

  @Override
  public VoxelSize voxelSize() {
    return labels.voxelSize();
  }

  @Override
  public Optional<LabelKey> labelKey() {
    return labels.labelKey();
  }

  @Override
  public String sliceName(long z) {
    return labels.sliceName(z);
  }

  @Override
  public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    RandomAccessibleInterval<? extends RealType<?>> all = labels.channel(channel);
    return Views.interval(
        new FunctionRandomAccessible<>(
            3,
            () -> {
              RandomAccess<? extends RealType<?>> access = all.randomAccess();
              return (place, value) ->
                  value.set(
                      chosen.contains(place.getLongPosition(2))
                          ? access.setPositionAndGet(place).getRealFloat()
                          : unlabelled);
            },
            FloatType::new),
        new FinalInterval(all));
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    if (chosen.contains(z)) {
      labels.readSlice(z, channel, target);
    } else {
      Arrays.fill(target, unlabelled);
    }
  }

  @Override
  public void readLabels(long z, int channel, long[] target) {
    if (chosen.contains(z)) {
      labels.readLabels(z, channel, target);
    } else {
      Arrays.fill(target, (long) unlabelled);
    }
  }

  @Override
  public void close() {
    labels.close();
  }
}
