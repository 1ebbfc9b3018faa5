package org.uniem.volumes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.imglib2.Dimensions;
import net.imglib2.FinalDimensions;
import org.uniem.job.BadInputException;

/** Sizes of volumes, in words, and the check that those which belong together have the same. */
public final class VolumeSizes {

  private static final List<String> AXES = List.of("x", "y", "z");

  private VolumeSizes() {}

  /** Width, height and depth of a volume. */
  public static FinalDimensions of(Volume volume) {
    return new FinalDimensions(volume.width(), volume.height(), volume.depth());
  }

  /** The size of a volume for people: {@code "512 x 512 x 100"}, in the order x, y, z. */
  public static String words(Volume volume) {
    return words(of(volume));
  }

  /** A size for people: {@code "512 x 512 x 100"}, in the order of its axes. */
  public static String words(Dimensions size) {
    return Arrays.stream(size.dimensionsAsLongArray())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(" x "));
  }

  /**
   * Checks that two volumes have the same width, height and depth.
   *
   * @param role what the one is, for messages: {@code "images"}
   * @param one its channels do not count
   * @param otherRole what the other is
   * @param other likewise
   * @throws BadInputException if their sizes differ; names both, their sizes and the axes
   */
  public static void requireSame(String role, Volume one, String otherRole, Volume other) {
    requireSame(role + " " + one.name(), of(one), otherRole + " " + other.name(), of(other));
  }

  /**
   * Checks that two images have the same size along each axis, wherever they start.
   *
   * @param name what the one is, for messages: {@code "image"}
   * @param one its size
   * @param otherName what the other is
   * @param other its size
   * @throws BadInputException if their sizes differ; names both, their sizes and the axes
   */
  public static void requireSame(String name, Dimensions one, String otherName, Dimensions other) {
    long[] size = one.dimensionsAsLongArray();
    long[] otherSize = other.dimensionsAsLongArray();
    if (!Arrays.equals(size, otherSize)) {
      throw new BadInputException(
          "The sizes differ "
              + difference(size, otherSize)
              + ": "
              + name
              + " "
              + words(one)
              + " voxels, "
              + otherName
              + " "
              + words(other)
              + ". Crop one to the other, or give those that belong together.");
    }
  }

  private static String difference(long[] size, long[] other) {
    if (size.length != other.length) {
      return "in the number of axes";
    }
    List<String> axes = new ArrayList<>();
    for (int axis = 0; axis < size.length; axis++) {
      if (size[axis] != other[axis]) {
        axes.add(axis < AXES.size() ? AXES.get(axis) : "axis " + axis);
      }
    }
    int last = axes.size() - 1;
    String words =
        last == 0
            ? "along " + axes.get(0)
            : "along " + String.join(", ", axes.subList(0, last)) + " and " + axes.get(last);
    return inOrder(size, other) ? words + ", as if the axes were in another order" : words;
  }

  /** Whether both have the same lengths, in whatever order. */
  private static boolean inOrder(long[] size, long[] other) {
    long[] sorted = size.clone();
    long[] otherSorted = other.clone();
    Arrays.sort(sorted);
    Arrays.sort(otherSorted);
    return Arrays.equals(sorted, otherSorted);
  }
}
