package org.uniem.networks.training;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws random pixels of a class, uniformly, from the training regions. Immutable and thread-safe.
 *
 * <p>Keeps a running count per row and class (8 bytes each) rather than a list of pixels, and looks
 * for the pixel within the row it finds.
 */
final class LabelIndex {

  /** A pixel of a region. */
  record Pixel(Split.Region region, int x, int y) {}

  private final TrainingData data;
  private final List<Split.Region> regions;
  private final int[] firstRow;

  /** Per class, the number of its pixels in all rows up to and with this one. */
  private final long[][] running;

  private final int[] present;

  LabelIndex(TrainingData data, List<Split.Region> regions) {
    this.data = data;
    this.regions = regions;
    this.firstRow = new int[regions.size() + 1];
    for (int i = 0; i < regions.size(); i++) {
      firstRow[i + 1] = firstRow[i] + regions.get(i).height();
    }
    int classes = data.codes();
    this.running = new long[classes][firstRow[regions.size()]];
    for (int i = 0; i < regions.size(); i++) {
      count(regions.get(i), firstRow[i]);
    }
    for (long[] counts : running) {
      Arrays.parallelPrefix(counts, Long::sum);
    }
    this.present = IntStream.range(0, classes).filter(c -> total(c) > 0).toArray();
  }

  /** The classes that have pixels, ascending. */
  int[] present() {
    return present;
  }

  /** The number of pixels of a class. */
  long total(int label) {
    long[] counts = running[label];
    return counts.length == 0 ? 0 : counts[counts.length - 1];
  }

  /** A random labelled pixel. */
  Pixel pick(SplittableRandom random) {
    long sum = 0;
    for (int label : present) {
      sum += total(label);
    }
    long rank = random.nextLong(sum);
    for (int label : present) {
      if (rank < total(label)) {
        return at(label, rank);
      }
      rank -= total(label);
    }
    throw new IllegalStateException("The totals changed.");
  }

  /** A random pixel of a class. */
  Pixel pick(int label, SplittableRandom random) {
    return at(label, random.nextLong(total(label)));
  }

  private Pixel at(int label, long rank) {
    long[] counts = running[label];
    int low = 0;
    int high = counts.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (counts[middle] > rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    int found = Arrays.binarySearch(firstRow, low);
    // Not a first row: the insertion point is behind the region that holds it.
    int index = found >= 0 ? found : -found - 2;
    Split.Region region = regions.get(index);
    int y = region.y() + low - firstRow[index];
    long left = rank - (low == 0 ? 0 : counts[low - 1]);
    byte[] labels = data.labels(region.z());
    for (int x = region.x(); x < region.x() + region.width(); x++) {
      if (labels[y * data.width() + x] == label + 1 && left-- == 0) {
        return new Pixel(region, x, y);
      }
    }
    throw new IllegalStateException("The labels changed.");
  }

  private void count(Split.Region region, int row) {
    byte[] labels = data.labels(region.z());
    for (int i = 0; i < region.height(); i++) {
      int start = (region.y() + i) * data.width() + region.x();
      for (int x = start; x < start + region.width(); x++) {
        if (labels[x] != 0) {
          running[labels[x] - 1][row + i]++;
        }
      }
    }
  }
}
