package org.uniem.job.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.uniem.job.OutputException;

/** Writes a file so that it appears whole or not at all: temporary name beside it, sync, rename. */
public final class WholeFile {

  /** How the temporary names end. */
  public static final String PARTIAL = ".partial";

  /** What goes into the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it to a channel at its beginning. */
    void writeTo(FileChannel channel) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes or replaces a text file in UTF-8.
   *
   * @param file the file; folders above it are made
   * @param text its content
   * @throws OutputException if it cannot be written; nothing new is left then
   */
  public static void writeText(Path file, String text) {
    write(
        file, channel -> writeAll(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  /**
   * Writes or replaces a file.
   *
   * @param file the file; folders above it are made
   * @param content writes what goes into it
   * @throws OutputException if it cannot be written; nothing new is left then
   */
  public static void write(Path file, Content content) {
    Path folder = file.toAbsolutePath().getParent();
    Path partial = folder.resolve("." + file.getFileName() + PARTIAL);
    NewFolders made = new NewFolders();
    try {
      made.make(folder);
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
      Folders.sync(folder);
    } catch (IOException e) {
      deleteAfter(e, partial, made);
      throw new OutputException(
          "Cannot write "
              + file
              + ": "
              + reason(e)
              + ". Check that the place is writable and has room.",
          e);
    } catch (RuntimeException | Error e) {
      deleteAfter(e, partial, made);
      throw e;
    }
  }

  /**
   * Gives a finished file its final name at once, in place of an earlier file of that name.
   *
   * @param finished a file in the folder of the target
   * @param target the final name
   * @throws OutputException if it cannot be moved; an earlier file is still there then
   */
  public static void replace(Path finished, Path target) {
    try {
      move(finished, target);
      Folders.sync(target.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write " + target + ": " + reason(e) + ". Check that the place is writable.", e);
    }
  }

  /**
   * Writes all bytes that remain in a buffer: a channel may take fewer at a time.
   *
   * @throws IOException if the channel cannot be written to
   */
  public static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** What an I/O failure says without repeating the path it is about. */
  public static String reason(IOException e) {
    String name = e.getClass().getSimpleName().replaceAll("Exception$", "");
    String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    if (e instanceof FileSystemException failure) {
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

  private static void deleteAfter(Throwable failure, Path partial, NewFolders made) {
    try {
      Files.deleteIfExists(partial);
      made.removeEmpty();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
