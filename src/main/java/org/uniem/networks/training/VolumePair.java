package org.uniem.networks.training;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.uniem.job.BadInputException;
import org.uniem.volumes.SliceNames;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

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
    VolumeSizes.requireSame("images", images, "labels", labels);
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

  /**
   * Slices are matched by order; what tells the names of one folder apart must agree with the other
   * folder, else a slice is missing.
   */
  private static void checkNames(Volume images, Volume labels) {
    if (isStack(images) || isStack(labels)) {
      return;
    }
    List<String> imageNames = names(images);
    List<String> labelNames = names(labels);
    List<String> imageKeys = keys(imageNames);
    List<String> labelKeys = keys(labelNames);
    SliceNames imageNumbers = new SliceNames(imageNames);
    SliceNames labelNumbers = new SliceNames(labelNames);
    if (imageNumbers.areNumbered() && labelNumbers.areNumbered()) {
      int z = imageNumbers.firstMismatch(labelNumbers);
      if (z >= 0) {
        throw mismatch(z, images, labels);
      }
      return;
    }
    for (int z = 0; z < imageNames.size(); z++) {
      boolean same =
          sameTrailingNumber(imageNames.get(z), labelNames.get(z))
              .orElse(sameKey(imageKeys.get(z), labelKeys.get(z)));
      if (!same) {
        throw mismatch(z, images, labels);
      }
    }
  }

  private static BadInputException mismatch(int z, Volume images, Volume labels) {
    return new BadInputException(
        "Images and labels differ in their slice names: slice "
            + z
            + " is "
            + images.sliceName(z)
            + " in "
            + images.name()
            + " but "
            + labels.sliceName(z)
            + " in "
            + labels.name()
            + ". Give both the same names or numbers.");
  }

  private static List<String> names(Volume volume) {
    return LongStream.range(0, volume.depth()).mapToObj(volume::sliceName).toList();
  }

  /** Whether the numbers at the ends of two names agree, empty where one has none. */
  private static Optional<Boolean> sameTrailingNumber(String image, String label) {
    Matcher imageNumber = TRAILING_NUMBER.matcher(image);
    Matcher labelNumber = TRAILING_NUMBER.matcher(label);
    return imageNumber.find() && labelNumber.find()
        ? Optional.of(sameNumber(imageNumber.group(), labelNumber.group()))
        : Optional.empty();
  }

  private static boolean sameKey(String image, String label) {
    boolean numbers = image.matches("\\d+") && label.matches("\\d+");
    return numbers ? sameNumber(image, label) : image.equals(label);
  }

  private static boolean sameNumber(String a, String b) {
    return new BigInteger(a).equals(new BigInteger(b));
  }

  /** The names without the beginning and the end that all share; numbers are not cut apart. */
  private static List<String> keys(List<String> names) {
    String first = names.get(0);
    int begin = first.length();
    int end = first.length();
    for (String name : names) {
      begin = Math.min(begin, common(first, name));
      end = Math.min(end, common(reversed(first), reversed(name)));
    }
    while (begin > 0 && names.size() > 1 && Character.isDigit(first.charAt(begin - 1))) {
      begin--;
    }
    while (end > 0 && names.size() > 1 && Character.isDigit(first.charAt(first.length() - end))) {
      end--;
    }
    int from = begin;
    int shared = end;
    return names.stream()
        .map(name -> name.substring(from, Math.max(from, name.length() - shared)))
        .toList();
  }

  private static int common(String a, String b) {
    int length = 0;
    while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
      length++;
    }
    return length;
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  /** A stack has no file names; its slices are called after their position. */
  private static boolean isStack(Volume volume) {
    for (long z = 0; z < volume.depth(); z++) {
      if (!volume.sliceName(z).equals(Volume.numbered(z))) {
        return false;
      }
    }
    return true;
  }
}
