package org.uniem.volumes.omezarr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.uniem.job.Job;
import org.uniem.volumes.chunked.ChunkSlab;
import org.uniem.volumes.omezarr.arrays.ZarrWriter;

/** Writes the array of one resolution, a layer of chunks at a time. Not thread-safe. */
final class LevelWriter {

  private final ZarrWriter array;
  private final List<ChunkSlab> slabs;
  private final boolean channelAxis;
  private final int chunkDepth;
  private final long depth;
  private final Optional<Job> job;
  private long written;

  /**
   * @param array what is written
   * @param slabs one per channel
   * @param chunkDepth slices of a layer
   * @param depth slices of the image
   * @param job compresses with its threads
   */
  LevelWriter(
      ZarrWriter array, List<ChunkSlab> slabs, int chunkDepth, long depth, Optional<Job> job) {
    this.array = array;
    this.slabs = slabs;
    channelAxis = slabs.size() > 1;
    this.chunkDepth = chunkDepth;
    this.depth = depth;
    this.job = job;
  }

  /** Takes the next slice: the bytes of each channel. */
  void write(List<byte[]> channels) throws IOException {
    int z = (int) (written % chunkDepth);
    for (int c = 0; c < channels.size(); c++) {
      slabs.get(c).put(z, channels.get(c));
    }
    written++;
    if (z + 1 == chunkDepth || written == depth) {
      flush(z + 1);
    }
  }

  private void flush(int slices) throws IOException {
    long layer = (written - 1) / chunkDepth;
    List<Runnable> tasks = new ArrayList<>();
    for (int c = 0; c < slabs.size(); c++) {
      int channel = c;
      int columns = slabs.get(c).columnsX();
      for (int i = 0; i < columns * slabs.get(c).columnsY(); i++) {
        int column = i;
        tasks.add(
            () ->
                write(
                    channel,
                    column,
                    slices,
                    index(channel, layer, column / columns, column % columns)));
      }
    }
    try {
      if (job.isPresent()) {
        job.get().runAll(tasks.stream().map(Executors::callable).toList());
      } else {
        tasks.forEach(Runnable::run);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(int channel, int column, int slices, long[] index) {
    try {
      array.write(slabs.get(channel).chunk(column, slices), index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long[] index(int channel, long layer, int row, int column) {
    return channelAxis ? new long[] {channel, layer, row, column} : new long[] {layer, row, column};
  }
}
