package org.uniem.annotation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.uniem.job.OutputException;

/**
 * Keeps what is found of each object, slab by slab: in memory up to a limit, beyond it in a
 * temporary file that goes with this store. Thread-safe.
 */
public final class ChunkStore implements AutoCloseable {

  /**
   * What is kept of one object in one slab.
   *
   * @param order place among the chunks of the object
   * @param bytes the content
   */
  public record Chunk(int order, byte[] bytes) {}

  /** Where the content of a chunk is: in memory, or, where that is null, in the file. */
  private record Place(int order, byte[] bytes, long offset, int length) {}

  private final long limit;
  private final LongIndex rows = new LongIndex();
  private final List<List<Place>> chunks = new ArrayList<>();
  private long inMemory;
  private long inFile;
  private FileChannel file;

  /**
   * @param limit bytes kept in memory
   */
  public ChunkStore(long limit) {
    this.limit = limit;
  }

  /** A store that keeps up to a quarter of Java's memory. */
  public static ChunkStore usual() {
    return new ChunkStore(Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * Keeps a chunk.
   *
   * @param id of the object
   * @param order place among the chunks of the object, each only once
   * @param bytes kept, not copied
   * @throws OutputException if the temporary file cannot be written
   */
  public synchronized void add(long id, int order, byte[] bytes) {
    int row = rows.add(id);
    if (row == chunks.size()) {
      chunks.add(new ArrayList<>(1));
    }
    if (inMemory + bytes.length <= limit) {
      inMemory += bytes.length;
      chunks.get(row).add(new Place(order, bytes, 0, bytes.length));
      return;
    }
    try {
      if (file == null) {
        file = open();
      }
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        file.write(rest, inFile + rest.position());
      }
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write a temporary file ("
              + e
              + "). Free space in the folder for temporary files, "
              + System.getProperty("java.io.tmpdir")
              + ".",
          e);
    }
    chunks.get(row).add(new Place(order, null, inFile, bytes.length));
    inFile += bytes.length;
  }

  private static FileChannel open() throws IOException {
    Path path = Files.createTempFile("uniem-objects", ".tmp");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** The ids of the objects, ascending. */
  public synchronized long[] ids() {
    long[] ids = rows.keys();
    Arrays.sort(ids);
    return ids;
  }

  /** The number of bytes of an object, 0 where there is none of this id. */
  public synchronized long bytes(long id) {
    int row = rows.get(id);
    return row < 0 ? 0 : chunks.get(row).stream().mapToLong(Place::length).sum();
  }

  /**
   * The chunks of an object by their order, none where there is no such object.
   *
   * @throws OutputException if the temporary file cannot be read
   */
  public List<Chunk> chunks(long id) {
    List<Place> found;
    synchronized (this) {
      int row = rows.get(id);
      found = row < 0 ? new ArrayList<>() : new ArrayList<>(chunks.get(row));
    }
    found.sort(Comparator.comparingInt(Place::order));
    return found.stream().map(this::read).toList();
  }

  private Chunk read(Place chunk) {
    if (chunk.bytes() != null) {
      return new Chunk(chunk.order(), chunk.bytes());
    }
    ByteBuffer bytes = ByteBuffer.allocate(chunk.length());
    try {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, chunk.offset() + bytes.position()) < 0) {
          throw new IOException("it ends too early");
        }
      }
    } catch (IOException e) {
      throw new OutputException("Cannot read a temporary file again: " + e + ".", e);
    }
    return new Chunk(chunk.order(), bytes.array());
  }

  /** Removes the temporary file. */
  @Override
  public synchronized void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new OutputException("Cannot remove a temporary file: " + e + ".", e);
      }
    }
  }
}
