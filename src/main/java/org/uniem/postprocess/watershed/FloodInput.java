package org.uniem.postprocess.watershed;

import java.util.Arrays;
import java.util.Optional;
import net.imglib2.FinalDimensions;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.labelling.SequentialLabels;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.VolumeSizes;

/** Heights, seeds and mask of a watershed, all x, y, z in the coordinates of the heights. */
final class FloodInput {

  /** Label of voxels outside the mask. */
  static final int OUTSIDE = -1;

  /** What messages call the seeds. */
  static final String SEEDS = "seeds";

  private final RandomAccessibleInterval<? extends RealType<?>> heights;
  private final RandomAccessibleInterval<? extends IntegerType<?>> seeds;
  private final Optional<RandomAccessibleInterval<? extends RealType<?>>> mask;
  private final Connectivity connectivity;
  private final Heights scale;
  private final long[] ids;

  /**
   * Checks and keeps the images.
   *
   * @throws BadInputException if they do not fit together, or an id is negative
   */
  FloodInput(
      RandomAccessibleInterval<? extends RealType<?>> heights,
      RandomAccessibleInterval<? extends IntegerType<?>> seeds,
      Optional<? extends RandomAccessibleInterval<? extends RealType<?>>> mask,
      Connectivity connectivity,
      Job job) {
    this.heights = xyz(heights, "image");
    this.connectivity = connectivity;
    this.scale = Heights.of(heights.getType());
    this.seeds = at(this.heights, xyz(seeds, SEEDS), SEEDS);
    this.mask = mask.map(image -> at(this.heights, xyz(image, "mask"), "mask"));
    this.ids = ids(this.seeds, job);
  }

  private static <S extends IntegerType<S>> long[] ids(
      RandomAccessibleInterval<? extends IntegerType<?>> seeds, Job job) {
    long[] ids =
        SequentialLabels.distinct(
            labels(seeds), new FinalDimensions(seeds.dimensionsAsLongArray()), job);
    if (ids.length == 0) {
      throw new BadInputException(
          "The seeds are empty: expected at least one voxel that is not 0, from where to flood.");
    }
    if (ids[0] < 0) {
      throw new BadInputException(
          "The seeds have the id " + ids[0] + ": expected ids of 1 or more, and 0 elsewhere.");
    }
    if (ids.length > Flood.BLOCKED - 1) {
      throw new BadInputException(
          "There are " + ids.length + " seeds: expected at most " + (Flood.BLOCKED - 1) + ".");
    }
    return ids;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // IntegerType<?> is an S of its own kind
  private static LabelSlices labels(RandomAccessibleInterval<? extends IntegerType<?>> image) {
    return LabelSlices.of((RandomAccessibleInterval) image);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // RealType<?> is a T of its own kind
  static SliceReader values(RandomAccessibleInterval<? extends RealType<?>> image) {
    return SliceReader.of((RandomAccessibleInterval) image);
  }

  static <T> RandomAccessibleInterval<T> xyz(RandomAccessibleInterval<T> image, String name) {
    int axes = image.numDimensions();
    if (axes != 2 && axes != 3) {
      throw new BadInputException(
          "The " + name + " has " + axes + " axes: expected 2 (x, y) or 3 (x, y, z).");
    }
    if (Arrays.stream(image.dimensionsAsLongArray()).anyMatch(length -> length < 1)) {
      throw new BadInputException(
          "The "
              + name
              + " is empty, its size is "
              + Arrays.toString(image.dimensionsAsLongArray())
              + ": expected at least one voxel.");
    }
    return axes == 3 ? image : Views.addDimension(image, 0, 0);
  }

  private static <T> RandomAccessibleInterval<T> at(
      Interval place, RandomAccessibleInterval<T> image, String name) {
    VolumeSizes.requireSame("image", place, name, image);
    return Views.translate(Views.zeroMin(image), place.minAsLongArray());
  }

  /** Where the image is. */
  Interval size() {
    return heights;
  }

  Connectivity connectivity() {
    return connectivity;
  }

  Heights heights() {
    return scale;
  }

  /** The id of a label 1, 2, …, which are in ascending order of ids. */
  long id(int label) {
    return ids[label - 1];
  }

  /** Number of labels. */
  int labels() {
    return ids.length;
  }

  /** The largest id. */
  long largestId() {
    return ids[ids.length - 1];
  }

  /** A reader of a part, for one thread. */
  Part part(Interval part) {
    return new Part(part);
  }

  /** Reads slices of a part. */
  final class Part {

    private final SliceReader heightSlices;
    private final LabelSlices seedSlices;
    private final Optional<SliceReader> maskSlices;
    private final long[] seedIds;
    private final float[] inside;

    private Part(Interval part) {
      heightSlices = values(Views.interval(heights, part));
      seedSlices = labels(Views.interval(seeds, part));
      maskSlices = mask.map(image -> values(Views.interval(image, part)));
      int size = (int) (part.dimension(0) * part.dimension(1));
      seedIds = new long[size];
      inside = new float[maskSlices.isPresent() ? size : 0];
    }

    /**
     * Reads a slice.
     *
     * @param z from 0 at the smallest z of the part
     * @param heightsOut receives the heights
     * @param labelsOut receives labels of seeds, 0 where there is none, {@link #OUTSIDE} where the
     *     mask is 0
     */
    void read(int z, float[] heightsOut, int[] labelsOut) {
      heightSlices.read(z, heightsOut);
      seedSlices.read(z, seedIds);
      long id = 0;
      int label = 0;
      for (int i = 0; i < seedIds.length; i++) {
        if (seedIds[i] != id) {
          id = seedIds[i];
          label = id == 0 ? 0 : Arrays.binarySearch(ids, id) + 1;
        }
        labelsOut[i] = label;
      }
      maskSlices.ifPresent(
          slices -> {
            slices.read(z, inside);
            for (int i = 0; i < inside.length; i++) {
              if (inside[i] == 0) {
                labelsOut[i] = OUTSIDE;
              }
            }
          });
    }
  }
}
