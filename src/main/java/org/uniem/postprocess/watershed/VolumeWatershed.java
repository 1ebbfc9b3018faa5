package org.uniem.postprocess.watershed;

import java.util.Optional;
import java.util.function.Consumer;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.LongType;
import org.uniem.job.BadInputException;
import org.uniem.job.JavaMemory;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.postprocess.labelling.LabelSliceSink;
import org.uniem.postprocess.watershed.MapWatershedOptions.Mode;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.ProbabilitySlices;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/**
 * A watershed of stacks: in memory where that is needed, else slab by slab, so that stacks may be
 * larger than memory.
 *
 * <p>Where seeds are given, boundaries are flooded and no object is too small, nothing needs the
 * whole stack: what does not fit into memory is flooded in blocks. All else takes 34 bytes per
 * voxel, 38 with seeds of 64 bits.
 */
public final class VolumeWatershed {

  /** Edge length of the blocks of stacks beyond memory. */
  private static final int BLOCK = 128;

  /** What the watershed of a whole image takes per voxel at most, without its labels. */
  private static final long BYTES_PER_VOXEL = 30;

  private static final long MOST_VOXELS = Integer.MAX_VALUE - 8;

  private final Volume map;
  private final Optional<Volume> seeds;
  private final Optional<Volume> mask;

  /**
   * Takes the stacks, each of one channel and open as long as results are read.
   *
   * @param map boundaries or objects
   * @param seeds labels from where to flood, 0 elsewhere; empty to find them
   * @param mask no object gets where this is 0; empty to allow all
   * @throws BadInputException if the sizes differ
   */
  public VolumeWatershed(Volume map, Optional<Volume> seeds, Optional<Volume> mask) {
    this.map = map;
    this.seeds = seeds;
    this.mask = mask;
    seeds.ifPresent(volume -> VolumeSizes.requireSame("images", map, "seeds", volume));
    mask.ifPresent(volume -> VolumeSizes.requireSame("images", map, "mask", volume));
  }

  /**
   * Objects in the order of their slices.
   *
   * @param count number of objects, or of seeds where the stack is beyond memory
   * @param largest the largest id
   * @param slices gives the labels of each slice to a sink, from the first to the last
   */
  public record Result(long count, long largest, Consumer<LabelSliceSink> slices) {}

  /**
   * Finds the objects; those of a stack beyond memory as their slices are asked for.
   *
   * @throws BadInputException if a value is NaN, no probability, or no label
   * @throws ResourceException if memory is needed that Java does not have
   */
  public Result segment(MapWatershedOptions options, Job job) {
    boolean needsNoDistance = seeds.isPresent() && options.mode() == Mode.BOUNDARY;
    boolean blocks = needsNoDistance && options.minVoxels() <= 1;
    if (!blocks) {
      requireMemory(options);
    }
    if (!needsNoDistance) {
      requireProbabilities(job);
    }
    return blocks && !fits() ? inBlocks(options, job) : inMemory(options, job);
  }

  private double voxels() {
    return (double) map.width() * map.height() * map.depth();
  }

  private boolean isWide() {
    return seeds.isPresent() && seeds.get().pixelType() == PixelType.UINT64;
  }

  private double bytes() {
    return voxels() * (BYTES_PER_VOXEL + (isWide() ? Long.BYTES : Integer.BYTES));
  }

  private boolean fits() {
    return voxels() <= MOST_VOXELS && bytes() < Runtime.getRuntime().maxMemory();
  }

  /** Says beforehand what would end in a lack of memory after minutes of work. */
  private void requireMemory(MapWatershedOptions options) {
    if (fits()) {
      return;
    }
    String others =
        options.mode() == Mode.BOUNDARY
            ? "cut the images, or give seeds and minVoxels=0, which needs no more memory for larger"
                + " images."
            : "cut the images.";
    String most = voxels() > MOST_VOXELS ? " takes at most " + MOST_VOXELS + ": " : null;
    // With room for what is beside the images.
    long megabytes = (long) (1.2 * bytes()) >> 20;
    throw new ResourceException(
        "A watershed that finds seeds or removes small objects in "
            + VolumeSizes.words(map)
            + " voxels"
            + (most != null
                ? most
                : " needs about "
                    + megabytes
                    + " MB, and Java may use "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB: give more, "
                    + JavaMemory.howToGive(megabytes)
                    + ", ")
            + others);
  }

