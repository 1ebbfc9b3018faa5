package org.uniem.volumes.phantom;

/**
 * One slice of a phantom with its ground truth; each array has width × height values, x fastest.
 *
 * @param image grey values, whole numbers 0 … 255
 * @param mitochondria ids of the mitochondria, 0 elsewhere
 * @param cells ids of the cells, 1 or more and not consecutive; 0 between cells, that is on
 *     membranes
 */
public record PhantomSlice(float[] image, int[] mitochondria, int[] cells) {}
