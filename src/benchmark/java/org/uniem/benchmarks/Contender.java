package org.uniem.benchmarks;

/** One engine with one network, ready to be timed. Not thread-safe. */
public interface Contender extends AutoCloseable {

  /** Makes contenders of one engine; found with {@link java.util.ServiceLoader}. */
  interface Factory {

    /**
     * Makes a contender that holds the layers and weights of the task.
     *
     * @param task network, weights and data
     * @param threads threads of one operation
     */
    Contender create(Task task, int threads);
  }

  /** Name and version of the engine. */
  String engine();

  /** Whether the engine can train. */
  boolean trains();

  /**
   * Trains one step with Adam on {@link Task#batch()}.
   *
   * @return the loss before the step
   */
  float train();

  /**
   * Predicts {@link Task#tile()}.
   *
   * @return probabilities, [height, width]
   */
  float[] predict();

  @Override
  void close();
}
