package org.uniem.job.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Folders made for an output, removed again where nothing came of it. Not thread-safe. */
public final class NewFolders {

  private final Deque<Path> made = new ArrayDeque<>();

  /**
   * Makes a folder and those above it where they are missing.
   *
   * @throws IOException if one cannot be made; those made before stay until they are removed
   */
  public void make(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path p = folder.toAbsolutePath(); p != null && !Files.exists(p); p = p.getParent()) {
      missing.push(p);
    }
    for (Path p : missing) {
      try {
        Files.createDirectory(p);
        made.push(p);
      } catch (FileAlreadyExistsException e) {
        // Made by somebody else in the meantime, whose it is then.
        if (!Files.isDirectory(p)) {
          throw e;
        }
      }
    }
  }

  /** Removes the folders made that are empty, the lowest first. */
  public void removeEmpty() throws IOException {
    for (Path folder : made) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        // Somebody has put something into it, so it and those above it stay.
        return;
      }
    }
  }
}
