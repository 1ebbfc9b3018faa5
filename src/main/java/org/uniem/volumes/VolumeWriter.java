package org.uniem.volumes;

/**
 * Writes a volume slice by slice, in ascending order; nothing appears under the final name before
 * {@link #commit()}.
 *
 * <p>Closing without commit deletes what was written. Not thread-safe: one thread writes. Memory
 * does not grow with the number of slices.
 */
public interface VolumeWriter extends AutoCloseable {

  /**
   * Writes the next slice.
   *
   * @param channels one array per channel, each width × height values, x fastest; values are
   *     rounded to the nearest for the integer types
   * @throws org.uniem.job.OutputException if the place is full or not writable, or a value does not
   *     fit the pixel type
   */
  void writeSlice(float[]... channels);

  /**
   * Writes the next slice of label ids, exact to the last of 64 bits; all slices of a volume are
   * written either with this or with {@link #writeSlice}.
   *
   * @param channels one array per channel, each width × height ids, x fastest, unsigned
   * @throws org.uniem.job.OutputException if the place is full or not writable, or an id does not
   *     fit the pixel type
   */
  default void writeLabels(long[]... channels) {
    float[][] values = new float[channels.length][];
    for (int c = 0; c < values.length; c++) {
      values[c] = ExactLabels.asFloats(channels[c]);
    }
    writeSlice(values);
  }

  /** Completes the file or folder and moves it to its final name. */
  void commit();

  @Override
  void close();
}
