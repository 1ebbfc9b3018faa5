package org.uniem.volumes.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A folder whose files are read by their names; it need not exist. Names are relative to it and
 * have slashes between folders, none at their ends. Thread-safe.
 */
public interface StoredFolder {

  /** Where it is, for messages; inside a file, that file is the path's beginning. */
  Path path();

  /** A folder in it, or deeper. */
  StoredFolder folder(String name);

  /** The folder that it is in, empty where there is none. */
  Optional<StoredFolder> parent();

  /** Whether there is a file of a name. */
  boolean hasFile(String name);

  /** Whether there is a folder of a name. */
  boolean hasFolder(String name);

  /**
   * Reads a file.
   *
   * @param name of the file
   * @param limit the most bytes that it may have
   * @return its bytes, empty where there is no such file
   * @throws IOException if it cannot be read, is no file or has more bytes
   */
  Optional<byte[]> read(String name, long limit) throws IOException;

  /**
   * Opens a file to read parts of it.
   *
   * @return empty where there is no such file
   * @throws IOException if it cannot be read or is no file
   */
  Optional<StoredFile> open(String name) throws IOException;

  /**
   * Goes through the names of the files and folders directly in a folder, in no order.
   *
   * @param name of the folder, empty for this one; nothing happens where there is none
   * @param visitor takes a name without its folders, and says whether to go on
   * @throws IOException if it cannot be listed
   */
  void visit(String name, Predicate<String> visitor) throws IOException;
}
