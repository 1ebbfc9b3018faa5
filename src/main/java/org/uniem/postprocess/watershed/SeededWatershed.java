package org.uniem.postprocess.watershed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.BlockGrid;
import org.uniem.job.Job;
import org.uniem.postprocess.labelling.Connectivity;
import org.uniem.postprocess.labelling.LabelSliceSink;
import org.uniem.postprocess.labelling.RunPainter;
import org.uniem.volumes.LabelSlices;

/**
 * Watershed from given seeds: the image is flooded from them in ascending order of its values, and
 * where floods of two seeds meet they stop.
 *
 * <p>Meyer's flooding with a queue per level (Beucher and Meyer 1993, in Mathematical Morphology in
 * Image Processing; Barnes et al. 2014, Priority-flood, doi:10.1016/j.cageo.2013.04.024), without
 * lines between regions. Unlike there, plateaus and ties have a rule that no order of visits
 * changes. The flood reaches a voxel at a time: the level at which water gets there, then the
 * number of steps, neighbour to neighbour, since it stands at that level. A voxel gets the label of
 * the neighbour reached first; of several reached at the same time, the smallest label. So a
 * plateau is divided half way, in steps, between the places where it is entered, and thus the
 * labels of a block are those of the whole image: a block is flooded with a halo from whose outer
 * sides an unknown flood comes in as early as it possibly could. Where that reaches the block, the
 * halo is doubled; what it does not reach is what it would be in the whole image, plateaus or not.
 *
 * <p>Unsigned 8-bit and 16-bit values are flooded level by level; all others are compared exactly
 * as 32-bit floats, but that floats nearer to 0 than 2⁻¹⁰⁰ count as 0 and those beyond ±2²⁸ as
 * ±2²⁸. Voxel sizes play no part: they belong in the heights (see {@link MapWatershed}).
 *
 * <p>Takes 4 bytes per voxel of a block with halo, and up to 12 for each voxel that waits, on every
 * thread. Immutable and thread-safe.
 */
public final class SeededWatershed {

  /** Width of a halo where nothing is known of the size of regions. */
  public static final int HALO = 32;

  private static final int SMALLEST_SLAB = 4 * HALO;
  private static final int LARGE_BLOCK = 512;
  private static final int CELL = 64;

  private final FloodInput input;

  /**
   * Takes the images; reads the seeds once.
   *
   * @param heights what is flooded, axes x, y or x, y, z; may start anywhere
   * @param seeds ids of 1 or more where the flood begins, each at the height of its voxel, 0
   *     elsewhere; same size
   * @param mask only voxels where this is not 0 are flooded, seeds elsewhere mean nothing; same
   *     size; empty to flood all
   * @param connectivity which voxels are neighbours; 4 and 8 flood every slice on its own
   * @param job progress, cancel and threads
   * @throws BadInputException if the sizes differ, an image is empty, or there are no seeds
   */
  public SeededWatershed(
      RandomAccessibleInterval<? extends RealType<?>> heights,
      RandomAccessibleInterval<? extends IntegerType<?>> seeds,
      Optional<? extends RandomAccessibleInterval<? extends RealType<?>>> mask,
      Connectivity connectivity,
      Job job) {
    this.input = new FloodInput(heights, seeds, mask, connectivity, job);
  }

  /**
   * Floods an image from seeds, in memory.
   *
   * @param heights what is flooded, axes x, y or x, y, z; may start anywhere
   * @param seeds ids of 1 or more where the flood begins, 0 elsewhere; same size
   * @param connectivity which voxels are neighbours; 4 and 8 flood every slice on its own
   * @param labels receives the ids of the seeds; same place and size as the image. Left incomplete
   *     on failure or cancel.
   * @param job progress, cancel and threads, none of which changes the labels
   * @throws BadInputException if the sizes differ, an image is empty, a value is NaN, or there are
   *     no seeds
   * @throws BadParameterException if the label type cannot hold the largest id; nothing is written
   */
  public static <T extends RealType<T>, S extends IntegerType<S>, L extends IntegerType<L>>
      void segment(
          RandomAccessibleInterval<T> heights,
          RandomAccessibleInterval<S> seeds,
          Connectivity connectivity,
          RandomAccessibleInterval<L> labels,
          Job job) {
    Optional<RandomAccessibleInterval<T>> everywhere = Optional.empty();
    new SeededWatershed(heights, seeds, everywhere, connectivity, job).flood(labels, job);
  }

