package org.uniem.volumes.chunked;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.uniem.volumes.folders.StoredFile;
import org.uniem.volumes.folders.StoredFolder;

/**
 * The files of an array's chunks, or of its shards, by their numbers.
 *
 * <p>One that is missing under the name that the metadata say is looked for under those that other
 * programs give. It counts as left out because all its elements have the fill value only where the
 * other files of the array make sense; what lies there is listed once, when the first is missing.
 * Thread-safe.
 */
public final class ChunkFiles {

  private final StoredFolder folder;
  private final ChunkKeys keys;
  private final long[] grid;
  private final Object lock = new Object();
  private volatile ChunkListing listing;

  /**
   * @param folder of the array
   * @param keys how the metadata spell the names
   * @param grid files along each axis
   */
  public ChunkFiles(StoredFolder folder, ChunkKeys keys, long[] grid) {
    this.folder = folder;
    this.keys = keys;
    this.grid = grid;
  }

  /** Where a file should be. */
  public Path path(long[] index) {
    return folder.path().resolve(keys.of(index));
  }

  /**
   * Reads a whole file.
   *
   * @param limit the most bytes that it may have
   * @return empty where all its elements have the fill value
   * @throws IOException if it cannot be read, or is missing and should not be
   */
  public Optional<byte[]> read(long[] index, long limit) throws IOException {
    return find(index, name -> folder.read(name, limit));
  }

  /** Opens a file; empty and failing as {@link #read}. */
  public Optional<StoredFile> open(long[] index) throws IOException {
    return find(index, folder::open);
  }

  private interface Finder<T> {
    Optional<T> find(String name) throws IOException;
  }

  private <T> Optional<T> find(long[] index, Finder<T> finder) throws IOException {
    Optional<T> file = finder.find(keys.of(index));
    if (file.isPresent()) {
      return file;
    }
    ChunkListing all = listing();
    for (ChunkKeys other : all.otherSpellings()) {
      file = finder.find(other.of(index));
      if (file.isPresent()) {
        return file;
      }
    }
    if (all.misfit().isPresent()) {
      throw new MissingChunkException(
          "it is missing, and what lies there does not fit: " + all.misfit().get());
    }
    return Optional.empty();
  }

  private ChunkListing listing() throws IOException {
    if (listing == null) {
      synchronized (lock) {
        if (listing == null) {
          listing = ChunkListing.of(folder, keys, grid);
        }
      }
    }
    return listing;
  }
}
