package org.uniem.volumes;

import java.util.Optional;

/**
 * What a volume to be written looks like.
 *
 * @param width size along x in pixels
 * @param height size along y in pixels
 * @param depth number of slices
 * @param channels 1, or the number of maps per slice
 * @param pixelType type of the stored pixels
 * @param voxelSize voxel size, stored in the file where the format can
 * @param labelKey what the values of painted labels mean, stored in TIFF stacks; empty for others
 */
public record VolumeSpec(
    long width,
    long height,
    long depth,
    int channels,
    PixelType pixelType,
    VoxelSize voxelSize,
    Optional<LabelKey> labelKey) {

  /** A volume whose values need no key. */
  public VolumeSpec(
      long width, long height, long depth, int channels, PixelType pixelType, VoxelSize voxelSize) {
    this(width, height, depth, channels, pixelType, voxelSize, Optional.empty());
  }
}
