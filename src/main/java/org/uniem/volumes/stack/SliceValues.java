package org.uniem.volumes.stack;

import java.util.List;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.stack.raster.Palette;

/**
 * What the values of slices with palettes are, the same for all slices of a folder: brightness
 * where it tells all colours apart, else the numbers of the colours. Immutable.
 */
final class SliceValues {

  private final boolean indices;

  /**
   * @param slices all of a folder
   * @throws BadInputException if one number stands for different things in two slices
   */
  SliceValues(List<SliceFile> slices) {
    Optional<SliceFile> coloured =
        slices.stream()
            .filter(s -> s.palette().filter(p -> !p.isBrightness()).isPresent())
            .findFirst();
    indices = coloured.isPresent();
    if (indices) {
      slices.forEach(slice -> requireSameColours(coloured.get(), slice));
    } else {
      slices.forEach(SliceValues::requireOneMeaning);
    }
  }

  private static void requireSameColours(SliceFile first, SliceFile other) {
    if (other.shape().channels() != 1) {
      return;
    }
    if (other.palette().isEmpty()) {
      throw new BadInputException(
          first.path()
              + " has a palette of colours, whose numbers are its values, but "
              + other.path().getFileName()
              + " is grey: expected one kind in a folder. Save all as grey images of 8 bits.");
    }
    Palette colours = first.palette().orElseThrow();
    Palette others = other.palette().get();
    int index = colours.firstDifference(others);
    if (index >= 0) {
      throw new BadInputException(
          "The palettes of the images in "
              + first.path().getParent()
              + " differ: value "
              + index
              + " is "
              + colours.colour(index)
              + " in "
              + first.path().getFileName()
              + ", "
              + others.colour(index)
              + " in "
              + other.path().getFileName()
              + ". Save all as grey images of 8 bits, the same value for the same class.");
    }
  }

  private static void requireOneMeaning(SliceFile slice) {
    if (slice.palette().filter(Palette::isInvertingTable).isPresent()) {
      throw new BadInputException(
          slice.path()
              + " has an inverting lookup table: its value 255 is shown black, so that it is not"
              + " clear whether what is stored or what is seen is meant. In Fiji use Image > Lookup"
              + " Tables > Invert LUT, check that the objects are white, and save it as TIFF.");
    }
  }

  /** Whether the values are numbers of colours. */
  boolean areIndices() {
    return indices;
  }

  /**
   * Turns the indices of an image into what they stand for.
   *
   * @param slice the image
   * @param plane its pixels, changed
   */
  void apply(SliceFile slice, Plane plane) {
    if (indices || slice.palette().isEmpty()) {
      return;
    }
    int[] levels = slice.palette().get().levels();
    byte[] pixels = (byte[]) plane.channel(0);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) levels[pixels[i] & 0xff];
    }
  }
}
