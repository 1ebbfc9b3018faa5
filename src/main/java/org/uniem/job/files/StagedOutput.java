package org.uniem.job.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.uniem.job.OutputException;

/**
 * A file or folder that is built under a temporary name in its final folder and appears under its
 * own name at once, or never. Not thread-safe.
 */
public final class StagedOutput {

  private final Path target;
  private final Path temporary;
  private final NewFolders parents = new NewFolders();
  private boolean committed;

  /**
   * Checks the place and makes the folders above it.
   *
   * @param target the final name
   * @param folder whether it will be a folder: an empty one may be there already
   * @throws OutputException if something is there, or it cannot be written to
   */
  public StagedOutput(Path target, boolean folder) {
    this.target = target.toAbsolutePath().normalize();
    requireFree(folder);
    Path parent = this.target.getParent();
    // Hidden, so that no reader takes it up.
    temporary = parent.resolve(Leftovers.newName());
    try {
      Leftovers.sweep(parent);
      parents.make(parent);
      if (folder) {
        Files.createDirectory(temporary);
      } else {
        Files.createFile(temporary);
      }
    } catch (IOException e) {
      discard();
      throw new OutputException(
          "Cannot write to the folder " + parent + " (" + e + "). Choose another.", e);
    }
  }

  private void requireFree(boolean folder) {
    if (!Files.exists(target)) {
      return;
    }
    if (!folder || !Files.isDirectory(target)) {
      throw new OutputException(target + " exists already: choose another name or remove it.");
    }
    try {
      if (!Folders.isEmpty(target)) {
        throw new OutputException(
            "The output folder " + target + " is not empty: choose another or empty it.");
      }
    } catch (IOException e) {
      throw new OutputException("Cannot list the output folder " + target + " (" + e + ").", e);
    }
  }

  /** The final name. */
  public Path target() {
    return target;
  }

  /** Where to write until then. */
  public Path temporary() {
    return temporary;
  }

  /**
   * Gives the finished output its final name; its files must have been synced.
   *
   * @throws OutputException if something appeared there meanwhile
   */
  public void commit() {
    boolean folder = Files.isDirectory(temporary);
    requireFree(folder);
    try {
      if (folder) {
        Folders.sync(temporary);
        Files.deleteIfExists(target);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      committed = true;
      Folders.sync(target.getParent());
    } catch (IOException e) {
      throw new OutputException("Cannot move the finished output to " + target + ": " + e, e);
    }
  }

  /** Removes what was written, unless it was committed. */
  public void discard() {
    if (committed) {
      return;
    }
    committed = true;
    try {
      Folders.deleteTree(temporary);
      parents.removeEmpty();
    } catch (IOException e) {
      throw new OutputException("Cannot remove the unfinished " + temporary + ": " + e, e);
    }
  }
}
