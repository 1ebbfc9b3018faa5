package org.uniem.floodfilling.scene;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.converter.Converters;
import net.imglib2.converter.RealFloatConverter;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import org.uniem.job.BadInputException;

/**
 * A box of a volume in memory with the objects found in it so far: what a seed policy sees and what
 * flood filling fills.
 *
 * <p>Voxels are counted x fastest, then y, then z, from 0; a box has fewer than 2³¹ of them. Takes
 * 9 bytes per voxel. Filled by one thread; what changes here is the labels, the probabilities and
 * nothing else.
 */
public final class FillingScene {

  /** The label of a voxel that belongs to no object. */
  public static final int FREE = 0;

  /**
   * The label of a seed from which no object could be grown, free to every object; and of what is
   * mirrored.
   */
  public static final int REJECTED = -1;

  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final Extent size;
  private final VoxelPosition origin;
  private final Interval own;
  private final float[] image;
  private final int[] labels;
  private final byte[] probabilities;
  private final BitSet excluded;

  private FillingScene(Interval box, Interval own, float[] image) {
    this.size = sizeOf(box);
    this.origin = originOf(box);
    this.own = own;
    this.image = image;
    this.labels = new int[image.length];
    this.excluded = new BitSet();
    this.probabilities = new byte[image.length];
    markMirrored();
  }

  /** What is mirrored is no place for objects: neither free nor taken. */
  private void markMirrored() {
    if (ownVoxels() == image.length) {
      return;
    }
    Arrays.fill(labels, REJECTED);
    int width = (int) own.dimension(0);
    for (int row = 0; row < ownRows(); row++) {
      int start = ownRow(row);
      Arrays.fill(labels, start, start + width, FREE);
    }
  }

