package org.uniem.postprocess.agglomeration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The slices around the present one, each read once while the window moves up. Not thread-safe. */
final class SliceWindow<A> {

  /** Copies a slice into an array. */
  interface Reader<A> {
    void read(long z, A target);
  }

  private final Reader<A> reader;
  private final Supplier<A> allocation;
  private final Map<Long, A> slices = new HashMap<>();
  private final Deque<A> free = new ArrayDeque<>();

  SliceWindow(Reader<A> reader, Supplier<A> allocation) {
    this.reader = reader;
    this.allocation = allocation;
  }

  /** Gives up the slices outside of first … last; their arrays are used again. */
  void moveTo(long first, long last) {
    slices
        .entrySet()
        .removeIf(
            entry -> {
              boolean outside = entry.getKey() < first || entry.getKey() > last;
              if (outside) {
                free.push(entry.getValue());
              }
              return outside;
            });
  }

  /** A slice; not to be changed, valid until the window moves on. */
  A get(long z) {
    A slice = slices.get(z);
    if (slice == null) {
      slice = free.isEmpty() ? allocation.get() : free.pop();
      reader.read(z, slice);
      slices.put(z, slice);
    }
    return slice;
  }
}
