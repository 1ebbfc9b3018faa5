package org.uniem.benchmarks;

/** One engine with one flood-filling network, ready to be timed. Not thread-safe. */
public interface MaskContender extends AutoCloseable {

  /** Makes contenders of one engine; found with {@link java.util.ServiceLoader}. */
  interface Factory {

    /**
     * Makes a contender that holds the layers and weights of the task.
     *
     * @param task network and data
     * @param threads threads of one operation
     */
    MaskContender create(MaskTask task, int threads);
  }

  /** Name and version of the engine. */
  String engine();

  /**
   * Runs the network.
   *
   * @param images [n, z, y, x]
   * @param masks [n, z, y, x], logits
   * @param n fields of view
   * @return the new logits, [n, z, y, x]
   */
  float[] predict(float[] images, float[] masks, int n);

  @Override
  void close();
}
