package org.uniem.networks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.uniem.job.OutputException;

/** Writes a file so that it appears whole or not at all: temporary name beside it, sync, rename. */
public final class WholeFile {

  /** How the temporary names end. */
  public static final String PARTIAL = ".partial";

  /** What goes into the file. */
  public interface Content {
    /** Writes it to a channel at its beginning. */
    void writeTo(FileChannel channel) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes or replaces a file.
   *
   * @throws OutputException if it cannot be written; what was there before is untouched
   */
  public static void write(Path file, Content content) {
    Path partial = file.resolveSibling("." + file.getFileName() + PARTIAL);
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(partial, file);
      syncFolder(file.toAbsolutePath().getParent());
    } catch (IOException | RuntimeException e) {
      deleteAfter(e, partial);
      if (e instanceof IOException) {
        throw new OutputException(
            "Cannot write "
                + file
                + ": "
                + reason((IOException) e)
                + ". Check that the place is writable and has room.",
            e);
      }
      throw (RuntimeException) e;
    }
  }

  /** What an I/O failure says without repeating the path it is about. */
  public static String reason(IOException e) {
    String name = e.getClass().getSimpleName().replaceAll("Exception$", "");
    String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase();
    if (e instanceof java.nio.file.FileSystemException failure) {
      return failure.getReason() == null ? words : failure.getReason();
    }
    return e.getMessage() == null ? words : e.getMessage();
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; the rename is then durable as soon as the system sees fit.
      return;
    }
  }

  private static void deleteAfter(Exception failure, Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
