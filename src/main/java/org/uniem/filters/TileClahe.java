package org.uniem.filters;

import org.uniem.job.Job;

/**
 * Contrast limited adaptive histogram equalisation as OpenCV does: histograms of a grid of tiles,
 * between which the transfer functions are interpolated.
 *
 * <p>Zuiderveld 1994, in Graphics Gems IV. Values are taken as 8-bit. Where the grid does not
 * divide the slice, it is mirrored on the right and below without repeating the outermost pixel.
 */
final class TileClahe implements Filter {

  private static final int BINS = 256;

  private final double clip;
  private final int columns;
  private final int rows;
  private final double full;

  /**
   * @param clip largest count of a bin, in means; 0 sets no limit
   * @param columns tiles along x
   * @param rows tiles along y
   * @param full the largest value of the pixel type
   */
  TileClahe(double clip, int columns, int rows, double full) {
    this.clip = clip;
    this.columns = columns;
    this.rows = rows;
    this.full = full;
  }

  @Override
  public void apply(SliceWindow source, float[] target, Job job) {
    int width = source.width();
    int height = source.height();
    int[] binned = new int[target.length];
    for (int i = 0; i < binned.length; i++) {
      double share = Math.max(0, Math.min(1, source.middle()[i] / full));
      binned[i] = (int) Math.round(share * (BINS - 1));
    }
    boolean fits = width % columns == 0 && height % rows == 0;
    // Where one axis must grow, OpenCV lets both grow to the next multiple.
    int tileWidth = fits ? width / columns : width / columns + 1;
    int tileHeight = fits ? height / rows : height / rows + 1;
    int[][] tables = new int[rows * columns][];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        tables[row * columns + column] =
            table(
                binned, width, height, column * tileWidth, row * tileHeight, tileWidth, tileHeight);
      }
      job.checkCancelled();
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double value =
            blend(
                tables,
                (x + 0.0) / tileWidth - 0.5,
                (y + 0.0) / tileHeight - 0.5,
                binned[y * width + x]);
        target[y * width + x] = (float) (Math.rint(value) / (BINS - 1) * full);
      }
    }
  }

  private int[] table(
      int[] binned, int width, int height, int left, int top, int tileWidth, int tileHeight) {
    int[] histogram = new int[BINS];
    for (int y = top; y < top + tileHeight; y++) {
      for (int x = left; x < left + tileWidth; x++) {
        histogram[binned[inside(y, height) * width + inside(x, width)]]++;
      }
    }
    int area = tileWidth * tileHeight;
    if (clip > 0) {
      limit(histogram, Math.max(1, (int) (clip * area / BINS)));
    }
    int[] table = new int[BINS];
    int sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += histogram[bin];
      table[bin] = (int) Math.min(BINS - 1, Math.rint(sum * (float) (BINS - 1) / area));
    }
    return table;
  }

  private static int inside(int at, int size) {
    if (size == 1) {
      return 0;
    }
    int folded = at % (2 * (size - 1));
    return folded < size ? folded : 2 * (size - 1) - folded;
  }

  private static void limit(int[] histogram, int limit) {
    int excess = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (histogram[bin] > limit) {
        excess += histogram[bin] - limit;
        histogram[bin] = limit;
      }
    }
    int each = excess / BINS;
    int rest = excess - each * BINS;
    for (int bin = 0; bin < BINS; bin++) {
      histogram[bin] += each;
    }
    if (rest != 0) {
      int step = Math.max(BINS / rest, 1);
      for (int bin = 0; bin < BINS && rest > 0; bin += step, rest--) {
        histogram[bin]++;
      }
    }
  }

  private double blend(int[][] tables, double across, double down, int value) {
    int column = (int) Math.floor(across);
    int row = (int) Math.floor(down);
    double right = across - column;
    double below = down - row;
    int left = Math.max(column, 0);
    int next = Math.min(column + 1, columns - 1);
    int upper = Math.max(row, 0);
    int lower = Math.min(row + 1, rows - 1);
    double top =
        tables[upper * columns + left][value] * (1 - right)
            + tables[upper * columns + next][value] * right;
    double bottom =
        tables[lower * columns + left][value] * (1 - right)
            + tables[lower * columns + next][value] * right;
    return top * (1 - below) + bottom * below;
  }
}
