package org.uniem.floodfilling;

/**
 * A network that looks at a small box of an image, its field of view, and improves the mask of the
 * object in its centre. Thread-safe; results do not depend on what else is in the batch.
 *
 * <p>Boxes are dense arrays, x fastest, then y, then z, then the place in the batch. Masks are
 * logits: the logarithm of the odds that a voxel belongs to the object.
 */
public interface MaskPredictor extends AutoCloseable {

  /** Size of the field of view in voxels, x, y, z; each odd. */
  int[] fieldOfView();

  /** How far the field of view moves at a time, in voxels, x, y, z; at most half its size. */
  int[] deltas();

  /**
   * Improves masks.
   *
   * @param images [n, z, y, x], raw intensities less the network's mean, divided by its standard
   *     deviation; not changed
   * @param masks [n, z, y, x], the logits so far; not changed
   * @param n boxes in the batch, 1 or more
   * @return the new logits [n, z, y, x], a new array
   */
  float[] predict(float[] images, float[] masks, int n);

  /** Releases what the network holds. */
  @Override
  void close();
}
