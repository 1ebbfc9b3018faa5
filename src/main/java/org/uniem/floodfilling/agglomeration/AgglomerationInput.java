package org.uniem.floodfilling.agglomeration;

import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;
import org.uniem.volumes.VoxelSize;

/**
 * What is agglomerated.
 *
 * @param image the image
 * @param channel which of its channels, from 0
 * @param segmentation its objects, of the same size
 * @param voxelSize edge lengths, which distances are measured in
 */
public record AgglomerationInput(
    Volume image, int channel, Segmentation segmentation, VoxelSize voxelSize) {

  public AgglomerationInput {
    VolumeSizes.requireSame("images", image, "segmentation", segmentation.volume());
  }

  /** Width, height and depth. */
  long[] size() {
    return new long[] {image.width(), image.height(), image.depth()};
  }
}
