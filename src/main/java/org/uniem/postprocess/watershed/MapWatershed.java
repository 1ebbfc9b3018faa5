package org.uniem.postprocess.watershed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;
import org.uniem.filters.distance.DistanceOptions;
import org.uniem.filters.distance.DistanceTransform;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.postprocess.labelling.RunPainter;
import org.uniem.postprocess.labelling.SequentialLabels;
import org.uniem.postprocess.watershed.MapWatershedOptions.Mode;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.VolumeSizes;
import org.uniem.volumes.VoxelSize;

/**
 * Divides a map of boundaries or of objects into single objects: seeds are the peaks of the
 * distance to the nearest boundary, from which the map, or the distance, is flooded.
 *
 * <p>Distances take the proportions of voxels into account; where nothing is boundary they are
 * taken as larger than all others. Takes up to 30 bytes per voxel. The labels do not depend on the
 * number of threads.
 */
public final class MapWatershed {

  private final RandomAccessibleInterval<? extends RealType<?>> map;
  private final Optional<? extends RandomAccessibleInterval<? extends RealType<?>>> mask;
  private final MapWatershedOptions options;
  private final Job job;
  private final int width;
  private final int height;
  private final int depth;

  private MapWatershed(
      RandomAccessibleInterval<? extends RealType<?>> map,
      Optional<? extends RandomAccessibleInterval<? extends RealType<?>>> mask,
      MapWatershedOptions options,
      Job job) {
    // All at (0, 0, 0): the images this makes beside the map are there.
    this.map = Views.zeroMin(FloodInput.xyz(map, "image"));
    this.mask = mask.map(image -> Views.zeroMin(FloodInput.xyz(image, "mask")));
    this.options = options;
    this.job = job;
    this.width = (int) this.map.dimension(0);
    this.height = (int) this.map.dimension(1);
    this.depth = (int) this.map.dimension(2);
    this.mask.ifPresent(image -> VolumeSizes.requireSame("image", this.map, "mask", image));
    long voxels = this.map.size();
    if (voxels > Integer.MAX_VALUE - 8) {
      throw new ResourceException(
          "The image has "
              + voxels
              + " voxels: expected at most 2147483639 where seeds are found in the image. Give"
              + " seeds, or cut the image.");
    }
  }

  /**
   * Finds objects.
   *
   * @param map boundaries or objects, axes x, y or x, y, z; may start anywhere
   * @param seeds ids of 1 or more where objects begin; same size; empty to find seeds
   * @param mask no object gets where this is 0; same size; empty to allow all
   * @param labels receives ids: of the given seeds, or 1, 2, … in scan order of the seeds found; 0
   *     elsewhere; same size, may start elsewhere. Left incomplete on failure or cancel.
   * @param options what is flooded, threshold, peaks, sizes
   * @param job progress, cancel and threads
   * @return number of objects
   * @throws BadInputException if the sizes differ, an image is empty, a value is NaN, or nothing is
   *     an object
   * @throws org.uniem.job.BadParameterException if the label type cannot hold the largest id
   */
  public static <L extends IntegerType<L>> long segment(
      RandomAccessibleInterval<? extends RealType<?>> map,
      Optional<? extends RandomAccessibleInterval<? extends IntegerType<?>>> seeds,
      Optional<? extends RandomAccessibleInterval<? extends RealType<?>>> mask,
      RandomAccessibleInterval<L> labels,
      MapWatershedOptions options,
      Job job) {
    MapWatershed watershed = new MapWatershed(map, mask, options, job);
    watershed.requireSameSize(labels, "labels");
    seeds.ifPresent(image -> watershed.requireSameSize(image, FloodInput.SEEDS));
    return watershed.segment(seeds, labels);
  }

