package org.uniem.job.files;

import java.io.IOException;
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
      Files.createDirectory(p);
      made.push(p);
    }
  }

  /** Removes the folders made that are empty, the lowest first. */
  public void removeEmpty() throws IOException {
    for (Path folder : made) {
      if (Files.exists(folder) && Folders.isEmpty(folder)) {
        Files.delete(folder);
      }
    }
  }
}
