package org.uniem.floodfilling.subvolumes;

import java.util.Optional;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/**
 * What is segmented.
 *
 * @param image the image; its slices have fewer than 2³¹ voxels each
 * @param channel which of its channels, from 0
 * @param excluded voxels that are left out are not 0 in it; of the size of the image
 * @param mirroring whether the image goes on beyond its faces, see {@link Mirroring#reach}
 */
public record FillingInput(
    Volume image, int channel, Optional<Volume> excluded, Mirroring mirroring) {

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  public FillingInput {
    requireSlicesFit(image);
    excluded.ifPresent(mask -> VolumeSizes.requireSame("images", image, "mask", mask));
  }

  private static void requireSlicesFit(Volume image) {
    if ((double) image.width() * image.height() > LARGEST_ARRAY) {
      throw new BadInputException(
          "The image "
              + image.name()
              + " has "
              + VolumeSizes.words(image)
              + " voxels: expected slices of at most "
              + LARGEST_ARRAY
              + ", however many. Cut it into columns and join what is found in them.");
    }
  }

  /** The first channel of an image as it is, nothing left out. */
  public static FillingInput of(Volume image) {
    return new FillingInput(image, 0, Optional.empty(), Mirroring.NONE);
  }
}
