package org.uniem.annotation;

import java.util.Arrays;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.view.Views;
import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/**
 * A stack of labelled objects that gives its slices one by one, so that nobody need hold it.
 *
 * <p>Thread-safe: several slices are read at a time, in any order, some more than once. A label is
 * the id of an object, 1 or more; 0 is background.
 */
public interface LabelStack {

  /** Size along x in voxels. */
  int width();

  /** Size along y in voxels. */
  int height();

  /** Number of slices. */
  int depth();

  /** Edge lengths of a voxel. */
  VoxelSize voxelSize();

  /**
   * Copies one slice.
   *
   * @param z slice, 0 … depth−1
   * @param target receives width × height labels, x fastest
   * @throws BadInputException if a value is no label; says where
   */
  void read(int z, long[] target);

  /**
   * The labels of a grey volume.
   *
   * @param volume whole numbers 0 … 2²⁴, the ids that are exact in a float; stays open as long as
   *     the stack is used
   */
  static LabelStack of(Volume volume) {
    return new VolumeLabels(volume);
  }

  /**
   * The labels of an image.
   *
   * @param labels ids up to 2⁶³ − 1, axes x, y, z, may start anywhere
   * @param voxelSize its voxel size
   * @throws BadInputException if it has other axes or a side beyond 2³¹ − 1
   */
  static <T extends IntegerType<T>> LabelStack of(
      RandomAccessibleInterval<T> labels, VoxelSize voxelSize) {
    long[] size = labels.dimensionsAsLongArray();
    if (size.length != 3 || Arrays.stream(size).anyMatch(n -> n < 1 || n > Integer.MAX_VALUE)) {
      throw new BadInputException(
          "The labels have size "
              + Arrays.toString(size)
              + ": expected x, y and z, each 1 to 2147483647 voxels.");
    }
    return new IntervalLabels<>(Views.zeroMin(labels), voxelSize);
  }

  /**
   * Labels of a volume.
   *
   * @param volume read as floats
   */
  record VolumeLabels(Volume volume) implements LabelStack {

    private static final double LARGEST_EXACT = 1 << 24;

    @Override
    public int width() {
      return Math.toIntExact(volume.width());
    }

    @Override
    public int height() {
      return Math.toIntExact(volume.height());
    }

    @Override
    public int depth() {
      return Math.toIntExact(volume.depth());
    }

    @Override
    public VoxelSize voxelSize() {
      return volume.voxelSize();
    }

    @Override
    public void read(int z, long[] target) {
      float[] slice = new float[target.length];
      volume.readSlice(z, 0, slice);
      for (int i = 0; i < slice.length; i++) {
        float value = slice[i];
        target[i] = (long) value;
        if (!(value >= 0 && value <= LARGEST_EXACT) || target[i] != value) {
          throw new BadInputException(
              "The labels "
                  + volume.name()
                  + " have the value "
                  + value
                  + " at x="
                  + i % width()
                  + ", y="
                  + i / width()
                  + " of slice z="
                  + z
                  + " (counted from 0): expected an id, a whole number 0 … 16777216. If it is a"
                  + " probability map, give it to label-objects first.");
        }
      }
    }
  }

  /**
   * Labels of an image.
   *
   * @param labels axes x, y, z, each from 0
   * @param voxelSize of the image
   */
  record IntervalLabels<T extends IntegerType<T>>(
      RandomAccessibleInterval<T> labels, VoxelSize voxelSize) implements LabelStack {

    @Override
    public int width() {
      return (int) labels.dimension(0);
    }

    @Override
    public int height() {
      return (int) labels.dimension(1);
    }

    @Override
    public int depth() {
      return (int) labels.dimension(2);
    }

    @Override
    public void read(int z, long[] target) {
      Cursor<T> cursor = Views.flatIterable(Views.hyperSlice(labels, 2, z)).cursor();
      for (int i = 0; cursor.hasNext(); i++) {
        target[i] = cursor.next().getIntegerLong();
        if (target[i] < 0) {
          throw new BadInputException(
              "The labels have the value "
                  + target[i]
                  + " at x="
                  + i % width()
                  + ", y="
                  + i / width()
                  + " of slice z="
                  + z
                  + " (counted from 0): expected an id, 0 … 9223372036854775807.");
        }
      }
    }
  }
}