  /**
   * Floods a part of the image, or all of it, in memory.
   *
   * @param labels receives the ids of the seeds, 0 where no flood gets; its interval says which
   *     part. Left incomplete on failure or cancel.
   * @param job progress, cancel and threads, none of which changes the labels
   * @throws BadInputException if the part is not within the image, or a value is NaN
   * @throws BadParameterException if the label type cannot hold the largest id; nothing is written
   * @throws org.uniem.job.ResourceException if what must be flooded at once exceeds an array
   */
  public <L extends IntegerType<L>> void flood(RandomAccessibleInterval<L> labels, Job job) {
    RandomAccessibleInterval<L> part = FloodInput.xyz(labels, "label image");
    long[] block = part.dimensionsAsLongArray();
    if (!input.connectivity().is3D()) {
      block[2] = 1;
    } else if (FloodBox.paddedVoxels(part, input.connectivity()) > Integer.MAX_VALUE - 8) {
      block = new long[] {LARGE_BLOCK, LARGE_BLOCK, LARGE_BLOCK};
    } else if (block[2] / job.threads() >= SMALLEST_SLAB && !sharesBytes(part)) {
      block[2] = (block[2] + job.threads() - 1) / job.threads();
    }
    flood(labels, block, HALO, job);
  }

  /**
   * Floods a part of the image, or all of it, block by block: as many at a time as the job has
   * threads.
   *
   * @param labels as for {@link #flood(RandomAccessibleInterval, Job)}
   * @param blockSize size of a block along x, y and z, each 1 or more
   * @param halo voxels around a block at first; doubled for a block where they do not suffice
   * @param job progress, cancel and threads
   * @throws BadParameterException if a size is less than 1 or the halo less than 0
   */
  public <L extends IntegerType<L>> void floodBlocks(
      RandomAccessibleInterval<L> labels, long[] blockSize, int halo, Job job) {
    if (halo < 0) {
      throw new BadParameterException("halo=" + halo + " is too small: give 0 or more.");
    }
    flood(labels, blockSize, halo, job);
  }

  /**
   * Floods slab by slab and hands out finished slices: for stacks beyond memory.
   *
   * @param sink receives the slices in ascending order from the calling thread
   * @param slices how many slices a slab has, of which 8 bytes per voxel are held
   * @param blockSize edge length of the blocks that are flooded at a time
   * @param job progress, cancel and threads
   */
  public void write(LabelSliceSink sink, int slices, int blockSize, Job job) {
    Interval size = input.size();
    long[] block = {blockSize, blockSize, input.connectivity().is3D() ? blockSize : 1};
    long[] slice = new long[Math.toIntExact(size.dimension(0) * size.dimension(1))];
    for (long z = size.min(2); z <= size.max(2); z += slices) {
      long[] min = size.minAsLongArray();
      long[] max = size.maxAsLongArray();
      min[2] = z;
      max[2] = Math.min(z + slices - 1, size.max(2));
      Interval slab = new FinalInterval(min, max);
      RandomAccessibleInterval<LongType> labels =
          Views.translate(
              new CellImgFactory<>(new LongType(), CELL).create(slab.dimensionsAsLongArray()), min);
      flood(labels, block, HALO, job);
      LabelSlices reader = LabelSlices.of(labels);
      for (long i = 0; i <= max[2] - z; i++) {
        reader.read(i, slice);
        sink.accept(z + i - size.min(2), slice);
      }
    }
  }