  private <L extends IntegerType<L>> long segment(
      Optional<? extends RandomAccessibleInterval<? extends IntegerType<?>>> given,
      RandomAccessibleInterval<L> labels) {
    int[] seeds = new int[(int) map.size()];
    long[] ids = given.map(image -> renumber(image, seeds)).orElse(new long[0]);
    RandomAccessibleInterval<? extends RealType<?>> heights = map;
    Optional<? extends RandomAccessibleInterval<? extends RealType<?>>> inside = mask;
    boolean floodsDistance = options.mode() == Mode.DISTANCE;
    if (floodsDistance || given.isEmpty()) {
      byte[] objects = objects();
      float[] distances = distances(objects);
      if (given.isEmpty()) {
        findPeaks(objects, distances, seeds);
      }
      if (floodsDistance) {
        for (int i = 0; i < distances.length; i++) {
          distances[i] = -distances[i];
        }
        heights = ArrayImgs.floats(distances, width, height, depth);
        inside = Optional.of(ArrayImgs.unsignedBytes(objects, width, height, depth));
      }
    }
    int[] found = new int[seeds.length];
    flood(heights, seeds, inside, found);
    if (options.minVoxels() > 1 && keepLarge(found, seeds)) {
      flood(heights, seeds, inside, found);
    }
    return write(found, ids, labels);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // IntegerType<?> is an S of its own kind
  private long[] renumber(RandomAccessibleInterval<? extends IntegerType<?>> image, int[] seeds) {
    RandomAccessibleInterval xyz = FloodInput.xyz(image, FloodInput.SEEDS);
    long[] ids = SequentialLabels.renumber(xyz, ints(seeds), job);
    if (ids.length > 0 && ids[0] < 0) {
      throw new BadInputException(
          "The seeds have the id " + ids[0] + ": expected ids of 1 or more, and 0 elsewhere.");
    }
    return ids;
  }

  private ArrayImg<IntType, IntArray> ints(int[] values) {
    return ArrayImgs.ints(values, width, height, depth);
  }

  /** 1 on object, 0 on boundary and outside the mask. */
  private byte[] objects() {
    byte[] objects = new byte[(int) map.size()];
    boolean high = options.mode() == Mode.DISTANCE;
    int slice = width * height;
    SliceReader values = FloodInput.values(map);
    Optional<SliceReader> allowed = mask.map(FloodInput::values);
    eachSlice(
        z -> {
          float[] plane = new float[slice];
          float[] inside = new float[slice];
          Arrays.fill(inside, 1);
          values.read(z, plane);
          allowed.ifPresent(reader -> reader.read(z, inside));
          for (int i = 0; i < slice; i++) {
            if (Float.isNaN(plane[i]) && inside[i] != 0) {
              throw new BadInputException(
                  "The pixel at x="
                      + i % width
                      + ", y="
                      + i / width
                      + " of slice z="
                      + z
                      + " (counted from 0) is not a number (NaN): expected a probability. Repeat"
                      + " the prediction, or leave such pixels out by a mask.");
            }
            boolean object = plane[i] >= options.threshold() == high && inside[i] != 0;
            objects[z * slice + i] = (byte) (object ? 1 : 0);
          }
        });
    return objects;
  }

  private float[] distances(byte[] objects) {
    float[] distances = new float[objects.length];
    VoxelSize voxel = options.voxelSize();
    double thick = options.connectivity().is3D() ? voxel.z() : voxel.zOr(voxel.x());
    VoxelSize shape =
        new VoxelSize(1, voxel.y() / voxel.x(), thick / voxel.x(), VoxelSize.UNKNOWN.unit());
    DistanceTransform.ofLabels(
        ArrayImgs.unsignedBytes(objects, width, height, depth),
        ArrayImgs.floats(distances, width, height, depth),
        new DistanceOptions(shape, !options.connectivity().is3D(), false),
        job);
    // Where nothing is boundary.
    float farthest = (float) (width + height * shape.y() + depth * shape.z());
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.min(distances[i], farthest);
    }
    return distances;
  }

