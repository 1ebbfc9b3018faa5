package org.uniem.commands.postprocess;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.LongType;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.commands.parameters.InputVolumes;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.postprocess.labelling.LabelSliceSink;
import org.uniem.postprocess.watershed.DistanceWatershed;
import org.uniem.postprocess.watershed.DistanceWatershedOptions;
import org.uniem.postprocess.watershed.DistanceWatershedOptions.Mode;
import org.uniem.postprocess.watershed.SeededWatershed;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.ProbabilitySlices;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/**
 * The stacks that a watershed takes, and its result as a file: in memory where it fits, else slab
 * by slab.
 */
final class WatershedVolumes {

  /** Edge length of the blocks of stacks beyond memory. */
  private static final int BLOCK = 128;

  /** What a watershed in memory takes per voxel at most. */
  private static final long BYTES_PER_VOXEL = 34;

  private final Volume maps;
  private final Optional<Volume> seeds;
  private final Optional<Volume> mask;

  /**
   * Keeps the stacks.
   *
   * @throws BadInputException if the maps are labels, or the sizes differ
   */
  WatershedVolumes(Volume maps, Optional<Volume> seeds, Optional<Volume> mask) {
    this.maps = maps;
    InputVolumes.requireMap("images", maps);
    this.seeds = seeds;
    this.mask = mask;
    seeds.ifPresent(volume -> VolumeSizes.requireSame("images", maps, "seeds", volume));
    mask.ifPresent(volume -> VolumeSizes.requireSame("images", maps, "mask", volume));
  }

  /**
   * Finds objects and writes them and their table.
   *
   * @return number of objects, or of seeds where the stack is beyond memory
   */
  long segment(DistanceWatershedOptions options, Path output, Job job) {
    boolean needsNoDistance = seeds.isPresent() && options.mode() == Mode.BOUNDARY;
    if (!needsNoDistance) {
      requireProbabilities(job);
    }
    long voxels = maps.width() * maps.height() * maps.depth();
    boolean fits =
        voxels < Integer.MAX_VALUE - 8
            && voxels < Runtime.getRuntime().maxMemory() / BYTES_PER_VOXEL;
    return needsNoDistance && options.minVoxels() <= 1 && !fits
        ? floodSlabs(options, output, job)
        : segmentInMemory(options, output, job);
  }

  /** What the threshold divides; given seeds are flooded over heights of any range. */
  private void requireProbabilities(Job job) {
    if (maps.pixelType() != PixelType.FLOAT32) {
      return;
    }
    SliceReader slices = ProbabilitySlices.stored(maps, 0);
    float[] slice = new float[Math.toIntExact(maps.width() * maps.height())];
    for (long z = 0; z < maps.depth(); z++) {
      job.checkCancelled();
      slices.read(z, slice);
    }
  }

  private long segmentInMemory(DistanceWatershedOptions options, Path output, Job job) {
    long voxels = maps.width() * maps.height() * maps.depth();
    if (voxels > Integer.MAX_VALUE - 8) {
      throw new ResourceException(
          "The images have "
              + voxels
              + " voxels: expected at most 2147483639 where objects are found in memory. Cut them,"
              + " or give seeds with mode=boundary and minVoxels=0, which needs no more memory for"
              + " larger images.");
    }
    long[] size = {maps.width(), maps.height(), maps.depth()};
    // Half the memory, where seeds have no ids that need more.
    boolean wide = seeds.isPresent() && seeds.get().pixelType() == PixelType.UINT64;
    return wide
        ? segment(ArrayImgs.longs(size), options, output, job)
        : segment(ArrayImgs.unsignedInts(size), options, output, job);
  }

  private <L extends IntegerType<L>> long segment(
      RandomAccessibleInterval<L> labels, DistanceWatershedOptions options, Path output, Job job) {
    long count =
        DistanceWatershed.segment(
            maps.channel(0),
            seeds.map(WatershedVolumes::labels),
            mask.map(volume -> volume.channel(0)),
            labels,
            options,
            job);
    job.checkCancelled();
    long largest = 0;
    for (L label : labels) {
      largest = Math.max(largest, label.getIntegerLong());
    }
    ObjectFiles.write(output, maps, largest, LabelSlices.of(labels), job);
    return count;
  }

  private long floodSlabs(DistanceWatershedOptions options, Path output, Job job) {
    SeededWatershed watershed =
        new SeededWatershed(
            maps.channel(0),
            labels(seeds.orElseThrow()),
            mask.map(volume -> volume.channel(0)),
            options.connectivity(),
            job);
    long bytesPerSlice = 8 * maps.width() * maps.height();
    long slices = Runtime.getRuntime().maxMemory() / 8 / bytesPerSlice;
    int slab = (int) Math.max(1, Math.min(slices, BLOCK));
    write(output, watershed.largestId(), sink -> watershed.write(sink, slab, BLOCK, job));
    return watershed.seeds();
  }

  private void write(Path output, long largest, Consumer<LabelSliceSink> source) {
    long[] size = {maps.width(), maps.height(), maps.depth()};
    ObjectFiles.write(output, size, largest, maps.voxelSize(), source);
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
