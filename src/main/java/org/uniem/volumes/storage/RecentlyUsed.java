package org.uniem.volumes.storage;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * Keeps the recently used of numbered things, up to a fixed count; the garbage collector may take
 * them back sooner. A hit takes no lock. Thread-safe.
 */
public final class RecentlyUsed<T> {

  private static final int LOCKS = 64;

  private final LongFunction<T> loader;
  private final int capacity;
  private final ConcurrentHashMap<Long, Entry<T>> entries = new ConcurrentHashMap<>();
  private final ArrayDeque<Entry<T>> queue = new ArrayDeque<>();
  private final Object[] loading = new Object[LOCKS];

  /**
   * @param capacity how many to keep at most; one is always kept
   * @param loader makes the thing of a number; called from any thread, once per miss
   */
  public RecentlyUsed(int capacity, LongFunction<T> loader) {
    this.loader = loader;
    this.capacity = Math.max(1, capacity);
    for (int i = 0; i < LOCKS; i++) {
      loading[i] = new Object();
    }
  }

  /**
   * The thing of a number, loaded where it is not there; what the loader throws is thrown on.
   *
   * @param index 0 or more
   */
  public T get(long index) {
    T hit = lookUp(index);
    if (hit != null) {
      return hit;
    }
    synchronized (loading[(int) (index % LOCKS)]) {
      T loadedMeanwhile = lookUp(index);
      if (loadedMeanwhile != null) {
        return loadedMeanwhile;
      }
      T loaded = loader.apply(index);
      keep(new Entry<>(index, loaded));
      return loaded;
    }
  }

  private T lookUp(long index) {
    Entry<T> entry = entries.get(index);
    if (entry == null) {
      return null;
    }
    entry.used = true;
    return entry.get();
  }

  private void keep(Entry<T> added) {
    synchronized (queue) {
      Entry<T> emptied = entries.put(added.index, added);
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
          entries.remove(oldest.index, oldest);
        }
      }
      queue.add(added);
    }
  }

  /** Forgets everything. */
  public void clear() {
    synchronized (queue) {
      entries.clear();
      queue.clear();
    }
  }

  private static final class Entry<T> extends SoftReference<T> {

    private final long index;
    // Volatile so that a hit on one thread is seen by the evicting one.
    private volatile boolean used;

    private Entry(long index, T value) {
      super(value);
      this.index = index;
    }
  }
}
