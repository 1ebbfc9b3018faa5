package org.uniem.floodfilling.training;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/**
 * Images with the objects in them, in memory: 8 bytes per voxel, slice by slice, so that there may
 * be more than 2³¹ voxels; voxels that are left out take a bit more.
 *
 * <p>Positions outside are not possible; {@link #mirrored} moves the faces outwards. Immutable and
 * thread-safe.
 */
public final class LabelledVolume {

  private final Box size;
  private final float[][] images;
  private final int[][] labels;
  private final BitSet[] excluded;
  private final int width;
  // By position: the column, row and slice that is seen there.
  private final int[] columns;
  private final int[] rows;
  private final int[] slices;

  private LabelledVolume(
      Box inside, int[] border, float[][] images, int[][] labels, BitSet[] excluded) {
    this.width = inside.x();
    this.columns = seen(inside.x(), border[0]);
    this.rows = seen(inside.y(), border[1]);
    this.slices = seen(inside.z(), border[2]);
    this.size = new Box(columns.length, rows.length, slices.length);
    this.images = images;
    this.labels = labels;
    this.excluded = excluded;
  }

  /**
   * Reads a box of a volume.
   *
   * @param images grey
   * @param labels same size; 0 is background, each other value an object
   * @param mask same size, everything but 0 is left out of training; may be empty
   * @param from first column, row and slice
   * @param size columns, rows and slices, inside the volume
   * @throws BadInputException if sizes differ, a pixel is no number, or a label no whole number of
   *     0 … 2³¹−1
   */
  public static LabelledVolume read(
      Volume images, Volume labels, Optional<Volume> mask, Box from, Box size, Job job) {
    VolumeSizes.requireSame("images", images, "labels", labels);
    mask.ifPresent(volume -> VolumeSizes.requireSame("images", images, "mask", volume));
    int pixels = size.x() * size.y();
    float[][] intensities = new float[size.z()][pixels];
    int[][] objects = new int[size.z()][pixels];
    BitSet[] left = new BitSet[size.z()];
    float[] slice = new float[Math.toIntExact(images.width() * images.height())];
    LabelSlices ids = LabelSlices.upTo(Integer.MAX_VALUE, labels, 0);
    long[] all = new long[slice.length];
    float[] part = new float[pixels];
    Job.Stage stage = job.stage("Reading images and labels", size.z(), "slices");
    for (int k = 0; k < size.z(); k++) {
      long z = (long) from.z() + k;
      images.readSlice(z, 0, slice);
      requireFinite(images, z, slice);
      crop(slice, (int) images.width(), from, size, intensities[k]);
      ids.read(z, all);
      for (int i = 0; i < pixels; i++) {
        long y = from.y() + i / size.x();
        objects[k][i] = (int) all[Math.toIntExact(y * images.width()) + from.x() + i % size.x()];
      }
      left[k] = new BitSet();
      if (mask.isPresent()) {
        mask.get().readSlice(z, 0, slice);
        crop(slice, (int) images.width(), from, size, part);
        for (int i = 0; i < pixels; i++) {
          left[k].set(i, part[i] != 0);
        }
      }
      stage.advance(1);
    }
    return new LabelledVolume(size, new int[3], intensities, objects, left);
  }

  private static int[] seen(int length, int border) {
    return IntStream.range(-border, length + border)
        .map(at -> Mirroring.seenAt(at, length))
        .toArray();
  }

  /**
   * The same voxels with others around them, as in a mirror. It shares their memory; {@link
   * #objectSizes} and {@link #meanAndDeviation} count none twice.
   *
   * @param border voxels added on each side, along x, y and z
   */
  public LabelledVolume mirrored(int[] border) {
    return new LabelledVolume(
        new Box(width, images[0].length / width, images.length), border, images, labels, excluded);
  }

  private static void crop(float[] slice, int width, Box from, Box size, float[] part) {
    for (int y = 0; y < size.y(); y++) {
      int start = (from.y() + y) * width + from.x();
      System.arraycopy(slice, start, part, y * size.x(), size.x());
    }
  }

  private static void requireFinite(Volume images, long z, float[] slice) {
    for (int i = 0; i < slice.length; i++) {
      if (!Float.isFinite(slice[i])) {
        throw new BadInputException(
            at(images, z, i) + " is " + slice[i] + ": expected a number. Replace such pixels.");
      }
    }
  }

  private static String at(Volume volume, long z, int pixel) {
    long width = volume.width();
    return "Slice "
        + z
        + " of \""
        + volume.name()
        + "\" at x="
        + pixel % width
        + ", y="
        + pixel / width;
  }

  /** Number of voxels along each axis. */
  public Box size() {
    return size;
  }

  /** Number of voxels. */
  public long voxels() {
    return (long) size.x() * size.y() * size.z();
  }

  /** An intensity as it is in the file. */
  public float intensity(int x, int y, int z) {
    return images[slices[z]][rows[y] * width + columns[x]];
  }

  /** The object of a voxel, 0 where there is none. */
  public int label(int x, int y, int z) {
    return labels[slices[z]][rows[y] * width + columns[x]];
  }

  /** Whether a voxel is left out of training. */
  public boolean isExcluded(int x, int y, int z) {
    return excluded[slices[z]].get(rows[y] * width + columns[x]);
  }

  /** Mean and standard deviation of all intensities that are not left out. */
  public double[] meanAndDeviation() {
    double count = 0;
    double mean = 0;
    double squares = 0;
    for (int z = 0; z < images.length; z++) {
      for (int i = 0; i < images[z].length; i++) {
        if (!excluded[z].get(i)) {
          count++;
          double difference = images[z][i] - mean;
          mean += difference / count;
          squares += difference * (images[z][i] - mean);
        }
      }
    }
    return new double[] {mean, Math.sqrt(squares / Math.max(1, count))};
  }

  /** Voxels per object, background left out. */
  public Map<Integer, Long> objectSizes() {
    Map<Integer, Long> sizes = new HashMap<>();
    for (int[] slice : labels) {
      for (int start = 0; start < slice.length; ) {
        int end = start + 1;
        while (end < slice.length && slice[end] == slice[start]) {
          end++;
        }
        if (slice[start] != 0) {
          sizes.merge(slice[start], (long) (end - start), Long::sum);
        }
        start = end;
      }
    }
    return sizes;
  }
}
