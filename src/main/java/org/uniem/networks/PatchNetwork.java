package org.uniem.networks;

/**
 * A network with fixed weights that turns a batch of image patches into maps. Thread-safe.
 *
 * <p>Tensors are dense, row-major NHWC: batch, height (y), width (x), channel, the channel fastest.
 */
public interface PatchNetwork extends AutoCloseable {

  /**
   * Channels as fed: image channels × (2·context + 1). Slices are the slow part, image channels the
   * fast one: channel = (k + context) · imageChannels + c for the slice at distance k.
   */
  int inputChannels();

  /** Number of maps that come out. */
  int outputs();

  /** Height and width fed must be multiples of this. */
  int sizeMultiple();

  /**
   * Runs the network.
   *
   * @param image [n, height, width, inputChannels], normalised; not changed
   * @param n patches in the batch, 1 or more
   * @param height height of a patch in pixels, a multiple of {@link #sizeMultiple()}
   * @param width width of a patch in pixels, a multiple of {@link #sizeMultiple()}
   * @return [n, height, width, outputs], probabilities 0 … 1, a new array
   */
  float[] predict(float[] image, int n, int height, int width);

  /**
   * Releases what the network holds, and returns at once: a call that is still running, because its
   * prediction was cancelled, ends first. No calls may follow.
   */
  @Override
  void close();
}
