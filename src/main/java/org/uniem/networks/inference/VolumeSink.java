package org.uniem.networks.inference;

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
  private float[][] stored = new float[0][0];

  /**
   * @param writer made with {@link OutputType#spec}
   * @param type what is stored
   */
  public VolumeSink(VolumeWriter writer, OutputType type) {
    this.writer = writer;
    this.type = type;
  }

  @Override
  public void accept(long z, float[][] maps) {
    int channels = type.channels(maps.length);
    if (stored.length != channels || stored[0].length != maps[0].length) {
      stored = new float[channels][maps[0].length];
    }
    type.convert(maps, stored);
    writer.writeSlice(stored);
  }
}
