package org.uniem.floodfilling.training;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;

/**
 * Images with the objects in them, in memory: 8 bytes per voxel, slice by slice, so that there may
 * be more than 2³¹ voxels; voxels that are left out take a bit more.
 *
 * <p>Positions outside are not possible. Immutable and thread-safe.
 */
public final class LabelledVolume {

  private final Box size;
  private final float[][] images;
  private final int[][] labels;
  private final BitSet[] excluded;

  private LabelledVolume(Box size, float[][] images, int[][] labels, BitSet[] excluded) {
    this.size = size;
    this.images = images;
    this.labels = labels;
    this.excluded = excluded;
  }

  /**
   * Reads a range of slices.
   *
   * @param images grey
   * @param labels same size; 0 is background, each other value an object
   * @param mask same size, everything but 0 is left out of training; may be empty
   * @param fromZ first slice
   * @param slices how many, 1 or more
   * @throws BadInputException if sizes differ, a pixel is no number, or a label no whole number of
   *     0 … 2³¹−1
   */
  public static LabelledVolume read(
      Volume images, Volume labels, Optional<Volume> mask, long fromZ, int slices, Job job) {
    requireSameSize(images, labels, "labels");
    mask.ifPresent(volume -> requireSameSize(images, volume, "mask"));
    Box size = new Box((int) images.width(), (int) images.height(), slices);
    float[][] pixels = new float[slices][size.x() * size.y()];
    int[][] objects = new int[slices][size.x() * size.y()];
    BitSet[] left = new BitSet[slices];
    float[] slice = new float[size.x() * size.y()];
    Job.Stage stage = job.stage("Reading images and labels", slices, "slices");
    for (int z = 0; z < slices; z++) {
      images.readSlice(fromZ + z, 0, pixels[z]);
      requireFinite(images, fromZ + z, pixels[z]);
      labels.readSlice(fromZ + z, 0, slice);
      for (int i = 0; i < slice.length; i++) {
        objects[z][i] = label(labels, fromZ + z, slice[i]);
      }
      left[z] = new BitSet();
      if (mask.isPresent()) {
        mask.get().readSlice(fromZ + z, 0, slice);
        for (int i = 0; i < slice.length; i++) {
          left[z].set(i, slice[i] != 0);
        }
      }
      stage.advance(1);
    }
    return new LabelledVolume(size, pixels, objects, left);
  }

  private static void requireSameSize(Volume images, Volume other, String what) {
    if (images.width() != other.width()
        || images.height() != other.height()
        || images.depth() != other.depth()) {
      throw new BadInputException(
          "The "
              + what
              + " \""
              + other.name()
              + "\" have "
              + size(other)
              + " voxels, the images \""
              + images.name()
              + "\" "
              + size(images)
              + ": expected the same. Give "
              + what
              + " of these images.");
    }
  }

  private static String size(Volume volume) {
    return volume.width() + " x " + volume.height() + " x " + volume.depth();
  }

  private static void requireFinite(Volume images, long z, float[] slice) {
    for (int i = 0; i < slice.length; i++) {
      if (!Float.isFinite(slice[i])) {
        throw new BadInputException(
            at(images, z, i) + " is " + slice[i] + ": expected a number. Replace such pixels.");
      }
    }
  }

  private static int label(Volume labels, long z, float value) {
    int label = (int) value;
    if (label != value || label < 0) {
      throw new BadInputException(
          at(labels, z, 0).replaceFirst(" at x.*", "")
              + " has the label "
              + value
              + ": expected whole numbers from 0 on, one per object.");
    }
    return label;
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
    return images[z][y * size.x() + x];
  }

  /** The object of a voxel, 0 where there is none. */
  public int label(int x, int y, int z) {
    return labels[z][y * size.x() + x];
  }

  /** Whether a voxel is left out of training. */
  public boolean isExcluded(int x, int y, int z) {
    return excluded[z].get(y * size.x() + x);
  }

  /** Mean and standard deviation of all intensities that are not left out. */
  public double[] meanAndDeviation() {
    double count = 0;
    double mean = 0;
    double squares = 0;
    for (int z = 0; z < size.z(); z++) {
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
    for (int z = 0; z < size.z(); z++) {
      int[] slice = labels[z];
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
