package org.uniem.job.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFoldersTest {

  @TempDir Path folder;

  @Test
  void foldersMadeAreRemovedAndThoseThatWereThereStay() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    NewFolders made = new NewFolders();
    made.make(there.resolve("a/b"));
    assertTrue(Files.isDirectory(there.resolve("a/b")));
    made.removeEmpty();
    assertTrue(Files.isDirectory(there));
    assertFalse(Files.exists(there.resolve("a")));
  }

  @Test
  void foldersWithContentStayWithThoseAboveThem() throws IOException {
    NewFolders made = new NewFolders();
    made.make(folder.resolve("a/b/c"));
    Path file = Files.writeString(folder.resolve("a/b/file"), "kept");
    made.removeEmpty();
    assertTrue(Files.exists(file));
    assertFalse(Files.exists(folder.resolve("a/b/c")));
  }

  @Test
  void severalMayMakeTheSameFolderAtOnce() throws Exception {
    int makers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(makers);
    try {
      for (int round = 0; round < 50; round++) {
        Path wanted = folder.resolve("round" + round + "/a/b/c/d");
        CyclicBarrier start = new CyclicBarrier(makers);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < makers; i++) {
          Callable<Void> maker =
              () -> {
                start.await();
                new NewFolders().make(wanted);
                return null;
              };
          all.add(threads.submit(maker));
        }
        for (Future<?> one : all) {
          one.get();
        }
        assertTrue(Files.isDirectory(wanted));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFileInTheWayIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThrows(
        IOException.class, () -> new NewFolders().make(file.resolve("below")), "below a file");
    assertTrue(Files.isRegularFile(file));
  }
}
