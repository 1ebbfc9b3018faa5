package org.uniem.postprocess.affinities;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.uniem.job.BadParameterException;

/**
 * From one voxel of a pair to the other: an affinity at v is that of v and v + offset.
 *
 * @param x in voxels
 * @param y in voxels
 * @param z in slices
 */
public record Offset(int x, int y, int z) {

  private static final int LARGEST = 1024;

  public Offset {
    if (x == 0 && y == 0 && z == 0) {
      throw new BadParameterException("The offset 0,0,0 leads nowhere: give another.");
    }
    if (Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z))) > LARGEST) {
      throw new BadParameterException(
          "The offset "
              + x
              + ","
              + y
              + ","
              + z
              + " is too long: give at most "
              + LARGEST
              + " voxels along each axis.");
    }
  }

  /** Whether the two voxels share a face. */
  public boolean isNeighbour() {
    return Math.abs(x) + Math.abs(y) + Math.abs(z) == 1;
  }

  /**
   * Reads offsets given by the user.
   *
   * @param text x,y,z of each offset, offsets separated by blanks or semicolons: {@code "1,0,0
   *     0,1,0 0,0,1"}; z may be left out where it is 0
   * @throws BadParameterException if the text is anything else, or an offset occurs twice, also in
   *     the opposite direction
   */
  public static List<Offset> parse(String text) {
    List<Offset> offsets = new ArrayList<>();
    for (String part : text.strip().split("\\s*[;\\s]\\s*")) {
      String[] numbers = part.split(",", -1);
      if (numbers.length != 2 && numbers.length != 3) {
        throw malformed(text, part, null);
      }
      try {
        offsets.add(
            new Offset(
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]),
                numbers.length == 3 ? Integer.parseInt(numbers[2]) : 0));
      } catch (NumberFormatException e) {
        throw malformed(text, part, e);
      }
    }
    requireDifferent(offsets);
    return List.copyOf(offsets);
  }

  /** The offsets as {@link #parse} reads them. */
  public static String format(List<Offset> offsets) {
    return offsets.stream().map(Offset::toString).collect(Collectors.joining(" "));
  }

  /** The offset as {@code "x,y,z"}. */
  @Override
  public String toString() {
    return x + "," + y + "," + z;
  }

  private static void requireDifferent(List<Offset> offsets) {
    HashSet<Offset> seen = new HashSet<>();
    for (Offset offset : offsets) {
      if (!seen.add(offset) || seen.contains(new Offset(-offset.x, -offset.y, -offset.z))) {
        throw new BadParameterException(
            "The offset " + offset + " or its opposite is given twice: give each pair once.");
      }
    }
  }

  private static BadParameterException malformed(String text, String part, Exception cause) {
    return new BadParameterException(
        "offsets="
            + text
            + " cannot be read at '"
            + part
            + "': give x,y,z in voxels for each affinity map, for example 1,0,0 0,1,0 0,0,1.",
        cause);
  }
}
