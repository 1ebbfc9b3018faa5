package org.uniem.volumes.n5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.chunked.ChunkFiles;
import org.uniem.volumes.chunked.ChunkKeys;
import org.uniem.volumes.chunked.ChunkedArray;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.chunked.MissingChunkException;
import org.uniem.volumes.codecs.Decoder;
import org.uniem.volumes.folders.StoredFolder;

/**
 * A dataset whose blocks are read one by one; axes as the file has them, x first. Blocks without a
 * file are zero. Thread-safe.
 */
final class N5Array implements ChunkedArray {

  private static final int DEFAULT_MODE = 0;
  private static final int VARYING_MODE = 1;

  private final StoredFolder folder;
  private final N5Attributes attributes;
  private final ChunkFiles files;

  N5Array(StoredFolder folder, N5Attributes attributes) {
    this.folder = folder;
    this.attributes = attributes;
    long[] grid = new long[attributes.dimensions().length];
    for (int d = 0; d < grid.length; d++) {
      grid[d] = (attributes.dimensions()[d] - 1) / attributes.blockSize()[d] + 1;
    }
    files = new ChunkFiles(folder, new ChunkKeys("", "/"), grid);
  }

  @Override
  public long[] shape() {
    return attributes.dimensions().clone();
  }

  @Override
  public int[] chunk() {
    return attributes.blockSize().clone();
  }

  @Override
  public ElementType type() {
    return attributes.type();
  }

  @Override
  public int[] strides() {
    return strides(attributes.blockSize());
  }

  private static int[] strides(int[] size) {
    int[] strides = new int[size.length];
    int stride = 1;
    for (int d = 0; d < size.length; d++) {
      strides[d] = stride;
      stride *= size[d];
    }
    return strides;
  }

  @Override
  public Optional<ByteBuffer> read(long... index) {
    try {
      int bytes = type().bytes() * elements(attributes.blockSize());
      long limit = 1024 + attributes.codec().map(codec -> codec.most(bytes)).orElse((long) bytes);
      Optional<byte[]> file = files.read(index, limit);
      return file.isPresent() ? Optional.of(decoded(file.get(), index)) : Optional.empty();
    } catch (MissingChunkException e) {
      throw failed(index, e, ". Copy the attributes and all blocks again from one dataset.");
    } catch (IOException e) {
      throw failed(index, e, ". The copy is probably damaged: copy it again.");
    }
  }

  private ByteBuffer decoded(byte[] file, long[] index) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.BIG_ENDIAN);
    int count = attributes.blockSize().length;
    if (file.length < 4 + 4 * count) {
      throw new IOException("the file has " + file.length + " bytes, less than its header");
    }
    int mode = header.getShort() & 0xffff;
    int axes = header.getShort() & 0xffff;
    if (axes != count) {
      throw new IOException("its header says " + axes + " axes: expected " + count);
    }
    int[] size = new int[count];
    for (int d = 0; d < count; d++) {
      size[d] = header.getInt();
      long needed =
          Math.min(
              attributes.blockSize()[d],
              attributes.dimensions()[d] - index[d] * attributes.blockSize()[d]);
      if (size[d] < needed || size[d] > attributes.blockSize()[d]) {
        throw new IOException(
            "its header says "
                + size[d]
                + " elements along axis "
                + d
                + ": expected "
                + needed
                + " to "
                + attributes.blockSize()[d]);
      }
    }
    requireElements(mode, header, elements(size));
    int bytes = type().bytes() * elements(size);
    byte[] stored = Arrays.copyOfRange(file, header.position(), file.length);
    Optional<Decoder> codec = attributes.codec();
    byte[] raw = codec.isPresent() ? codec.get().decode(stored, bytes) : stored;
    if (raw.length != bytes) {
      throw new IOException("it holds " + raw.length + " bytes: expected " + bytes);
    }
    return ByteBuffer.wrap(whole(raw, size)).order(ByteOrder.BIG_ENDIAN);
  }

  private static void requireElements(int mode, ByteBuffer header, int expected)
      throws IOException {
    if (mode == DEFAULT_MODE) {
      return;
    }
    if (mode != VARYING_MODE || header.remaining() < Integer.BYTES) {
      throw new IOException("its blocks are of mode " + mode + ": expected 0, numbers");
    }
    int found = header.getInt();
    if (found != expected) {
      throw new IOException(
          "it has "
              + found
              + " numbers for "
              + expected
              + " voxels, as blocks of other things than images do");
    }
  }

  private static int elements(int[] size) {
    int count = 1;
    for (int n : size) {
      count *= n;
    }
    return count;
  }

  /** Blocks at the far ends are stored without what lies beyond them. */
  private byte[] whole(byte[] raw, int[] size) {
    int[] blockSize = attributes.blockSize();
    if (Arrays.equals(size, blockSize)) {
      return raw;
    }
    int width = type().bytes();
    byte[] whole = new byte[width * elements(blockSize)];
    int[] strides = strides(blockSize);
    int row = size[0] * width;
    for (int from = 0, number = 0; from < raw.length; from += row, number++) {
      int to = 0;
      int rest = number;
      for (int d = 1; d < size.length; d++) {
        to += rest % size[d] * strides[d];
        rest /= size[d];
      }
      System.arraycopy(raw, from, whole, to * width, row);
    }
    return whole;
  }

  @Override
  public ByteBuffer fill() {
    return ByteBuffer.allocate(type().bytes());
  }

  @Override
  public BadInputException badValue(long[] index, IOException cause) {
    return failed(index, cause, ". Save it as unsigned integers or floats of 32 bits first.");
  }

  private BadInputException failed(long[] index, IOException e, String advice) {
    return new BadInputException(
        "Cannot read block "
            + Arrays.toString(index)
            + " of "
            + folder.path()
            + " in "
            + folder.path().relativize(files.path(index))
            + ": "
            + WholeFile.reason(e)
            + advice,
        e);
  }
}