  /** What the threshold divides; given seeds are flooded over heights of any range. */
  private void requireProbabilities(Job job) {
    if (map.pixelType() != PixelType.FLOAT32) {
      return;
    }
    SliceReader slices = ProbabilitySlices.stored(map, 0);
    float[] slice = new float[Math.toIntExact(map.width() * map.height())];
    for (long z = 0; z < map.depth(); z++) {
      job.checkCancelled();
      slices.read(z, slice);
    }
  }

  private Result inMemory(MapWatershedOptions options, Job job) {
    long[] size = {map.width(), map.height(), map.depth()};
    return isWide()
        ? inMemory(ArrayImgs.longs(size), options, job)
        : inMemory(ArrayImgs.unsignedInts(size), options, job);
  }

  private <L extends IntegerType<L>> Result inMemory(
      RandomAccessibleInterval<L> labels, MapWatershedOptions options, Job job) {
    long count =
        MapWatershed.segment(
            map.channel(0),
            seeds.map(VolumeWatershed::labels),
            mask.map(volume -> volume.channel(0)),
            labels,
            options,
            job);
    job.checkCancelled();
    long largest = 0;
    for (L label : labels) {
      largest = Math.max(largest, label.getIntegerLong());
    }
    return new Result(count, largest, sink -> give(LabelSlices.of(labels), sink, job));
  }

  private void give(LabelSlices slices, LabelSliceSink sink, Job job) {
    long[] slice = new long[Math.toIntExact(map.width() * map.height())];
    for (long z = 0; z < map.depth(); z++) {
      job.checkCancelled();
      slices.read(z, slice);
      sink.accept(z, slice);
    }
  }

  private Result inBlocks(MapWatershedOptions options, Job job) {
    SeededWatershed watershed =
        new SeededWatershed(
            map.channel(0),
            labels(seeds.orElseThrow()),
            mask.map(volume -> volume.channel(0)),
            options.connectivity(),
            job);
    long bytesPerSlice = Long.BYTES * map.width() * map.height();
    long slices = Runtime.getRuntime().maxMemory() / 8 / bytesPerSlice;
    int slab = (int) Math.max(1, Math.min(slices, BLOCK));
    return new Result(
        watershed.seeds(), watershed.largestId(), sink -> watershed.write(sink, slab, BLOCK, job));
  }

  private static RandomAccessibleInterval<? extends IntegerType<?>> labels(Volume volume) {
    RandomAccessibleInterval<? extends RealType<?>> image = volume.channel(0);
    return switch (volume.pixelType()) {
      case UINT8, UINT16, UINT32 -> integers(image);
      case UINT64 -> signed(integers(image), volume.name());
      case FLOAT32 -> wholeNumbers(image, volume.name());
    };
  }

  @SuppressWarnings("unchecked") // the pixel type says so
  private static RandomAccessibleInterval<? extends IntegerType<?>> integers(
      RandomAccessibleInterval<? extends RealType<?>> image) {
    return (RandomAccessibleInterval<? extends IntegerType<?>>) image;
  }

  @SuppressWarnings("unchecked") // IntegerType<?> is a T of its own kind
  private static <T extends IntegerType<T>> RandomAccessibleInterval<LongType> signed(
      RandomAccessibleInterval<? extends IntegerType<?>> image, String name) {
    return Converters.convert(
        (RandomAccessibleInterval<T>) image,
        (value, id) -> {
          if (value.getIntegerLong() < 0) {
            throw notALabel(name, Long.toUnsignedString(value.getIntegerLong()), Long.MAX_VALUE);
          }
          id.set(value.getIntegerLong());
        },
        new LongType());
  }

  private static BadInputException notALabel(String name, String value, long largest) {
    return new BadInputException(
        "The seeds "
            + name
            + " have the value "
            + value
            + ": expected labels, whole numbers 0 … "
            + largest
            + ". Label a probability map with label-objects first; its mode=renumber numbers"
            + " objects anew.");
  }

  @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
  private static <T extends RealType<T>> RandomAccessibleInterval<LongType> wholeNumbers(
      RandomAccessibleInterval<? extends RealType<?>> image, String name) {
    return Converters.convert(
        (RandomAccessibleInterval<T>) image,
        (value, id) -> {
          double real = value.getRealDouble();
          long whole = (long) real;
          if (whole != real || whole < 0 || whole > PixelType.FLOAT32.largestLabel()) {
            throw notALabel(name, String.valueOf(real), PixelType.FLOAT32.largestLabel());
          }
          id.set(whole);
        },
        new LongType());
  }
}
