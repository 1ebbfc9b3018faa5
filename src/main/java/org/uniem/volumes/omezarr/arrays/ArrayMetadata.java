package org.uniem.volumes.omezarr.arrays;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.volumes.chunked.ChunkKeys;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.codecs.Decoder;
import org.uniem.volumes.folders.StoredFolder;

/**
 * What the metadata of an array say, in either version. Axes are in the order of the file.
 *
 * @param shape elements per axis
 * @param chunk elements of a chunk per axis; of the smallest unit where there are shards
 * @param type type of an element
 * @param order byte order of the elements
 * @param axes the axes as a chunk stores them, slowest first
 * @param fill bytes of an element that is not stored
 * @param keys the names of the files
 * @param codecs what compressed the bytes of a chunk, in the order of writing
 * @param sharding empty where each chunk has a file of its own
 * @param dimensionNames names of the axes, empty where the file says nothing
 */
record ArrayMetadata(
    long[] shape,
    int[] chunk,
    ElementType type,
    ByteOrder order,
    int[] axes,
    byte[] fill,
    ChunkKeys keys,
    List<Decoder> codecs,
    Optional<Sharding> sharding,
    List<String> dimensionNames) {

  /** Leaves room for what codecs add to a chunk that cannot be compressed. */
  private static final int LARGEST_CHUNK = Integer.MAX_VALUE - (1 << 20);

  /**
   * Reads the metadata of either version.
   *
   * @throws BadInputException if they are damaged or ask for what is not supported
   */
  static ArrayMetadata read(StoredFolder folder) {
    return Metadata.find(folder, Metadata.VERSION_3)
        .map(VersionThree::parse)
        .orElseGet(
            () ->
                VersionTwo.parse(
                    Metadata.find(folder, VersionTwo.FILE_NAME)
                        .orElseGet(() -> Metadata.read(folder, VersionTwo.FILE_NAME))));
  }

  /** Files of chunks, or of shards, along each axis. */
  long[] files() {
    long[] files = new long[shape.length];
    for (int d = 0; d < files.length; d++) {
      int chunks = sharding.isPresent() ? sharding.get().chunks()[d] : 1;
      long size = (long) chunk[d] * chunks;
      files[d] = (shape[d] - 1) / size + 1;
    }
    return files;
  }

  /**
   * The most bytes that a chunk has after some of its codecs.
   *
   * @param count how many, from the first
   */
  int mostAfter(int count) {
    long bytes = chunkBytes();
    for (Decoder codec : codecs.subList(0, count)) {
      bytes = codec.most(bytes);
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE - 8);
  }

  /** The most bytes that a chunk has when stored. */
  int mostStored() {
    return mostAfter(codecs.size());
  }

  /** Bytes of a decoded chunk. */
  int chunkBytes() {
    int bytes = type.bytes();
    for (int n : chunk) {
      bytes *= n;
    }
    return bytes;
  }

  /** From one element of a decoded chunk to the next along each axis, in elements. */
  int[] strides() {
    int[] strides = new int[axes.length];
    int stride = 1;
    for (int i = axes.length - 1; i >= 0; i--) {
      strides[axes[i]] = stride;
      stride *= chunk[axes[i]];
    }
    return strides;
  }

  /** The axes in C order, or reversed for F order. */
  static int[] axes(int count, boolean reversed) {
    int[] axes = new int[count];
    Arrays.setAll(axes, i -> reversed ? count - 1 - i : i);
    return axes;
  }

  /**
   * Checks the sizes of a chunk.
   *
   * @param key the entry, for messages
   * @throws BadInputException if it is empty, of other axes than the shape or larger than Java
   *     holds
   */
  static int[] chunk(Metadata metadata, String key, long[] shape, ElementType type) {
    long[] sizes = metadata.longs(key);
    long bytes = type.bytes();
    for (long size : sizes) {
      if (size < 1 || size > LARGEST_CHUNK / bytes || sizes.length != shape.length) {
        throw metadata.wrong(key, shape.length + " sizes of chunks of less than 2 GB");
      }
      bytes *= size;
    }
    return Arrays.stream(sizes).mapToInt(size -> (int) size).toArray();
  }

  /** Checks the shape. */
  static long[] shape(Metadata metadata) {
    long[] shape = metadata.longs("shape");
    long room = Long.MAX_VALUE / Long.BYTES;
    for (long size : shape) {
      if (size < 1 || size > room) {
        throw metadata.wrong("shape", "sizes of 1 or more, of less than 2^60 elements,");
      }
      room /= size;
    }
    return shape;
  }
}
