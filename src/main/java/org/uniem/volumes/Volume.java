package org.uniem.volumes;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * A readable stack of slices, grey or colour, that may be larger than memory.
 *
 * <p>Axes are x, y, z, all from 0; slices are read when they are first needed and kept in a bounded
 * cache. Thread-safe. Pixel values are those of the file: an 8-bit image has values 0 … 255. Close
 * it to release files and memory.
 */
public interface Volume extends AutoCloseable {

  /** A short name for people: the last part of the path. */
  String name();

  /** Size along x in pixels. */
  long width();

  /** Size along y in pixels. */
  long height();

  /** Number of slices. */
  long depth();

  /** 1 for grey, 3 for red, green, blue; more for several probability maps. */
  int channels();

  /** Type of the stored pixels (of one channel). */
  PixelType pixelType();

  /** Voxel size, {@link VoxelSize#UNKNOWN} where the file says nothing. */
  VoxelSize voxelSize();

  /** What the values of painted labels mean, empty where the file says nothing. */
  default Optional<LabelKey> labelKey() {
    return Optional.empty();
  }

  /**
   * What the user should know of how the files were read: what was left out, what looks as if it
   * were missing. Commands show each when they open the volume.
   *
   * @return sentences, the files named in them; none where there is nothing to say
   */
  default List<String> notes() {
    return List.of();
  }

  /**
   * A name of one slice for messages and output files.
   *
   * @param z slice, 0 … depth−1
   * @return the file name without extension for a folder of slices, else {@link #numbered}
   */
  default String sliceName(long z) {
    return numbered(z);
  }

  /**
   * The name of a slice that has no other: {@code "z0012"}, in digits 0 … 9 in every language.
   *
   * @param z slice, from 0
   */
  static String numbered(long z) {
    return String.format(Locale.ROOT, "z%04d", z);
  }

  /**
   * One channel as a lazily loaded interval x, y, z.
   *
   * @param channel 0 … channels−1
   */
  RandomAccessibleInterval<? extends RealType<?>> channel(int channel);

  /** Whether the file says that its values are the ids of objects or classes, not intensities. */
  default boolean holdsLabels() {
    return labelKey().isPresent();
  }

  /**
   * Copies one slice of label ids, exact to the last of 64 bits.
   *
   * @param z slice, 0 … depth−1
   * @param channel 0 … channels−1
   * @param target receives width × height ids, x fastest; those of 2⁶³ and more are negative, as
   *     unsigned 64-bit numbers are in Java
   * @throws org.uniem.job.BadInputException if the slice cannot be read, or a value is no id: not
   *     whole, negative, or a float beyond 2²⁴, which may have lost its last digits
   */
  default void readLabels(long z, int channel, long[] target) {
    ExactLabels.read(this, z, channel, target);
  }

  /**
   * Copies one slice of one channel; integers beyond 2²⁴ are rounded to the nearest float, see
   * {@link #readLabels}.
   *
   * @param z slice, 0 … depth−1
   * @param channel 0 … channels−1
   * @param target receives width × height values, x fastest
   * @throws org.uniem.job.BadInputException if the slice cannot be read; says which file and slice
   */
  void readSlice(long z, int channel, float[] target);

  @Override
  void close();
}
