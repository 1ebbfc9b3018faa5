package org.uniem.volumes.omezarr.arrays;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.chunked.ChunkFiles;
import org.uniem.volumes.chunked.ChunkedArray;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.chunked.MissingChunkException;
import org.uniem.volumes.codecs.Crc32Checksum;
import org.uniem.volumes.folders.StoredFile;
import org.uniem.volumes.folders.StoredFolder;
import org.uniem.volumes.storage.RecentlyUsed;

/**
 * An array whose chunks are read one by one. Thread-safe.
 *
 * <p>Chunks are those of the grid, or the smaller ones in shards. A chunk without a file has the
 * fill value throughout, where the other files of the array make sense.
 */
public final class ZarrArray implements ChunkedArray {

  private static final int INDEXES_KEPT = 256;
  private static final long ABSENT = -1;

  private final StoredFolder folder;
  private final ArrayMetadata metadata;
  private final ChunkFiles files;
  private final RecentlyUsed<long[]> shardIndexes;

  private ZarrArray(StoredFolder folder, ArrayMetadata metadata) {
    this.folder = folder;
    this.metadata = metadata;
    files = new ChunkFiles(folder, metadata.keys(), metadata.files());
    shardIndexes = new RecentlyUsed<>(INDEXES_KEPT, this::readShardIndex);
  }

  /** Whether a folder is an array of either version. */
  public static boolean isArray(StoredFolder folder) {
    return Metadata.find(folder, VersionTwo.FILE_NAME).isPresent()
        || Metadata.find(folder, Metadata.VERSION_3)
            .filter(found -> found.text("node_type", "").equals("array"))
            .isPresent();
  }

  /**
   * Opens an array.
   *
   * @throws BadInputException if its metadata are damaged or ask for what is not supported
   */
  public static ZarrArray open(StoredFolder folder) {
    return new ZarrArray(folder, ArrayMetadata.read(folder));
  }

  @Override
  public long[] shape() {
    return metadata.shape().clone();
  }

  @Override
  public int[] chunk() {
    return metadata.chunk().clone();
  }

  @Override
  public ElementType type() {
    return metadata.type();
  }

  @Override
  public int[] strides() {
    return metadata.strides();
  }

  /** Names of the axes, empty where the file says nothing. */
  public List<String> dimensionNames() {
    return metadata.dimensionNames();
  }

  @Override
  public Optional<ByteBuffer> read(long... index) {
    try {
      Optional<byte[]> stored = isSharded() ? readFromShard(index) : readFile(index);
      return stored.isPresent()
          ? Optional.of(ByteBuffer.wrap(decoded(stored.get())).order(metadata.order()))
          : Optional.empty();
    } catch (MissingChunkException e) {
      throw failed(index, e, "Copy the metadata and all chunks again from one array.");
    } catch (IOException e) {
      throw failed(index, e, "The copy is probably damaged: copy it again.");
    }
  }

  @Override
  public ByteBuffer fill() {
    return ByteBuffer.wrap(metadata.fill()).order(metadata.order());
  }

  @Override
  public BadInputException badValue(long[] index, IOException cause) {
    return failed(index, cause, "Save it as unsigned integers or floats of 32 bits first.");
  }

  private boolean isSharded() {
    return metadata.sharding().isPresent();
  }

  private byte[] decoded(byte[] stored) throws IOException {
    byte[] bytes = stored;
    for (int i = metadata.codecs().size() - 1; i >= 0; i--) {
      bytes = metadata.codecs().get(i).decode(bytes, metadata.mostAfter(i));
    }
    if (bytes.length != metadata.chunkBytes()) {
      throw new IOException(
          "it holds " + bytes.length + " bytes: expected " + metadata.chunkBytes());
    }
    return bytes;
  }

  private Path fileOf(long[] index) {
    return files.path(isSharded() ? shardOf(index, metadata.sharding().get()) : index);
  }

  private static long[] shardOf(long[] index, Sharding sharding) {
    long[] shard = index.clone();
    for (int d = 0; d < shard.length; d++) {
      shard[d] /= sharding.chunks()[d];
    }
    return shard;
  }

