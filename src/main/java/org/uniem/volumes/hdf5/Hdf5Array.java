package org.uniem.volumes.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.chunked.ChunkedArray;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.hdf5.structure.Dataset;
import org.uniem.volumes.hdf5.structure.Datatype;
import org.uniem.volumes.hdf5.structure.UnsupportedFeatureException;

/** A dataset as an array of numbers. */
final class Hdf5Array implements ChunkedArray {

  private final Hdf5Path path;
  private final Dataset dataset;
  private final ElementType type;

  /**
   * @param path for messages
   * @param type what its elements are read as, of their size
   */
  Hdf5Array(Hdf5Path path, Dataset dataset, ElementType type) {
    this.path = path;
    this.dataset = dataset;
    this.type = type;
  }

  /**
   * What elements of a type are read as.
   *
   * @throws UnsupportedFeatureException if they are no numbers
   */
  static ElementType typeOf(Datatype type) throws UnsupportedFeatureException {
    return switch (type.kind()) {
      case BOOLEAN -> ElementType.BOOL;
      case INTEGER -> ElementType.valueOf((type.signed() ? "INT" : "UINT") + 8 * type.size());
      case FLOAT -> ElementType.valueOf("FLOAT" + 8 * type.size());
      default ->
          throw new UnsupportedFeatureException(
              "it holds " + type.description() + ": expected integers, floats or booleans");
    };
  }

  @Override
  public long[] shape() {
    return dataset.shape();
  }

  @Override
  public int[] chunk() {
    return dataset.chunk();
  }

  @Override
  public ElementType type() {
    return type;
  }

  @Override
  public int[] strides() {
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
  public Optional<ByteBuffer> read(long... index) {
    try {
      return dataset.read(index).map(this::ordered);
    } catch (IOException e) {
      throw Hdf5Format.failed(place(index), e);
    }
  }

  @Override
  public ByteBuffer fill() {
    return ordered(dataset.fill());
  }

  private ByteBuffer ordered(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(dataset.type().order());
  }

  private String place(long[] index) {
    return path + ", chunk " + Arrays.toString(index);
  }

  @Override
  public BadInputException badValue(long[] index, IOException cause) {
    return new BadInputException(
        "Cannot read "
            + place(index)
            + ": "
            + WholeFile.reason(cause)
            + ". Save it as unsigned integers or 32-bit floats first.",
        cause);
  }
}
