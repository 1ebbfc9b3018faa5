package org.uniem.floodfilling;

/**
 * Watches objects grow. Called from the threads that grow them, often; must return quickly.
 *
 * <p>What it is given may be read during the call only.
 */
@FunctionalInterface
public interface FillingListener {

  /** Watches nothing. */
  FillingListener NONE = object -> {};

  /** Takes note that the network has looked once more for an object. */
  void grown(GrowingObject object);
}
