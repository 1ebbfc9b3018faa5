package org.uniem.benchmarks;

/**
 * Something that works on as long as it is let, and how fast it is.
 *
 * <p>Used by one thread.
 */
interface Pace extends AutoCloseable {

  /** What is done in which way. */
  String name();

  /**
   * Works for about so long.
   *
   * @param seconds at least
   * @return units of work per second
   */
  double run(double seconds) throws InterruptedException;

  /** Ends what is still going on. */
  @Override
  void close() throws InterruptedException;
}