  /** Number of different ids of the seeds. */
  public int seeds() {
    return input.labels();
  }

  /** The largest id of the seeds. */
  public long largestId() {
    return input.largestId();
  }

  private <L extends IntegerType<L>> void flood(
      RandomAccessibleInterval<L> labels, long[] blockSize, int halo, Job job) {
    Interval part = FloodInput.xyz(labels, "label image");
    requireFits(part, labels.getType());
    List<Interval> blocks = new BlockGrid(part, blockSize).blocks();
    Job.Stage progress = job.stage("Flooding", Intervals.numElements(part), "voxels");
    boolean alone = blocks.size() == 1;
    Object oneWriter = new Object();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Interval block : blocks) {
      tasks.add(
          () -> {
            FloodBox box = flooded(block, halo, false, job);
            if (sharesBytes(labels)) {
              synchronized (oneWriter) {
                write(box, block, labels, job);
              }
            } else {
              write(box, block, labels, job);
            }
            progress.advance(Intervals.numElements(block));
            return null;
          });
    }
    if (alone) {
      // On the calling thread, which may give the reading of slices to the others.
      FloodBox box = flooded(blocks.get(0), halo, true, job);
      write(box, blocks.get(0), labels, job);
      progress.advance(Intervals.numElements(blocks.get(0)));
    } else {
      job.runAll(tasks);
    }
  }

  private FloodBox flooded(Interval block, int halo, boolean parallel, Job job) {
    for (long reach = halo; ; reach = Math.max(8, 2 * reach)) {
      long depth = input.connectivity().is3D() ? reach : 0;
      Interval grown = Intervals.expand(block, reach, reach, depth);
      FloodBox box = new FloodBox(input, Intervals.intersect(grown, input.size()));
      box.flood(parallel, job);
      if (!box.isUncertain(block)) {
        return box;
      }
    }
  }

  private <L extends IntegerType<L>> void write(
      FloodBox box, Interval block, RandomAccessibleInterval<L> labels, Job job) {
    RunPainter painter = RunPainter.on(labels);
    int width = (int) block.dimension(0);
    int[] row = new int[width];
    long first = labels.numDimensions() == 3 ? labels.min(2) : 0;
    int left = (int) (block.min(0) - labels.min(0));
    for (long z = block.min(2); z <= block.max(2); z++) {
      job.checkCancelled();
      for (long y = block.min(1); y <= block.max(1); y++) {
        box.copyRow(block, y, z, row);
        painter.startRow((int) (y - labels.min(1)), z - first);
        int begin = 0;
        while (begin < width) {
          int label = row[begin];
          int end = begin + 1;
          while (end < width && row[end] == label) {
            end++;
          }
          boolean wet = label > 0 && label != Flood.BLOCKED;
          painter.fill(left + begin, left + end, wet ? input.id(label) : 0);
          begin = end;
        }
      }
    }
  }

  private static boolean sharesBytes(RandomAccessibleInterval<?> labels) {
    return labels.getType() instanceof NativeType<?> type
        && type.getEntitiesPerPixel().getRatio() < 1;
  }

  private void requireFits(Interval part, IntegerType<?> type) {
    if (!Intervals.contains(input.size(), part)) {
      throw new BadInputException(
          "The label image is "
              + place(part)
              + ", expected a part of the image, "
              + place(input.size())
              + ".");
    }
    if (type.getMaxValue() < input.largestId()) {
      throw new BadParameterException(
          "The largest seed is "
              + input.largestId()
              + ", but the label type "
              + type.getClass().getSimpleName()
              + " holds ids up to "
              + (long) type.getMaxValue()
              + ": choose a larger label type, or renumber the seeds.");
    }
  }

  private static String place(Interval interval) {
    return Arrays.toString(interval.minAsLongArray())
        + " to "
        + Arrays.toString(interval.maxAsLongArray());
  }
}
