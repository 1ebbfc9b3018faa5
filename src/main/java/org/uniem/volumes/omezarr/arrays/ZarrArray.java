package org.uniem.volumes.omezarr.arrays;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.omezarr.codecs.Crc32Checksum;
import org.uniem.volumes.storage.RecentlyUsed;

/**
 * An array whose chunks are read one by one. Thread-safe; no file stays open.
 *
 * <p>Chunks are those of the grid, or the smaller ones in shards. A chunk without a file has the
 * fill value throughout.
 */
public final class ZarrArray {

  private static final int INDEXES_KEPT = 256;
  private static final long ABSENT = -1;
  private static final int INCOMPRESSIBLE = 1 << 19;

  private final Path folder;
  private final ArrayMetadata metadata;
  private final RecentlyUsed<long[]> shardIndexes;

  private ZarrArray(Path folder, ArrayMetadata metadata) {
    this.folder = folder;
    this.metadata = metadata;
    shardIndexes = new RecentlyUsed<>(INDEXES_KEPT, this::readShardIndex);
  }

  /** Whether a folder is an array of either version. */
  public static boolean isArray(Path folder) {
    Path versionThree = folder.resolve(Metadata.VERSION_3);
    return Files.exists(folder.resolve(VersionTwo.FILE_NAME))
        || Files.exists(versionThree)
            && Metadata.read(versionThree).text("node_type", "").equals("array");
  }

  /**
   * Opens an array.
   *
   * @throws BadInputException if its metadata are damaged or ask for what is not supported
   */
  public static ZarrArray open(Path folder) {
    return new ZarrArray(folder, ArrayMetadata.read(folder));
  }

  /** Elements per axis, in the order of the file. */
  public long[] shape() {
    return metadata.shape().clone();
  }

  /** Elements of a chunk per axis. */
  public int[] chunk() {
    return metadata.chunk().clone();
  }

  /** The type of an element. */
  public ElementType type() {
    return metadata.type();
  }

  /** From one element of {@link #read} to the next along each axis, in elements. */
  public int[] strides() {
    return metadata.strides();
  }

  /** Names of the axes, empty where the file says nothing. */
  public List<String> dimensionNames() {
    return metadata.dimensionNames();
  }

  /**
   * Reads and decodes a chunk.
   *
   * @param index number of the chunk along each axis
   * @return its elements, whole also at the edges of the array
   * @throws BadInputException if it is damaged; names its file
   */
  public ByteBuffer read(long... index) {
    Path file = fileOf(index);
    byte[] bytes;
    try {
      Optional<byte[]> stored = isSharded() ? readFromShard(index, file) : readFile(file);
      bytes = stored.isPresent() ? decoded(stored.get()) : filled();
    } catch (IOException e) {
      throw damaged(index, file, e);
    }
    return ByteBuffer.wrap(bytes).order(metadata.order());
  }

  /**
   * Copies elements of a chunk to pixels.
   *
   * @param from from {@link #read}
   * @param first the first element, counted in elements
   * @param stride from one element to the next, in elements
   * @param pixels from {@link ElementType#newPixels} of the type's pixel type
   * @param at where the first goes
   * @param count how many
   * @param index number of the chunk along each axis, for messages
   * @throws BadInputException if a value cannot be a pixel
   */
  public void copy(
      ByteBuffer from, int first, int stride, Object pixels, int at, int count, long[] index) {
    try {
      metadata.type().copy(from, first, stride, pixels, at, count);
    } catch (IOException e) {
      throw failed(index, fileOf(index), e, "Save it as unsigned integers or floats first.");
    }
  }

  private boolean isSharded() {
    return metadata.sharding().isPresent();
  }

  private byte[] decoded(byte[] stored) throws IOException {
    byte[] bytes = stored;
    for (int i = metadata.codecs().size() - 1; i >= 0; i--) {
      // What one codec leaves to the next is never much more than the elements.
      int room = i == 0 ? 0 : INCOMPRESSIBLE;
      bytes = metadata.codecs().get(i).decode(bytes, metadata.chunkBytes() + room);
    }
    if (bytes.length != metadata.chunkBytes()) {
      throw new IOException(
          "it holds " + bytes.length + " bytes: expected " + metadata.chunkBytes());
    }
    return bytes;
  }