  private Optional<byte[]> readFile(long[] index) throws IOException {
    Optional<byte[]> bytes = files.read(index, metadata.mostStored());
    if (bytes.isPresent() && bytes.get().length == 0) {
      throw new IOException("the file is empty");
    }
    return bytes;
  }

  private Optional<byte[]> readFromShard(long[] index) throws IOException {
    Sharding sharding = metadata.sharding().orElseThrow();
    long[] shard = shardOf(index, sharding);
    long[] entries = shardIndexes.get(shardNumber(shard, sharding));
    int chunk = 0;
    for (int d = 0; d < index.length; d++) {
      chunk = chunk * sharding.chunks()[d] + (int) (index[d] % sharding.chunks()[d]);
    }
    if (entries.length == 0 || entries[2 * chunk] == ABSENT && entries[2 * chunk + 1] == ABSENT) {
      return Optional.empty();
    }
    Optional<StoredFile> file = files.open(shard);
    if (file.isEmpty()) {
      throw new IOException("the file has gone meanwhile");
    }
    try (StoredFile bytes = file.get()) {
      return Optional.of(part(bytes, entries[2 * chunk], entries[2 * chunk + 1]));
    }
  }

  private byte[] part(StoredFile file, long start, long count) throws IOException {
    long size = file.size();
    if (start < 0 || count < 1 || count > metadata.mostStored() || start > size - count) {
      throw new IOException(
          "the file has " + size + " bytes, its index promises " + count + " at byte " + start);
    }
    return file.read(start, count);
  }

  private long shardNumber(long[] shard, Sharding sharding) {
    long number = 0;
    for (int d = 0; d < shard.length; d++) {
      number = Math.addExact(Math.multiplyExact(number, metadata.files()[d]), shard[d]);
    }
    return number;
  }

  /** Offset and size of each chunk of a shard; empty where it has no file. */
  private long[] readShardIndex(long number) {
    Sharding sharding = metadata.sharding().orElseThrow();
    long[] shard = new long[metadata.shape().length];
    long rest = number;
    for (int d = shard.length - 1; d >= 0; d--) {
      shard[d] = rest % metadata.files()[d];
      rest /= metadata.files()[d];
    }
    try {
      Optional<StoredFile> file = files.open(shard);
      return file.isEmpty() ? new long[0] : readIndex(file.get(), sharding);
    } catch (MissingChunkException e) {
      throw shardFailed(shard, e, "Copy the metadata and all shards again from one array.");
    } catch (IOException e) {
      throw shardFailed(shard, e, "The copy is probably truncated: copy it again.");
    }
  }

  private static long[] readIndex(StoredFile file, Sharding sharding) throws IOException {
    int content = 16 * sharding.count();
    int stored = content + (sharding.checksum() ? Crc32Checksum.BYTES : 0);
    try (file) {
      long size = file.size();
      if (size < stored) {
        throw new IOException("the file has " + size + " bytes, its index alone has " + stored);
      }
      byte[] index = file.read(sharding.atStart() ? 0 : size - stored, stored);
      if (sharding.checksum()) {
        index = new Crc32Checksum().decode(index, content);
      }
      long[] entries = new long[2 * sharding.count()];
      ByteBuffer.wrap(index).order(sharding.order()).asLongBuffer().get(entries);
      return entries;
    }
  }

  private BadInputException shardFailed(long[] shard, IOException e, String advice) {
    return new BadInputException(
        "Cannot read the index of the shard "
            + files.path(shard)
            + ": "
            + WholeFile.reason(e)
            + ". "
            + advice,
        e);
  }

  private BadInputException failed(long[] index, IOException e, String advice) {
    return new BadInputException(
        "Cannot read chunk "
            + Arrays.toString(index)
            + " of "
            + folder.path()
            + " in "
            + folder.path().relativize(fileOf(index))
            + ": "
            + WholeFile.reason(e)
            + ". "
            + advice,
        e);
  }
}