  /**
   * Reads a box of an image and normalises it in single precision, as the network was trained.
   *
   * @param image axes x, y, z
   * @param box the part that is read; beyond the faces of the image, this is mirrored: the network
   *     looks there, but no object gets voxels there
   * @param intensities what the network sees of them
   * @throws BadInputException if the box has more than 2³¹ voxels, or a value is not a number
   */
  public static <T extends RealType<T>> FillingScene read(
      RandomAccessibleInterval<T> image, Interval box, Intensities intensities) {
    sizeOf(box);
    Interval own = Intervals.intersect(image, box);
    Extent size = sizeOf(own);
    float[] values = new float[(int) size.voxels()];
    PrimitiveBlocks.of(
            Converters.convert(image, new RealFloatConverter<T>(), new FloatType()),
            PrimitiveBlocks.OnFallback.ACCEPT)
        .copy(own, values);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        VoxelPosition at = positionOf(i, size, originOf(own));
        throw new BadInputException(
            "The image has the value "
                + values[i]
                + " at x,y,z="
                + at
                + " (counted from 0): expected a number. Repair or replace the slice.");
      }
      values[i] = intensities.apply(values[i]);
    }
    return new FillingScene(box, own, mirrored(values, own, box));
  }

  /**
   * The same without limits.
   *
   * @param mean intensity that becomes 0
   * @param deviation intensities that become a difference of 1; positive
   */
  public static <T extends RealType<T>> FillingScene read(
      RandomAccessibleInterval<T> image, Interval box, float mean, float deviation) {
    return read(image, box, new Intensities(mean, deviation));
  }

  /** Values of a box, mirrored beyond the part of it that they are given for. */
  private static float[] mirrored(float[] values, Interval own, Interval box) {
    if (Intervals.equals(own, box)) {
      return values;
    }
    int[][] seen = new int[3][];
    for (int axis = 0; axis < 3; axis++) {
      int shift = (int) (box.min(axis) - own.min(axis));
      int length = (int) own.dimension(axis);
      seen[axis] =
          IntStream.range(0, (int) box.dimension(axis))
              .map(at -> Mirroring.seenAt(at + shift, length))
              .toArray();
    }
    int width = (int) own.dimension(0);
    int height = (int) own.dimension(1);
    float[] all = new float[(int) sizeOf(box).voxels()];
    int i = 0;
    for (int z : seen[2]) {
      for (int y : seen[1]) {
        int row = (z * height + y) * width;
        for (int x : seen[0]) {
          all[i++] = values[row + x];
        }
      }
    }
    return all;
  }

  private static Extent sizeOf(Interval box) {
    requirePossible(box.dimensionsAsLongArray());
    return new Extent((int) box.dimension(0), (int) box.dimension(1), (int) box.dimension(2));
  }

  /**
   * Checks that a box can be filled at once.
   *
   * @throws BadInputException if it has 2³¹ voxels or more, or none
   */
  public static void requirePossible(Extent size) {
    requirePossible(size.x(), size.y(), size.z());
  }

  private static void requirePossible(long... size) {
    double voxels = Arrays.stream(size).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (size.length != 3 || voxels > LARGEST || voxels < 1) {
      throw new BadInputException(
          "A box of "
              + Arrays.toString(size)
              + " voxels cannot be filled at once: expected x, y, z and at most "
              + LARGEST
              + " voxels. Fill it in smaller subvolumes.");
    }
  }

  private static VoxelPosition originOf(Interval box) {
    return new VoxelPosition(box.min(0), box.min(1), box.min(2));
  }

  /**
   * Puts objects there that exist already; no other is grown into them.
   *
   * @param existing labels with axes x, y, z that cover the box; 0 is free, ids are 1 … 2³¹−1
   */
  public <L extends IntegerType<L>> void place(RandomAccessibleInterval<L> existing) {
    PrimitiveBlocks.of(
            Converters.convert(
                existing, (in, out) -> out.set(asId(in.getIntegerLong())), new IntType()),
            PrimitiveBlocks.OnFallback.ACCEPT)
        .copy(box(), labels);
  }

  private static int asId(long label) {
    if (label < 0 || label > Integer.MAX_VALUE) {
      throw new BadInputException(
          "The labels to start from have the id "
              + label
              + ": expected 0 … 2147483647. Number them anew.");
    }
    return (int) label;
  }

  /**
   * Leaves voxels out: no field of view is centred on them, no seed is taken from them.
   *
   * @param mask covers the box as far as the image does, axes x, y, z; everything but 0 is left out
   */
  public <T extends RealType<T>> void exclude(RandomAccessibleInterval<T> mask) {
    float[] values = new float[ownVoxels()];
    PrimitiveBlocks.of(
            Converters.convert(mask, new RealFloatConverter<T>(), new FloatType()),
            PrimitiveBlocks.OnFallback.ACCEPT)
        .copy(own, values);
    float[] all = mirrored(values, own, box());
    for (int i = 0; i < all.length; i++) {
      excluded.set(i, all[i] != 0);
    }
  }

  /** Size of the box. */
  public Extent size() {
    return size;
  }

  /** Where the box begins in its volume. */
  public VoxelPosition origin() {
    return origin;
  }

  /** The box in its volume. */
  public Interval box() {
    return FinalInterval.createMinSize(
        origin.x(), origin.y(), origin.z(), size.x(), size.y(), size.z());
  }

  /** The voxels of the box that are not mirrored, in its volume: where objects are found. */
  public Interval own() {
    return own;
  }

  /** Whether a voxel is none that is mirrored. */
  public boolean isOwn(int voxel) {
    VoxelPosition at = position(voxel);
    return at.x() >= own.min(0)
        && at.x() <= own.max(0)
        && at.y() >= own.min(1)
        && at.y() <= own.max(1)
        && at.z() >= own.min(2)
        && at.z() <= own.max(2);
  }

  /** Number of {@link #own} voxels. */
  public int ownVoxels() {
    return (int) Intervals.numElements(own);
  }

  /** Number of rows of {@link #own} voxels. */
  public int ownRows() {
    return (int) (own.dimension(1) * own.dimension(2));
  }

  /**
   * The first voxel of a row of {@link #own} voxels.
   *
   * @param row counted along y first, from 0
   */
  public int ownRow(int row) {
    int rows = (int) own.dimension(1);
    return voxel(
        (int) (own.min(0) - origin.x()),
        (int) (own.min(1) - origin.y()) + row % rows,
        (int) (own.min(2) - origin.z()) + row / rows);
  }

  /** Number of voxels. */
  public int voxels() {
    return image.length;
  }

  /** The normalised intensities themselves, not a copy. */
  public float[] image() {
    return image;
  }

  /** The labels themselves, not a copy: {@link #FREE}, {@link #REJECTED}, or an id of 1 or more. */
  public int[] labels() {
    return labels;
  }

  /**
   * How sure the network was of each labelled voxel, the array itself: unsigned, 0 where free, else
   * 1 + ⌊254 p⌋ for the probability p.
   */
  public byte[] probabilities() {
    return probabilities;
  }

  /** Whether a voxel is left out. */
  public boolean isExcluded(int voxel) {
    return excluded.get(voxel);
  }

  /** Whether a voxel belongs to an object. */
  public boolean isLabelled(int voxel) {
    return labels[voxel] > 0;
  }

  /** The voxel at a place in the box. */
  public int voxel(int x, int y, int z) {
    return (z * size.y() + y) * size.x() + x;
  }

  /** Column of a voxel in the box. */
  public int x(int voxel) {
    return voxel % size.x();
  }

  /** Row of a voxel in the box. */
  public int y(int voxel) {
    return voxel / size.x() % size.y();
  }

  /** Slice of a voxel in the box. */
  public int z(int voxel) {
    return voxel / size.x() / size.y();
  }

  /** Where a voxel is in the volume. */
  public VoxelPosition position(int voxel) {
    return positionOf(voxel, size, origin);
  }

  /** Whether a voxel is at least a margin away from all faces of the box. */
  public boolean isInside(int voxel, Extent margin) {
    return isInside(x(voxel), y(voxel), z(voxel), margin);
  }

  /** Whether a place, in or out of the box, is at least a margin away from all its faces. */
  public boolean isInside(int x, int y, int z, Extent margin) {
    return x >= margin.x()
        && y >= margin.y()
        && z >= margin.z()
        && x + margin.x() < size.x()
        && y + margin.y() < size.y()
        && z + margin.z() < size.z();
  }

  private static VoxelPosition positionOf(int voxel, Extent size, VoxelPosition origin) {
    return new VoxelPosition(
        origin.x() + voxel % size.x(),
        origin.y() + voxel / size.x() % size.y(),
        origin.z() + voxel / size.x() / size.y());
  }
}
