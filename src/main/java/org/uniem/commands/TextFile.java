package org.uniem.commands;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.uniem.job.OutputException;

/** Writes small text files whole: under a temporary name, synced, then renamed. */
final class TextFile {

  private TextFile() {}

  /**
   * Writes a file in UTF-8, replacing one that is there, and makes the folders above it.
   *
   * @throws OutputException if the place is full or not writable
   */
  static void write(Path file, String text) {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write "
              + file
              + ": "
              + e.getMessage()
              + ". Check that the disk is not full and that you may write there.",
          e);
    }
  }
}
