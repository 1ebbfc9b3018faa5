package org.uniem.floodfilling.seeds;

import net.imglib2.img.array.ArrayImgs;
import org.uniem.filters.distance.DistanceOptions;
import org.uniem.filters.distance.DistanceTransform;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.job.Job;
import org.uniem.volumes.VoxelSize;

/**
 * Squared Euclidean distances, in voxels, to the nearest marked voxel: exact up to 2²⁴.
 *
 * <p>Takes 4 bytes per voxel. Results do not depend on the number of threads.
 */
final class SquaredDistance {

  private SquaredDistance() {}

  /**
   * Measures.
   *
   * @param marked 1 on what is measured to, else 0, x fastest; changed
   * @param flat whether each slice is an image of its own
   * @return squared distances, infinite everywhere where nothing is marked; a new array
   */
  static float[] to(byte[] marked, Extent size, boolean flat, Job job) {
    for (int i = 0; i < marked.length; i++) {
      marked[i] ^= 1;
    }
    float[] result = new float[marked.length];
    DistanceTransform.ofLabels(
        ArrayImgs.unsignedBytes(marked, size.x(), size.y(), size.z()),
        ArrayImgs.floats(result, size.x(), size.y(), size.z()),
        new DistanceOptions(VoxelSize.UNKNOWN, flat, true),
        job);
    return result;
  }
}
