package org.uniem.filters;

import java.util.Arrays;
import org.uniem.job.Job;

/**
 * Contrast limited adaptive histogram equalisation as Fiji's "Enhance Local Contrast (CLAHE)" does:
 * each pixel by the histogram of the block around it.
 *
 * <p>Zuiderveld 1994, in Graphics Gems IV. Blocks are cut off at the border of the slice. Computed
 * for each pixel, as Fiji does when "fast" is off.
 */
final class BlockClahe implements Filter {

  private final int radius;
  private final int bins;
  private final double slope;
  private final double full;

  /**
   * @param block width of the block in pixels
   * @param bins of the histogram
   * @param slope the steepest slope of the transfer function, 1 or more; 1 changes nothing
   * @param full the largest value of the pixel type
   */
  BlockClahe(int block, int bins, double slope, double full) {
    this.radius = (block - 1) / 2;
    this.bins = bins - 1;
    this.slope = slope;
    this.full = full;
  }

  @Override
  public void apply(SliceWindow source, float[] target, Job job) {
    int width = source.width();
    int height = source.height();
    int[] binned = new int[target.length];
    for (int i = 0; i < binned.length; i++) {
      double share = Math.max(0, Math.min(1, source.middle()[i] / full));
      binned[i] = (int) Math.round(share * bins);
    }
    int[] histogram = new int[bins + 1];
    int[] clipped = new int[bins + 1];
    for (int y = 0; y < height; y++) {
      job.checkCancelled();
      int top = Math.max(0, y - radius);
      int bottom = Math.min(height, y + radius + 1);
      Arrays.fill(histogram, 0);
      count(binned, width, 0, Math.min(width - 1, radius), top, bottom, 1, histogram);
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - radius);
        int right = Math.min(width, x + radius + 1);
        int limit = (int) (slope * (right - left) * (bottom - top) / bins + 0.5);
        int i = y * width + x;
        target[i] =
            (float)
                (Math.round(transfer(binned[i], histogram, clipped, limit) * 255) / 255.0 * full);
        // On to the block of the next pixel.
        if (x - radius >= 0) {
          count(binned, width, x - radius, x - radius, top, bottom, -1, histogram);
        }
        if (x + radius + 1 < width) {
          count(binned, width, x + radius + 1, x + radius + 1, top, bottom, 1, histogram);
        }
      }
    }
  }

  private static void count(
      int[] binned, int width, int from, int to, int top, int bottom, int by, int[] histogram) {
    for (int y = top; y < bottom; y++) {
      for (int x = from; x <= to; x++) {
        histogram[binned[y * width + x]] += by;
      }
    }
  }

  private static double transfer(int value, int[] histogram, int[] clipped, int limit) {
    clip(histogram, clipped, limit);
    int first = 0;
    while (first < value && clipped[first] == 0) {
      first++;
    }
    long below = 0;
    for (int i = first; i <= value; i++) {
      below += clipped[i];
    }
    long all = below;
    for (int i = value + 1; i < clipped.length; i++) {
      all += clipped[i];
    }
    long lowest = clipped[first];
    return all == lowest ? 1 : (double) (below - lowest) / (all - lowest);
  }

  /** Spreads what exceeds the limit evenly over all bins, until it no longer changes. */
  private static void clip(int[] histogram, int[] clipped, int limit) {
    System.arraycopy(histogram, 0, clipped, 0, histogram.length);
    int excess = 0;
    int before;
    do {
      before = excess;
      excess = 0;
      for (int i = 0; i < clipped.length; i++) {
        int beyond = clipped[i] - limit;
        if (beyond > 0) {
          excess += beyond;
          clipped[i] = limit;
        }
      }
      int each = excess / clipped.length;
      int rest = excess % clipped.length;
      for (int i = 0; i < clipped.length; i++) {
        clipped[i] += each;
      }
      if (rest != 0) {
        int step = (clipped.length - 1) / rest;
        for (int i = step / 2; step > 0 && i < clipped.length; i += step) {
          clipped[i]++;
        }
      }
    } while (excess != before);
  }
}
