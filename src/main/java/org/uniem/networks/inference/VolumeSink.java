package org.uniem.networks.inference;

import java.util.List;
import org.uniem.volumes.VolumeWriter;

/**
 * Writes predicted slices into a volume, converted to an {@link OutputType}.
 *
 * <p>It neither commits nor closes the writer: whoever made the writer commits it after {@link
 * NetworkInference#predict} has returned. One thread at a time.
 */
public final class VolumeSink implements Sink {

  private final VolumeWriter writer;
  private final OutputType type;
  private final List<Integer> labelValues;
  private float[][] stored = new float[0][0];

  /**
   * @param writer made with {@link OutputType#spec}
   * @param type what is stored
   */
  public VolumeSink(VolumeWriter writer, OutputType type) {
    this(writer, type, List.of());
  }

  /**
   * @param writer made with {@link OutputType#spec}
   * @param type what is stored
   * @param labelValues what is written for each class; none for 0, 1, 2, …
   */
  public VolumeSink(VolumeWriter writer, OutputType type, List<Integer> labelValues) {
    this.writer = writer;
    this.type = type;
    this.labelValues = List.copyOf(labelValues);
  }

  @Override
  public void accept(long z, float[][] maps) {
    int channels = type.channels(maps.length);
    if (stored.length != channels || stored[0].length != maps[0].length) {
      stored = new float[channels][maps[0].length];
    }
    type.convert(maps, stored);
    if (type == OutputType.CLASSES && !labelValues.isEmpty()) {
      for (int i = 0; i < stored[0].length; i++) {
        stored[0][i] = labelValues.get((int) stored[0][i]);
      }
    }
    writer.writeSlice(stored);
  }
}
