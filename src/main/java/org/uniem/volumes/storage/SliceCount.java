package org.uniem.volumes.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.uniem.job.OutputException;
import org.uniem.volumes.VolumeSpec;

/** How far the writing of a volume has come, and what its failures say. Not thread-safe. */
public final class SliceCount {

  private final Path target;
  private final VolumeSpec spec;
  private long written;

  /**
   * @param target final name of the output, for messages
   * @param spec what is written
   */
  public SliceCount(Path target, VolumeSpec spec) {
    this.target = target;
    this.spec = spec;
  }

  /** The number of slices written, which is the next slice. */
  public long written() {
    return written;
  }

  /** Counts a slice as written. */
  public void advance() {
    written++;
  }

  /** Where the writer is, for messages. */
  public String position() {
    return "slice " + (written + 1) + " of " + spec.depth() + " of " + target;
  }

  /** Checks that a slice is due and has the arrays of one. */
  public void requireNext(float[]... channels) {
    requireNext(Arrays.stream(channels).mapToInt(channel -> channel.length).toArray());
  }

  /** Checks that a slice is due and has the arrays of one. */
  public void requireNext(long[]... channels) {
    requireNext(Arrays.stream(channels).mapToInt(channel -> channel.length).toArray());
  }

  private void requireNext(int[] lengths) {
    long pixels = spec.width() * spec.height();
    if (written == spec.depth()) {
      throw new IllegalStateException(
          "All " + spec.depth() + " slices of " + target + " are written.");
    }
    if (lengths.length != spec.channels()) {
      throw new IllegalArgumentException(
          lengths.length + " channels for " + position() + ": expected " + spec.channels() + ".");
    }
    for (int length : lengths) {
      if (length != pixels) {
        throw new IllegalArgumentException(
            length + " values for " + position() + ": expected " + pixels + ".");
      }
    }
  }

  /** Checks that all slices are written. */
  public void requireAll() {
    if (written != spec.depth()) {
      throw new IllegalStateException(
          "Only " + written + " of " + spec.depth() + " slices of " + target + " are written.");
    }
  }

  /** What a failure of the file system means here. */
  public OutputException failed(IOException cause) {
    return new OutputException(
        "Cannot write "
            + (written == spec.depth() ? target : position())
            + ": "
            + cause.getMessage()
            + ". Nothing is left of it; free some space or choose another place.",
        cause);
  }
}
