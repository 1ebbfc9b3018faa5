package org.uniem.job.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.OutputException;

class WholeFileTest {

  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void textIsUtf8AndFoldersAboveAreMade() throws IOException {
    Path file = folder.resolve("a").resolve("größe.txt");
    WholeFile.writeText(file, "µm\n");
    assertEquals("µm\n", Files.readString(file));
  }

  @Test
  void failedContentLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "old");
    OutputException failure =
        assertThrows(
            OutputException.class,
            () ->
                WholeFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[10]));
                      throw new IOException("No space left on device");
                    }));
    assertEquals(
        "Cannot write "
            + file
            + ": No space left on device. Check that the place is writable and has room.",
        failure.getMessage());
    assertThrows(
        IllegalStateException.class,
        () ->
            WholeFile.write(
                file,
                channel -> {
                  throw new IllegalStateException("content failed");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("f"), names());
  }

  @Test
  void placeBelowAFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "old").resolve("below");
    OutputException failure =
        assertThrows(OutputException.class, () -> WholeFile.writeText(file, "text"));
    assertTrue(failure.getMessage().startsWith("Cannot write " + file), failure.getMessage());
  }

  @Test
  void treeIsDeletedWithHiddenFilesAndAMissingOneIsNone() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("t").resolve("u")).getParent();
    Files.writeString(tree.resolve("u").resolve(".hidden"), "x");
    Folders.deleteTree(tree);
    Folders.deleteTree(tree);
    assertEquals(List.of(), names());
  }

  @Test
  void foldersMadeForAFileThatFailedAreRemoved() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    OutputException failure =
        assertThrows(
            OutputException.class,
            () ->
                WholeFile.write(
                    kept.resolve("a/b/c.txt"),
                    channel -> {
                      throw new IOException("No space left on device");
                    }));
    assertTrue(failure.getMessage().contains("c.txt: No space left on device. Check"));
    assertTrue(Folders.isEmpty(kept));
  }
}
