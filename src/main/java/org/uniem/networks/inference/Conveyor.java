package org.uniem.networks.inference;

import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;

/**
 * A bounded queue between two stages that can be stopped from outside.
 *
 * <p>Stopping wakes whoever waits, without interrupting threads: an interrupt would close the file
 * channels of a volume that others may still be reading. Thread-safe.
 */
final class Conveyor<T> {

  private final ArrayDeque<T> items = new ArrayDeque<>();
  private final int capacity;
  private boolean stopped;

  Conveyor(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds an item, waiting while the queue is full.
   *
   * @throws CancellationException if the conveyor was stopped
   */
  synchronized void put(T item) throws InterruptedException {
    while (!stopped && items.size() >= capacity) {
      wait();
    }
    checkStopped();
    items.addLast(item);
    notifyAll();
  }

  /** Adds an item without waiting, whatever the capacity; for things that go in circles. */
  synchronized void putBack(T item) {
    if (!stopped) {
      items.addLast(item);
      notifyAll();
    }
  }

  /**
   * Takes the oldest item, waiting for one.
   *
   * @throws CancellationException if the conveyor was stopped
   */
  synchronized T take() throws InterruptedException {
    while (!stopped && items.isEmpty()) {
      wait();
    }
    checkStopped();
    T item = items.removeFirst();
    notifyAll();
    return item;
  }

  /** Ends all waiting, now and later, and forgets the items. */
  synchronized void stop() {
    stopped = true;
    items.clear();
    notifyAll();
  }

  private void checkStopped() {
    if (stopped) {
      throw new CancellationException("Stopped.");
    }
  }
}