  private byte[] filled() {
    byte[] bytes = new byte[metadata.chunkBytes()];
    byte[] fill = metadata.fill();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = fill[i % fill.length];
    }
    return bytes;
  }

  private Path fileOf(long[] index) {
    long[] key = index;
    if (isSharded()) {
      key = shardOf(index, metadata.sharding().get());
    }
    return folder.resolve(metadata.keys().of(key));
  }

  private static long[] shardOf(long[] index, Sharding sharding) {
    long[] shard = index.clone();
    for (int d = 0; d < shard.length; d++) {
      shard[d] /= sharding.chunks()[d];
    }
    return shard;
  }

  /** Not by a FileChannel, which an interrupt would close. Empty where there is no file. */
  private static Optional<byte[]> readFile(Path file) throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length == 0) {
        throw new IOException("the file is empty");
      }
      return Optional.of(bytes);
    }
  }

  private Optional<byte[]> readFromShard(long[] index, Path file) throws IOException {
    Sharding sharding = metadata.sharding().orElseThrow();
    long[] entries = shardIndexes.get(shardNumber(shardOf(index, sharding), sharding));
    int chunk = 0;
    for (int d = 0; d < index.length; d++) {
      chunk = chunk * sharding.chunks()[d] + (int) (index[d] % sharding.chunks()[d]);
    }
    if (entries.length == 0 || entries[2 * chunk] == ABSENT) {
      return Optional.empty();
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      return Optional.of(part(bytes, entries[2 * chunk], entries[2 * chunk + 1]));
    }
  }

  private static byte[] part(RandomAccessFile file, long start, long count) throws IOException {
    long size = file.length();
    if (start < 0 || count < 1 || count > Integer.MAX_VALUE - 8 || start > size - count) {
      throw new IOException(
          "the file has " + size + " bytes, its index promises " + count + " at byte " + start);
    }
    byte[] bytes = new byte[(int) count];
    file.seek(start);
    file.readFully(bytes);
    return bytes;
  }

  private long shardNumber(long[] shard, Sharding sharding) {
    long number = 0;
    for (int d = 0; d < shard.length; d++) {
      number = Math.addExact(Math.multiplyExact(number, shards(d, sharding)), shard[d]);
    }
    return number;
  }

  private long shards(int axis, Sharding sharding) {
    long size = (long) metadata.chunk()[axis] * sharding.chunks()[axis];
    return (metadata.shape()[axis] + size - 1) / size;
  }

  /** Offset and size of each chunk of a shard; empty where it has no file. */
  private long[] readShardIndex(long number) {
    Sharding sharding = metadata.sharding().orElseThrow();
    long[] shard = new long[metadata.shape().length];
    long rest = number;
    for (int d = shard.length - 1; d >= 0; d--) {
      shard[d] = rest % shards(d, sharding);
      rest /= shards(d, sharding);
    }
    Path file = folder.resolve(metadata.keys().of(shard));
    if (Files.notExists(file)) {
      return new long[0];
    }
    int content = 16 * sharding.count();
    int stored = content + (sharding.checksum() ? Crc32Checksum.BYTES : 0);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      byte[] index = part(bytes, sharding.atStart() ? 0 : bytes.length() - stored, stored);
      if (sharding.checksum()) {
        index = new Crc32Checksum().decode(index, content);
      }
      long[] entries = new long[2 * sharding.count()];
      ByteBuffer.wrap(index).order(sharding.order()).asLongBuffer().get(entries);
      return entries;
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read the index of the shard "
              + file
              + ": "
              + WholeFile.reason(e)
              + ". The copy is probably truncated: copy it again.",
          e);
    }
  }

  private BadInputException damaged(long[] index, Path file, IOException e) {
    return failed(index, file, e, "The copy is probably damaged: copy it again.");
  }

  private BadInputException failed(long[] index, Path file, IOException e, String advice) {
    return new BadInputException(
        "Cannot read chunk "
            + Arrays.toString(index)
            + " of "
            + folder
            + " in "
            + folder.relativize(file)
            + ": "
            + WholeFile.reason(e)
            + ". "
            + advice,
        e);
  }
}
