package org.uniem.volumes.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.hdf5.structure.Dataset;
import org.uniem.volumes.hdf5.structure.Hdf5File;
import org.uniem.volumes.storage.CellSource;
import org.uniem.volumes.storage.NumberType;

/** The chunks of a dataset as parts of a volume. */
final class Hdf5Source implements CellSource {

  private final Hdf5Path path;
  private final Hdf5File file;
  private final Dataset dataset;
  private final NumberType type;
  private final Hdf5Axes axes;

  /**
   * @param path for messages
   * @param file closed with the source
   * @param type what its elements are read as
   */
  Hdf5Source(Hdf5Path path, Hdf5File file, Dataset dataset, NumberType type, Hdf5Axes axes) {
    this.path = path;
    this.file = file;
    this.dataset = dataset;
    this.type = type;
    this.axes = axes;
  }

  @Override
  public long[] size() {
    long[] shape = dataset.shape();
    return new long[] {shape[axes.x()], shape[axes.y()], axes.z() < 0 ? 1 : shape[axes.z()]};
  }

  @Override
  public int[] cell() {
    int[] chunk = dataset.chunk();
    return new int[] {chunk[axes.x()], chunk[axes.y()], axes.z() < 0 ? 1 : chunk[axes.z()]};
  }

  @Override
  public int channels() {
    return axes.channel() < 0 ? 1 : Math.toIntExact(dataset.shape()[axes.channel()]);
  }

  @Override
  public int channelsPerCell() {
    return axes.channel() < 0 ? 1 : Math.min(channels(), dataset.chunk()[axes.channel()]);
  }

  @Override
  public PixelType pixelType() {
    return type.pixelType();
  }

  @Override
  public Object[] read(long[] position, int[] size, int channel) {
    int[] chunk = dataset.chunk();
    long[] index = new long[chunk.length];
    index[axes.x()] = position[0];
    index[axes.y()] = position[1];
    int count = 1;
    if (axes.z() >= 0) {
      index[axes.z()] = position[2];
    }
    if (axes.channel() >= 0) {
      index[axes.channel()] = channel / channelsPerCell();
      count = Math.min(channelsPerCell(), channels() - channel);
    }
    try {
      Optional<byte[]> bytes = dataset.read(index);
      Object[] pixels = new Object[count];
      for (int c = 0; c < count; c++) {
        pixels[c] =
            bytes.isPresent()
                ? pixels(ByteBuffer.wrap(bytes.get()).order(dataset.type().order()), c, size)
                : filled(size);
      }
      return pixels;
    } catch (IOException e) {
      throw Hdf5Format.failed(path + ", chunk " + Arrays.toString(index), e);
    }
  }

  private Object pixels(ByteBuffer chunk, int channel, int[] size) throws IOException {
    int[] strides = strides();
    int alongZ = axes.z() < 0 ? 0 : strides[axes.z()];
    int first = axes.channel() < 0 ? 0 : channel * strides[axes.channel()];
    Object pixels = NumberType.newPixels(pixelType(), size[0] * size[1] * size[2]);
    int at = 0;
    for (int z = 0; z < size[2]; z++) {
      for (int y = 0; y < size[1]; y++) {
        int from = first + y * strides[axes.y()] + z * alongZ;
        type.copy(chunk, from, strides[axes.x()], pixels, at, size[0]);
        at += size[0];
      }
    }
    return pixels;
  }

  private Object filled(int[] size) throws IOException {
    int count = size[0] * size[1] * size[2];
    Object pixels = NumberType.newPixels(pixelType(), count);
    ByteBuffer fill = ByteBuffer.wrap(dataset.fill()).order(dataset.type().order());
    type.copy(fill, 0, 0, pixels, 0, count);
    return pixels;
  }

  private int[] strides() {
    int[] chunk = dataset.chunk();
    int[] strides = new int[chunk.length];
    int stride = 1;
    for (int d = chunk.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= chunk[d];
    }
    return strides;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
