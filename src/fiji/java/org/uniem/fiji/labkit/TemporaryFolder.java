package org.uniem.fiji.labkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.uniem.job.OutputException;
import org.uniem.job.files.Folders;
import org.uniem.viewers.AtExit;

/** The folder with the files of one segmenter, in the system's folder for temporary files. */
final class TemporaryFolder {

  /** A training that was cancelled may write its last checkpoint for so long. */
  private static final int SECONDS = 12;

  private TemporaryFolder() {}

  static Path make() {
    Path folder =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("uniem-labkit-" + UUID.randomUUID().toString().substring(0, 8));
    try {
      return Files.createDirectory(folder);
    } catch (IOException e) {
      throw new OutputException(
          "Cannot make the temporary folder " + folder + " (" + e + "). Make room there.", e);
    }
  }

  /**
   * Deletes it, and again what a process that is just ending writes into it; returns at once.
   *
   * @param atExit deletes it when Java ends; closed when that is not needed any more
   */
  static void deleteLater(Path folder, AtExit atExit) {
    Thread thread =
        new Thread(
            () -> {
              for (int i = 0; i < SECONDS; i++) {
                delete(folder);
                try {
                  Thread.sleep(1000);
                } catch (InterruptedException e) {
                  return; // Java ends: deleted then.
                }
              }
              delete(folder);
              atExit.close();
            },
            "uniem-clear-away");
    thread.setDaemon(true);
    thread.start();
  }

  /** Deletes it as far as possible: the system clears away what is left. */
  static void delete(Path folder) {
    try {
      Folders.deleteTree(folder);
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
