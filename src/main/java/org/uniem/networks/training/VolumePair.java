package org.uniem.networks.training;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;

/** Checks that images and labels belong together. */
final class VolumePair {

  private static final Pattern TRAILING_NUMBER = Pattern.compile("(\\d+)$");

  private VolumePair() {}

  /**
   * Checks size, channels and slice names.
   *
   * @throws BadInputException if they do not fit; says what differs
   */
  static void check(Volume images, Volume labels) {
    checkSizes(images, labels);
    checkNames(images, labels);
  }

  private static void checkSizes(Volume images, Volume labels) {
    if (images.width() != labels.width()
        || images.height() != labels.height()
        || images.depth() != labels.depth()) {
      throw new BadInputException(
          "Images and labels differ in size: "
              + size(images)
              + ", "
              + size(labels)
              + ". Give one label slice of the same size for each image slice.");
    }
    if (labels.channels() != 1) {
      throw new BadInputException(
          "Labels "
              + labels.name()
              + " have "
              + labels.channels()
              + " channels, expected 1. Convert them from colour to grey labels.");
    }
    if (images.width() * images.height() > Integer.MAX_VALUE - 8
        || images.depth() > Integer.MAX_VALUE) {
      throw new BadInputException(
          "Images " + images.name() + " are too large to train on: " + size(images) + ". Crop.");
    }
  }

  private static String size(Volume volume) {
    return volume.name()
        + " has "
        + volume.width()
        + " x "
        + volume.height()
        + " pixels and "
        + volume.depth()
        + " slices";
  }

  /** Slices are matched by order; numbers in both names that disagree mean a slice is missing. */
  private static void checkNames(Volume images, Volume labels) {
    if (isStack(images) || isStack(labels)) {
      return;
    }
    for (long z = 0; z < images.depth(); z++) {
      Matcher image = TRAILING_NUMBER.matcher(images.sliceName(z));
      Matcher label = TRAILING_NUMBER.matcher(labels.sliceName(z));
      if (image.find()
          && label.find()
          && !new BigInteger(image.group()).equals(new BigInteger(label.group()))) {
        throw new BadInputException(
            "Images and labels differ in their slice numbers: slice "
                + z
                + " is "
                + images.sliceName(z)
                + " in "
                + images.name()
                + " but "
                + labels.sliceName(z)
                + " in "
                + labels.name()
                + ". Give both the same numbers.");
      }
    }
  }

  /** A stack has no file names; its slices are called after their position. */
  private static boolean isStack(Volume volume) {
    for (long z = 0; z < volume.depth(); z++) {
      if (!volume.sliceName(z).equals(String.format("z%04d", z))) {
        return false;
      }
    }
    return true;
  }
}
