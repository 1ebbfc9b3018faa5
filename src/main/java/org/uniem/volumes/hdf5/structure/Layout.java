package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the elements of a dataset lie in the file.
 *
 * @param data those of a small dataset, which are in its header
 * @param address of all elements in one piece, where they are not in chunks
 * @param chunk elements of a chunk along each axis, where there are chunks
 * @param index finds the chunks
 * @param wholeEdges whether chunks that reach beyond the dataset go through no filter
 */
record Layout(
    Optional<byte[]> data,
    long address,
    Optional<int[]> chunk,
    Optional<ChunkIndex> index,
    boolean wholeEdges) {

  private static final int CHUNKED = 2;
  private static final int VIRTUAL = 3;

  /**
   * Reads the layout of a dataset.
   *
   * @param elementSize bytes of an element
   * @param filtered whether chunks go through filters
   */
  static Layout read(
      StoredBytes file, Fields fields, Dataspace space, int elementSize, boolean filtered)
      throws IOException {
    int version = fields.u8();
    if (version == 1 || version == 2) {
      return old(file, fields, space, elementSize);
    }
    if (version != 3 && version != 4) {
      throw new UnsupportedFeatureException(
          "its layout has version " + version + ": expected 1 to 4");
    }
    int kind = fields.u8();
    if (kind == 0) {
      return compact(fields.take(fields.u16()));
    }
    if (kind == 1) {
      return contiguous(fields.offset());
    }
    if (kind == VIRTUAL) {
      throw new UnsupportedFeatureException("it is a virtual dataset, made of others");
    }
    if (kind != CHUNKED) {
      throw new UnsupportedFeatureException("its layout is of the unknown kind " + kind);
    }
    if (version == 3) {
      int axes = fields.u8();
      long tree = fields.offset();
      int[] chunk = chunk(fields, axes, 4, space, elementSize);
      return chunked(chunk, new TreeOneIndex(file, tree, chunk), false);
    }
    return newer(file, fields, space, elementSize, filtered);
  }

  private static Layout old(StoredBytes file, Fields fields, Dataspace space, int elementSize)
      throws IOException {
    int axes = fields.u8();
    int kind = fields.u8();
    fields.skip(5);
    long address = kind == 0 ? Fields.UNDEFINED : fields.offset();
    if (kind == CHUNKED) {
      int[] chunk = chunk(fields, axes, 4, space, elementSize);
      return chunked(chunk, new TreeOneIndex(file, address, chunk), false);
    }
    fields.skip(4 * axes);
    return kind == 0 ? compact(fields.take(fields.count(4))) : contiguous(address);
  }

  private static Layout newer(
      StoredBytes file, Fields fields, Dataspace space, int elementSize, boolean filtered)
      throws IOException {
    int flags = fields.u8();
    int axes = fields.u8();
    int[] chunk = chunk(fields, axes, fields.u8(), space, elementSize);
    ChunkGrid grid = new ChunkGrid(space, chunk, bytes(chunk, elementSize), filtered);
    int kind = fields.u8();
    long size = grid.chunkBytes();
    long mask = 0;
    if (kind == 1 && (flags & 2) != 0) {
      size = fields.length();
      mask = fields.u32();
    }
    fields.skip(kind == 3 ? 1 : kind == 4 ? 5 : kind == 5 ? 6 : 0);
    long address = fields.offset();
    StoredChunk single = new StoredChunk(address, size, mask);
    ChunkIndex index =
        address == Fields.UNDEFINED
            ? place -> Optional.empty()
            : switch (kind) {
              case 1 -> place -> Optional.of(single);
              case 2 -> place -> Optional.of(implicit(address, grid, place));
              case 3 -> new FixedArrayIndex(file, grid, address);
              case 4 -> new ExtensibleArrayIndex(file, grid, address);
              case 5 -> new TreeTwoIndex(file, grid, address);
              default ->
                  throw new UnsupportedFeatureException(
                      "the index of its chunks is of the unknown kind " + kind);
            };
    return chunked(chunk, index, (flags & 1) != 0);
  }

  private static StoredChunk implicit(long address, ChunkGrid grid, long[] place) {
    long start = Math.multiplyExact(grid.linear(place), (long) grid.chunkBytes());
    return new StoredChunk(Math.addExact(address, start), grid.chunkBytes(), 0);
  }

  private static Layout compact(byte[] data) {
    return new Layout(
        Optional.of(data), Fields.UNDEFINED, Optional.empty(), Optional.empty(), false);
  }

  private static Layout contiguous(long address) {
    return new Layout(Optional.empty(), address, Optional.empty(), Optional.empty(), false);
  }

  private static Layout chunked(int[] chunk, ChunkIndex index, boolean wholeEdges) {
    return new Layout(
        Optional.empty(), Fields.UNDEFINED, Optional.of(chunk), Optional.of(index), wholeEdges);
  }

  /** Reads the size of chunks, behind which the file has the size of an element. */
  private static int[] chunk(Fields fields, int axes, int width, Dataspace space, int elementSize)
      throws IOException {
    if (axes != space.shape().length + 1) {
      throw new IOException(
          "its chunks have " + (axes - 1) + " axes, and it has " + space.shape().length);
    }
    int[] chunk = new int[axes];
    for (int d = 0; d < axes; d++) {
      chunk[d] = fields.count(width);
      if (chunk[d] < 1) {
        throw new IOException("its chunks have no size");
      }
    }
    if (chunk[axes - 1] != elementSize) {
      throw new IOException(
          "its chunks have elements of " + chunk[axes - 1] + " bytes: expected " + elementSize);
    }
    int[] own = Arrays.copyOf(chunk, axes - 1);
    bytes(own, elementSize);
    return own;
  }

  /** Bytes of a chunk. */
  static int bytes(int[] chunk, int elementSize) throws IOException {
    long bytes = elementSize;
    for (int length : chunk) {
      bytes *= length;
      if (bytes > Integer.MAX_VALUE - (1 << 20)) {
        throw new UnsupportedFeatureException(
            "its chunks of "
                + Arrays.toString(chunk)
                + " elements are too large: expected less than 2 GB");
      }
    }
    return (int) bytes;
  }
}
