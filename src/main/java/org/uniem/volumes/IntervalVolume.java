package org.uniem.volumes;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.util.Intervals;
import net.imglib2.util.Util;
import net.imglib2.view.Views;
import org.uniem.job.BadInputException;

/** A volume over intervals that someone else holds. */
final class IntervalVolume implements Volume {

  private final List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
  private final PixelType pixelType;
  private final VoxelSize voxelSize;
  private final String name;

  IntervalVolume(
      List<? extends RandomAccessibleInterval<? extends RealType<?>>> intervals,
      VoxelSize voxelSize,
      String name) {
    this.voxelSize = voxelSize;
    this.name = name;
    if (intervals.isEmpty()) {
      throw new BadInputException(name + " has no channels: expected 1 or more.");
    }
    for (RandomAccessibleInterval<? extends RealType<?>> interval : intervals) {
      channels.add(asXyz(interval, name));
    }
    pixelType = typeOf(channels.get(0));
    for (int c = 1; c < channels.size(); c++) {
      requireSame(c);
    }
  }

  private void requireSame(int c) {
    RandomAccessibleInterval<? extends RealType<?>> first = channels.get(0);
    RandomAccessibleInterval<? extends RealType<?>> other = channels.get(c);
    if (!Intervals.equalDimensions(first, other) || typeOf(other) != pixelType) {
      throw new BadInputException(
          "The channels of "
              + name
              + " differ: expected "
              + describe(first)
              + " as in channel 0, found "
              + describe(other)
              + " in channel "
              + c
              + ".");
    }
  }

  private static String describe(RandomAccessibleInterval<? extends RealType<?>> xyz) {
    return Util.printInterval(xyz) + " " + typeOf(xyz);
  }

  private static <T extends RealType<T>> RandomAccessibleInterval<T> asXyz(
      RandomAccessibleInterval<? extends RealType<?>> interval, String name) {
    @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
    RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) interval;
    if (typed.numDimensions() == 2) {
      return Views.zeroMin(Views.addDimension(typed, 0, 0));
    }
    if (typed.numDimensions() != 3) {
      throw new BadInputException(
          name + " has " + typed.numDimensions() + " axes: expected x, y, z or x, y.");
    }
    return Views.zeroMin(typed);
  }

  private static PixelType typeOf(RandomAccessibleInterval<? extends RealType<?>> interval) {
    RealType<?> type = interval.getAt(interval.minAsLongArray());
    if (type instanceof UnsignedByteType) {
      return PixelType.UINT8;
    }
    if (type instanceof UnsignedIntType) {
      return PixelType.UINT32;
    }
    if (type instanceof UnsignedLongType) {
      return PixelType.UINT64;
    }
    return type instanceof UnsignedShortType ? PixelType.UINT16 : PixelType.FLOAT32;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long width() {
    return channels.get(0).dimension(0);
  }

  @Override
  public long height() {
    return channels.get(0).dimension(1);
  }

  @Override
  public long depth() {
    return channels.get(0).dimension(2);
  }

  @Override
  public int channels() {
    return channels.size();
  }

  @Override
  public PixelType pixelType() {
    return pixelType;
  }

  @Override
  public VoxelSize voxelSize() {
    return voxelSize;
  }

  @Override
  public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    return channels.get(channel);
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    Cursor<? extends RealType<?>> cursor =
        Views.flatIterable(Views.hyperSlice(channels.get(channel), 2, z)).cursor();
    for (int i = 0; cursor.hasNext(); i++) {
      target[i] = cursor.next().getRealFloat();
    }
  }

  @Override
  public void readLabels(long z, int channel, long[] target) {
    RandomAccessibleInterval<? extends RealType<?>> slice =
        Views.hyperSlice(channels.get(channel), 2, z);
    RealType<?> type = slice.getType();
    if (!(type instanceof IntegerType)) {
      Volume.super.readLabels(z, channel, target);
      return;
    }
    copy(slice, target);
    for (int i = 0; i < target.length && type.getMinValue() < 0; i++) {
      if (target[i] < 0) {
        throw new BadInputException(
            name
                + " has the value "
                + target[i]
                + " at x="
                + i % width()
                + ", y="
                + i / width()
                + " of slice z="
                + z
                + " (counted from 0): expected a label, 0 or more.");
      }
    }
  }

  @SuppressWarnings("unchecked") // the caller looked at the type
  private static <L extends IntegerType<L>> void copy(
      RandomAccessibleInterval<?> labels, long[] target) {
    LabelCopy.copy((RandomAccessibleInterval<L>) labels, labels, target);
  }

  @Override
  public void close() {
    // The intervals belong to the caller.
  }
}
