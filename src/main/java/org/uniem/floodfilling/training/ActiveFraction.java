package org.uniem.floodfilling.training;

import java.util.Arrays;
import java.util.Set;

/**
 * How much of a voxel's surroundings belongs to the same object, in 13 steps: what training draws
 * examples by, so that thin processes count as much as cell bodies.
 *
 * <p>The share of same-label voxels in the box of radius r around a voxel is compared with the
 * thresholds 0.025, 0.05, 0.075, 0.1, 0.2, 0.3 … 0.9; the class is one more than the place of the
 * first that is larger, 13 where none is, and 0 for background. Januszewski et al. 2018,
 * 10.1038/s41592-018-0049-4. Our deviation: voxels of objects that are too small are in no class,
 * where the authors' program counts them as background.
 */
final class ActiveFraction {

  /** Classes 0 … 13. */
  static final int CLASSES = 14;

  /** Stands for voxels that are in no class. */
  static final byte NONE = -1;

  private static final double[] THRESHOLDS = {
    0.025, 0.05, 0.075, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9
  };

  private final LabelledVolume volume;
  private final Set<Integer> objects;
  private final Box radius;

  /**
   * @param volume images with labels
   * @param objects labels of the objects that are large enough
   * @param radius of the box
   */
  ActiveFraction(LabelledVolume volume, Set<Integer> objects, Box radius) {
    this.volume = volume;
    this.objects = objects;
    this.radius = radius;
  }

  /** The class of a share. */
  static byte classOf(double share) {
    int first = 0;
    while (first < THRESHOLDS.length && share > THRESHOLDS[first]) {
      first++;
    }
    return (byte) (first + 1);
  }

  /**
   * Classifies a block of voxels. The box around each must lie inside the volume.
   *
   * @param x first column
   * @param y first row
   * @param z first slice
   * @param size of the block
   * @return classes of its voxels, or {@link #NONE}
   */
  byte[] classify(int x, int y, int z, Box size) {
    Box padded = size.plus(2, radius);
    int[] labels = new int[padded.voxels()];
    for (int k = 0, i = 0; k < padded.z(); k++) {
      for (int j = 0; j < padded.y(); j++) {
        for (int h = 0; h < padded.x(); h++, i++) {
          labels[i] = volume.label(x - radius.x() + h, y - radius.y() + j, z - radius.z() + k);
        }
      }
    }
    byte[] classes = new byte[size.voxels()];
    Arrays.fill(classes, NONE);
    int[] centres = centres(labels, padded, size);
    int[] sorted = Arrays.stream(centres).sorted().distinct().toArray();
    for (int label : sorted) {
      if (label == 0) {
        fill(classes, centres, 0, (byte) 0);
      } else if (objects.contains(label)) {
        classify(label, labels, padded, centres, size, classes);
      }
    }
    return classes;
  }

  private int[] centres(int[] labels, Box padded, Box size) {
    int[] centres = new int[size.voxels()];
    for (int k = 0, i = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++, i += size.x()) {
        int from = padded.voxel(radius.x(), j + radius.y(), k + radius.z());
        System.arraycopy(labels, from, centres, i, size.x());
      }
    }
    return centres;
  }

  private static void fill(byte[] classes, int[] centres, int label, byte value) {
    for (int i = 0; i < centres.length; i++) {
      if (centres[i] == label) {
        classes[i] = value;
      }
    }
  }

  /** Sums over the box, one axis after the other. */
  private void classify(
      int label, int[] labels, Box padded, int[] centres, Box size, byte[] classes) {
    int[] mask = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      mask[i] = labels[i] == label ? 1 : 0;
    }
    Box alongX = new Box(size.x(), padded.y(), padded.z());
    int[] sums = sums(mask, padded.x(), 1, size.x(), radius.x(), padded.y() * padded.z());
    Box alongY = new Box(size.x(), size.y(), padded.z());
    sums = sums(sums, padded.y(), alongX.x(), size.y(), radius.y(), alongX.z());
    sums = sums(sums, padded.z(), alongY.x() * alongY.y(), size.z(), radius.z(), 1);
    double box = new Box(1, 1, 1).plus(2, radius).voxels();
    for (int i = 0; i < centres.length; i++) {
      if (centres[i] == label) {
        classes[i] = classOf(sums[i] / box);
      }
    }
  }

  /**
   * Sums along one axis of an array [outer, axis, inner].
   *
   * @param in its values
   * @param length of the axis
   * @param inner values per step of the axis
   * @param results length of the axis afterwards: length − 2 · reach
   * @param reach values on each side that are summed
   * @param outer number of times the axis occurs
   */
  private static int[] sums(int[] in, int length, int inner, int results, int reach, int outer) {
    int[] out = new int[outer * results * inner];
    for (int o = 0; o < outer; o++) {
      int from = o * length * inner;
      int to = o * results * inner;
      for (int i = 0; i < inner; i++) {
        int sum = 0;
        for (int k = 0; k < 2 * reach; k++) {
          sum += in[from + k * inner + i];
        }
        for (int k = 0; k < results; k++) {
          sum += in[from + (k + 2 * reach) * inner + i];
          out[to + k * inner + i] = sum;
          sum -= in[from + k * inner + i];
        }
      }
    }
    return out;
  }
}
