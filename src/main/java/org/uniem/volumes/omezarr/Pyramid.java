package org.uniem.volumes.omezarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.uniem.volumes.PixelType;

/**
 * Writes all resolutions of an image in one pass over its slices. Keeps at most two slices of each.
 * Not thread-safe.
 *
 * @param <A> the array of a slice
 */
final class Pyramid<A> {

  private final SliceKind<A> kind;
  private final PixelType type;
  private final List<Resolution> resolutions;
  private final List<LevelWriter> writers;
  private final List<List<List<A>>> waiting = new ArrayList<>();
  private final long[] taken;

  Pyramid(
      SliceKind<A> kind, PixelType type, List<Resolution> resolutions, List<LevelWriter> writers) {
    this.kind = kind;
    this.type = type;
    this.resolutions = resolutions;
    this.writers = writers;
    taken = new long[resolutions.size()];
    resolutions.forEach(resolution -> waiting.add(new ArrayList<>()));
  }

  /**
   * Takes the next slice of the finest resolution.
   *
   * @param channels one array per channel, not kept
   * @param encoded their bytes
   * @param where the slice and file, for messages
   */
  void add(List<A> channels, List<byte[]> encoded, String where) throws IOException {
    writers.get(0).write(encoded);
    passOn(0, channels, where);
  }

  private void passOn(int level, List<A> channels, String where) throws IOException {
    taken[level]++;
    int next = level + 1;
    if (next == resolutions.size()) {
      return;
    }
    Resolution from = resolutions.get(level);
    Resolution to = resolutions.get(next);
    List<List<A>> slices = waiting.get(level);
    boolean complete = slices.size() + 1 == to.factor()[2] || taken[level] == from.depth();
    slices.add(complete ? channels : channels.stream().map(kind::copy).toList());
    if (!complete) {
      return;
    }
    List<A> reduced = new ArrayList<>();
    List<byte[]> encoded = new ArrayList<>();
    for (int c = 0; c < channels.size(); c++) {
      int channel = c;
      List<A> stack = slices.stream().map(slice -> slice.get(channel)).toList();
      A slice = kind.reduce(stack, (int) from.width(), (int) from.height(), to);
      reduced.add(slice);
      encoded.add(kind.encode(slice, type, where));
    }
    slices.clear();
    writers.get(next).write(encoded);
    passOn(next, reduced, where);
  }
}
