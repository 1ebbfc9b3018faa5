package org.uniem.floodfilling.agglomeration;

import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;
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
    requireSameSize(image, segmentation.volume());
  }

  /**
   * Checks that a segmentation belongs to images of its size.
   *
   * @throws BadInputException if it does not
   */
  public static void requireSameSize(Volume image, Volume labels) {
    if (labels.width() != image.width()
        || labels.height() != image.height()
        || labels.depth() != image.depth()) {
      throw new BadInputException(
          "The segmentation "
              + labels.name()
              + " has "
              + words(labels)
              + " voxels, the image "
              + image.name()
              + " "
              + words(image)
              + ": expected the same. Crop one to the other.");
    }
  }

  private static String words(Volume volume) {
    return volume.width() + " x " + volume.height() + " x " + volume.depth();
  }

  /** Width, height and depth. */
  long[] size() {
    return new long[] {image.width(), image.height(), image.depth()};
  }
}
