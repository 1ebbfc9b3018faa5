package org.uniem.volumes.stack;

import java.io.IOException;
import java.nio.file.Path;
import org.uniem.job.OutputException;
import org.uniem.volumes.VolumeSpec;

/** How far the writing of a volume has come, and what its failures say. Not thread-safe. */
final class SliceCount {

  private final Path target;
  private final VolumeSpec spec;
  private long written;

  SliceCount(Path target, VolumeSpec spec) {
    this.target = target;
    this.spec = spec;
  }

  /** The number of slices written, which is the next slice. */
  long written() {
    return written;
  }

  void advance() {
    written++;
  }

  /** Where the writer is, for messages. */
  String position() {
    return "slice " + (written + 1) + " of " + spec.depth() + " of " + target;
  }

  void requireNext(float[]... channels) {
    long pixels = spec.width() * spec.height();
    if (written == spec.depth()) {
      throw new IllegalStateException(
          "All " + spec.depth() + " slices of " + target + " are written.");
    }
    if (channels.length != spec.channels()) {
      throw new IllegalArgumentException(
          channels.length + " channels for " + position() + ": expected " + spec.channels() + ".");
    }
    for (float[] channel : channels) {
      if (channel.length != pixels) {
        throw new IllegalArgumentException(
            channel.length + " values for " + position() + ": expected " + pixels + ".");
      }
    }
  }

  void requireAll() {
    if (written != spec.depth()) {
      throw new IllegalStateException(
          "Only " + written + " of " + spec.depth() + " slices of " + target + " are written.");
    }
  }

  OutputException failed(IOException cause) {
    return new OutputException(
        "Cannot write "
            + (written == spec.depth() ? target : position())
            + ": "
            + cause.getMessage()
            + ". Nothing is left of it; free some space or choose another place.",
        cause);
  }
}
