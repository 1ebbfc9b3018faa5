package org.uniem.metrics;

import net.imglib2.Dimensions;
import org.uniem.job.BadParameterException;
import org.uniem.volumes.LabelSlices;

/**
 * Takes objects away where they are close to a border, where annotators disagree.
 *
 * <p>A pixel is at a border if one of its four neighbours in the slice has another label; pixels no
 * farther from such a pixel than a given distance become 0. The CREMI challenge (cremi.org) does
 * this to its ground truth with 25 nm before it is scored.
 */
public final class TruthBorders {

  private TruthBorders() {}

  /**
   * A stack without its borders.
   *
   * @param labels slices of labels
   * @param size width, height and depth
   * @param pixelWidth along x, in any unit
   * @param pixelHeight along y, in the same unit
   * @param distance in that unit, 0 or more
   * @return slices as thread-safe as the given ones
   * @throws BadParameterException if the distance is negative or a pixel has no size
   */
  public static LabelSlices without(
      LabelSlices labels, Dimensions size, double pixelWidth, double pixelHeight, double distance) {
    if (!(distance >= 0 && pixelWidth > 0 && pixelHeight > 0)) {
      throw new BadParameterException(
          "border="
              + distance
              + " with pixels of "
              + pixelWidth
              + " x "
              + pixelHeight
              + " is no distance: give 0 or more, and the voxel size.");
    }
    int width = Math.toIntExact(size.dimension(0));
    int height = Math.toIntExact(size.dimension(1));
    int rows = (int) Math.min(height, Math.floor(distance / pixelHeight));
    int[] reach = new int[rows + 1];
    for (int dy = 0; dy <= rows; dy++) {
      double across = Math.sqrt(distance * distance - dy * pixelHeight * (dy * pixelHeight));
      reach[dy] = (int) Math.min(width, Math.floor(across / pixelWidth));
    }
    return (z, target) -> {
      labels.read(z, target);
      erase(target, width, height, reach);
    };
  }

  private static void erase(long[] slice, int width, int height, int[] reach) {
    // Begins and ends of the stretches to erase in each row, summed up at the end.
    int[] changes = new int[(width + 1) * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (isBorder(slice, width, height, x, y, i)) {
          mark(changes, width, height, x, y, reach);
        }
      }
    }
    for (int y = 0, i = 0; y < height; y++) {
      int depth = 0;
      for (int x = 0; x < width; x++, i++) {
        depth += changes[y * (width + 1) + x];
        slice[i] = depth > 0 ? 0 : slice[i];
      }
    }
  }

  private static boolean isBorder(long[] slice, int width, int height, int x, int y, int i) {
    long label = slice[i];
    return x > 0 && slice[i - 1] != label
        || x < width - 1 && slice[i + 1] != label
        || y > 0 && slice[i - width] != label
        || y < height - 1 && slice[i + width] != label;
  }

  private static void mark(int[] changes, int width, int height, int x, int y, int[] reach) {
    int rows = reach.length - 1;
    for (int row = Math.max(0, y - rows); row <= Math.min(height - 1, y + rows); row++) {
      int across = reach[Math.abs(row - y)];
      changes[row * (width + 1) + Math.max(0, x - across)]++;
      changes[row * (width + 1) + Math.min(width, x + across + 1)]--;
    }
  }
}
