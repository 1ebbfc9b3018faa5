package org.uniem.volumes.stack;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * Keeps the recently used of numbered things, up to a fixed count; the garbage collector may take
 * them back sooner. A hit takes no lock. Thread-safe.
 */
final class PlaneCache<T> {

  private static final int LOCKS = 64;

  private final IntFunction<T> loader;
  private final int capacity;
  private final AtomicReferenceArray<Entry<T>> entries;
  private final ArrayDeque<Entry<T>> queue = new ArrayDeque<>();
  private final Object[] loading = new Object[LOCKS];

  /**
   * @param size things are numbered 0 … size−1
   * @param capacity how many to keep at most
   * @param loader makes the thing of a number; called from any thread, once per miss
   */
  PlaneCache(int size, int capacity, IntFunction<T> loader) {
    this.loader = loader;
    this.capacity = Math.max(1, capacity);
    entries = new AtomicReferenceArray<>(size);
    for (int i = 0; i < LOCKS; i++) {
      loading[i] = new Object();
    }
  }

  T get(int index) {
    T hit = lookUp(index);
    if (hit != null) {
      return hit;
    }
    synchronized (loading[index % LOCKS]) {
      T loadedMeanwhile = lookUp(index);
      if (loadedMeanwhile != null) {
        return loadedMeanwhile;
      }
      T loaded = loader.apply(index);
      keep(new Entry<>(index, loaded));
      return loaded;
    }
  }

  private T lookUp(int index) {
    Entry<T> entry = entries.get(index);
    if (entry == null) {
      return null;
    }
    entry.used = true;
    return entry.get();
  }

  private void keep(Entry<T> added) {
    synchronized (queue) {
      Entry<T> emptied = entries.getAndSet(added.index, added);
      if (emptied != null) {
        queue.remove(emptied);
      }
      while (queue.size() >= capacity) {
        Entry<T> oldest = queue.remove();
        if (oldest.used) {
          // A second chance: used since it was last at the head of the queue.
          oldest.used = false;
          queue.add(oldest);
        } else {
          entries.compareAndSet(oldest.index, oldest, null);
        }
      }
      queue.add(added);
    }
  }

  void clear() {
    synchronized (queue) {
      for (Entry<T> entry : queue) {
        entries.set(entry.index, null);
      }
      queue.clear();
    }
  }

  private static final class Entry<T> extends SoftReference<T> {

    private final int index;
    // Volatile so that a hit on one thread is seen by the evicting one.
    private volatile boolean used;

    private Entry(int index, T value) {
      super(value);
      this.index = index;
    }
  }
}