  private void findPeaks(byte[] objects, float[] distances, int[] seeds) {
    float[] smooth = distances;
    if (options.sigma() > 0) {
      smooth = distances.clone();
      VoxelSize voxel = options.voxelSize();
      double sigma = options.sigma();
      double sigmaZ = options.connectivity().is3D() ? sigma * voxel.x() / voxel.z() : 0;
      new Smoothing(smooth, width, height, depth)
          .apply(sigma, sigma * voxel.x() / voxel.y(), sigmaZ, job);
    }
    float[] peaks = smooth == distances ? distances.clone() : smooth;
    for (int i = 0; i < peaks.length; i++) {
      if (objects[i] == 0) {
        peaks[i] = Float.NEGATIVE_INFINITY;
      }
    }
    long count =
        HMaxima.find(
            ArrayImgs.floats(peaks, width, height, depth),
            options.h(),
            options.connectivity(),
            ints(seeds),
            job);
    if (count == 0) {
      throw new BadInputException(
          options.mode() == Mode.DISTANCE
              ? "No value reaches the threshold: nothing is an object. Lower the threshold."
              : "No value is below the threshold: all is boundary. Raise the threshold.");
    }
  }

  private void flood(
      RandomAccessibleInterval<? extends RealType<?>> heights,
      int[] seeds,
      Optional<? extends RandomAccessibleInterval<? extends RealType<?>>> inside,
      int[] found) {
    new SeededWatershed(heights, ints(seeds), inside, options.connectivity(), job)
        .flood(ints(found), job);
  }

  /**
   * Makes seeds of the objects that are large enough, and leaves those alone among what was found.
   *
   * @return whether others were removed and some are left to flood from
   */
  private boolean keepLarge(int[] found, int[] seeds) {
    long[] sizes = sizes(found);
    boolean removed = false;
    boolean kept = false;
    for (int label = 1; label < sizes.length; label++) {
      removed |= sizes[label] > 0 && sizes[label] < options.minVoxels();
      kept |= sizes[label] >= options.minVoxels();
    }
    for (int i = 0; i < found.length; i++) {
      if (sizes[found[i]] < options.minVoxels()) {
        found[i] = 0;
      }
      seeds[i] = found[i];
    }
    return removed && kept;
  }

  private static long[] sizes(int[] found) {
    long[] sizes = new long[Arrays.stream(found).max().orElse(0) + 1];
    for (int label : found) {
      sizes[label]++;
    }
    return sizes;
  }

  /** Writes given ids, or sequential ones; the number of objects. */
  private <L extends IntegerType<L>> long write(
      int[] found, long[] ids, RandomAccessibleInterval<L> labels) {
    long[] idOf = sizes(found);
    long count = 0;
    long largest = 0;
    idOf[0] = 0;
    for (int label = 1; label < idOf.length; label++) {
      if (idOf[label] > 0) {
        count++;
        idOf[label] = ids.length > 0 ? ids[label - 1] : count;
        largest = Math.max(largest, idOf[label]);
      }
    }
    if (labels.getType().getMaxValue() < largest) {
      throw new BadParameterException(
          "The largest object is "
              + largest
              + ", but the label type "
              + labels.getType().getClass().getSimpleName()
              + " holds ids up to "
              + (long) labels.getType().getMaxValue()
              + ": choose a larger label type, or raise minVoxels.");
    }
    RunPainter painter = RunPainter.on(labels);
    for (int z = 0; z < depth; z++) {
      job.checkCancelled();
      for (int y = 0; y < height; y++) {
        painter.startRow(y, z);
        int row = (z * height + y) * width;
        int begin = 0;
        while (begin < width) {
          int end = begin + 1;
          while (end < width && found[row + end] == found[row + begin]) {
            end++;
          }
          painter.fill(begin, end, idOf[found[row + begin]]);
          begin = end;
        }
      }
    }
    return count;
  }

  private void eachSlice(IntConsumer work) {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int slice = 0; slice < depth; slice++) {
      int z = slice;
      tasks.add(
          () -> {
            job.checkCancelled();
            work.accept(z);
            return null;
          });
    }
    job.runAll(tasks);
  }

  private void requireSameSize(RandomAccessibleInterval<?> image, String name) {
    VolumeSizes.requireSame("image", map, name, FloodInput.xyz(image, name));
  }
}
