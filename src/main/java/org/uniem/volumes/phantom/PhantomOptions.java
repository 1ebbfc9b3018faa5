package org.uniem.volumes.phantom;

import org.uniem.job.BadParameterException;
import org.uniem.volumes.VoxelSize;

/**
 * What a phantom looks like.
 *
 * <p>The tissue is defined in nanometres: a finer voxel size shows the same cells larger, a larger
 * width shows more of them. Phantoms of one seed and different sizes share their tissue where they
 * overlap, apart from the numbering of the mitochondria and from those that the border cuts apart.
 *
 * @param width size along x in pixels, 16 or more
 * @param height size along y in pixels, 16 or more
 * @param depth number of slices, 1 or more
 * @param voxelSize voxel size in {@code nm}, each edge 2 … 100
 * @param seed chooses the tissue and the noise
 * @param noise strength of shot and detector noise; 0 is none, 1 that of a good microscope
 * @param contrastVariation strength of uneven brightness and contrast within and between slices; 0
 *     is none, 1 usual
 * @param mitochondria share of cell profiles that hold a mitochondrion where there is room, 0 … 1
 */
public record PhantomOptions(
    long width,
    long height,
    long depth,
    VoxelSize voxelSize,
    long seed,
    double noise,
    double contrastVariation,
    double mitochondria) {

  private static final long LARGEST_SLICE = 1L << 28;

  public PhantomOptions {
    atLeast("width", width, 16);
    atLeast("height", height, 16);
    atLeast("depth", depth, 1);
    if (width > LARGEST_SLICE / height) {
      throw new BadParameterException(
          "A slice of " + width + " x " + height + " pixels is too large: give at most 2^28.");
    }
    within("noise", noise, 0, 10);
    within("contrastVariation", contrastVariation, 0, 3);
    within("mitochondria", mitochondria, 0, 1);
    if (!"nm".equals(voxelSize.unit())) {
      throw new BadParameterException(
          "The voxel size of a phantom is in nm, found '" + voxelSize.unit() + "'.");
    }
    within("voxel size x", voxelSize.x(), 2, 100);
    within("voxel size y", voxelSize.y(), 2, 100);
    within("voxel size z", voxelSize.z(), 2, 100);
  }

  /**
   * The phantom in {@code test-data/phantom} for seed 1: 256 × 256 × 24 voxels of 8 × 8 × 30 nm.
   */
  public static PhantomOptions ofSeed(long seed) {
    return new PhantomOptions(256, 256, 24, new VoxelSize(8, 8, 30, "nm"), seed, 1, 1, 0.75);
  }

  /** The same with another size. */
  public PhantomOptions withSize(long newWidth, long newHeight, long newDepth) {
    return new PhantomOptions(
        newWidth, newHeight, newDepth, voxelSize, seed, noise, contrastVariation, mitochondria);
  }

  /** The same with another voxel size. */
  public PhantomOptions withVoxelSize(VoxelSize newVoxelSize) {
    return new PhantomOptions(
        width, height, depth, newVoxelSize, seed, noise, contrastVariation, mitochondria);
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new BadParameterException(
          name + "=" + value + " is too small for a phantom: give " + least + " or more.");
    }
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new BadParameterException(
          name + "=" + value + " is out of range: give " + least + " … " + most + ".");
    }
  }
}
