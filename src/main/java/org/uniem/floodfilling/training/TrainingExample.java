package org.uniem.floodfilling.training;

/**
 * A box of an image with the object in its centre; arrays are dense, x fastest, then y, then z.
 *
 * @param size of the box
 * @param images normalised intensities
 * @param targets {@link #INSIDE} where the object of the centre is, {@link #OUTSIDE} elsewhere and
 *     everywhere if the centre is background
 * @param weights 1, or 0 where a voxel is left out of training
 */
public record TrainingExample(Box size, float[] images, float[] targets, float[] weights) {

  /** Probability that is learnt for voxels of the object. */
  public static final float INSIDE = 0.95f;

  /** Probability that is learnt for all others. */
  public static final float OUTSIDE = 0.05f;
}
