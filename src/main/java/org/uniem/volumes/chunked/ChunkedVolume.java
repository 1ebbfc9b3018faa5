package org.uniem.volumes.chunked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import org.uniem.job.BadInputException;
import org.uniem.job.JavaMemory;
import org.uniem.job.ResourceException;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/** An array whose chunks are decoded when first needed. */
public final class ChunkedVolume implements Volume {

  private final Description description;
  private final ChunkCells cells;
  private final List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
  private final Optional<ChunkCells> ids;
  private final AutoCloseable source;

  /**
   * What is said of an array beside its elements.
   *
   * @param name for people
   * @param voxelSize along x, y, z
   * @param labels whether its values are said to be labels
   * @param labelKey what painted labels mean
   */
  public record Description(
      String name, VoxelSize voxelSize, boolean labels, Optional<LabelKey> labelKey) {}

  /**
   * Keeps decoded chunks of up to an eighth of the largest heap.
   *
   * @param array what is read
   * @param axes its axes
   * @param description what else is known
   * @param source closed with this volume
   * @throws BadInputException if slices or channels are more than can be
   * @throws ResourceException if one chunk is too large for the memory that Java has
   */
  public ChunkedVolume(
      ChunkedArray array, VolumeAxes axes, Description description, AutoCloseable source) {
    this.description = description;
    this.source = source;
    long heap = Runtime.getRuntime().maxMemory();
    requireRoom(array, heap);
    requireChannels(array.shape(), axes);
    cells = new ChunkCells(array, axes, array.type().pixelType(), heap / 8);
    // Slices of ids must not go through 32-bit floats.
    ids =
        array.type() == ElementType.FLOAT64
            ? Optional.of(new ChunkCells(array, axes, PixelType.UINT64, heap / 8))
            : Optional.empty();
    int count = Math.toIntExact(VolumeAxes.length(array.shape(), axes.channel()));
    for (int c = 0; c < count; c++) {
      channels.add(cells.image(c));
    }
  }

  private void requireChannels(long[] shape, VolumeAxes axes) {
    if (VolumeAxes.length(shape, axes.z()) > Integer.MAX_VALUE - 64
        || VolumeAxes.length(shape, axes.channel()) > Short.MAX_VALUE) {
      throw new BadInputException(
          "Cannot read "
              + name()
              + " of "
              + Arrays.toString(shape)
              + " elements: expected less than 2³¹ slices and 2¹⁵ channels."
              + " Check the order of its axes, or cut it into parts.");
    }
  }

  /** Larger slices are there in parts only. */
  private int sliceSize() {
    // Divided, since the product could overflow.
    if (width() > (Integer.MAX_VALUE - 64) / Math.max(1, height())) {
      throw new BadInputException(
          "Cannot read a slice of "
              + name()
              + ": it has "
              + width()
              + " x "
              + height()
              + " pixels, expected less than 2³¹. Check the order of its axes, cut it into parts, or"
              + " work on a coarser resolution.");
    }
    return (int) (width() * height());
  }

  private void requireRoom(ChunkedArray array, long heap) {
    // As stored, decoded, and as pixels.
    long needed = 3L * array.type().bytes();
    for (int size : array.chunk()) {
      needed *= size;
    }
    if (needed > heap - heap / 8) {
      long megabytes = needed / 7 * 8 >> 20;
      throw new ResourceException(
          "Cannot read "
              + description.name()
              + ": one of its chunks has "
              + (needed / 3 >> 20)
              + " MB. Give Java more memory: "
              + JavaMemory.howToGive(megabytes + 1)
              + "; or save it in smaller chunks.");
    }
  }

  @Override
  public String name() {
    return description.name();
  }

  @Override
  public long width() {
    return cells.grid().imgDimension(0);
  }

  @Override
  public long height() {
    return cells.grid().imgDimension(1);
  }

  @Override
  public long depth() {
    return cells.grid().imgDimension(2);
  }

  @Override
  public int channels() {
    return channels.size();
  }

  @Override
  public PixelType pixelType() {
    return cells.type();
  }

  @Override
  public VoxelSize voxelSize() {
    return description.voxelSize();
  }

  @Override
  public boolean holdsLabels() {
    return description.labels() || description.labelKey().isPresent();
  }

  @Override
  public Optional<LabelKey> labelKey() {
    return description.labelKey();
  }

  @Override
  public RandomAccessibleInterval<? extends RealType<?>> channel(int channel) {
    return channels.get(channel);
  }

  @Override
  public void readSlice(long z, int channel, float[] target) {
    Object pixels = slice(z, channel);
    int size = Math.toIntExact(width() * height());
    if (pixels instanceof float[] floats) {
      System.arraycopy(floats, 0, target, 0, size);
    } else if (pixels instanceof byte[] bytes) {
      for (int i = 0; i < size; i++) {
        target[i] = bytes[i] & 0xff;
      }
    } else if (pixels instanceof short[] shorts) {
      for (int i = 0; i < size; i++) {
        target[i] = shorts[i] & 0xffff;
      }
    } else if (pixels instanceof int[] ints) {
      for (int i = 0; i < size; i++) {
        target[i] = ints[i] & 0xffff_ffffL;
      }
    } else {
      UnsignedLongType value = new UnsignedLongType();
      for (int i = 0; i < size; i++) {
        value.set(((long[]) pixels)[i]);
        target[i] = value.getRealFloat();
      }
    }
  }

  @Override
  public void readLabels(long z, int channel, long[] target) {
    if (ids.isPresent()) {
      requireSlice(z, channel);
      copy(ids.get().image(channel), z, target);
    } else if (pixelType() == PixelType.UINT64) {
      System.arraycopy(slice(z, channel), 0, target, 0, Math.toIntExact(width() * height()));
    } else if (pixelType() == PixelType.UINT32) {
      int[] ints = (int[]) slice(z, channel);
      for (int i = 0; i < ints.length; i++) {
        target[i] = ints[i] & 0xffff_ffffL;
      }
    } else {
      Volume.super.readLabels(z, channel, target);
    }
  }

  private void requireSlice(long z, int channel) {
    if (z < 0 || z >= depth() || channel < 0 || channel >= channels()) {
      throw new IndexOutOfBoundsException(
          "No slice "
              + z
              + ", channel "
              + channel
              + " in "
              + name()
              + " of "
              + depth()
              + " slices.");
    }
  }

  private Object slice(long z, int channel) {
    requireSlice(z, channel);
    Object pixels = ElementType.newPixels(pixelType(), sliceSize());
    copy(channels.get(channel), z, pixels);
    return pixels;
  }

  private <T extends NativeType<T>> void copy(
      RandomAccessibleInterval<? extends RealType<?>> image, long z, Object pixels) {
    @SuppressWarnings("unchecked") // every image is of a native type
    RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) (Object) image;
    long[] min = {0, 0, z};
    long[] max = {width() - 1, height() - 1, z};
    PrimitiveBlocks.of(typed).threadSafe().copy(new FinalInterval(min, max), pixels);
  }

  @Override
  public void close() {
    cells.clear();
    ids.ifPresent(ChunkCells::clear);
    try {
      source.close();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot close " + name() + ": " + e.getMessage(), e);
    }
  }
}
