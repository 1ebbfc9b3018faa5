package org.uniem.job.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

  @TempDir Path folder;

  /** The number of a process that has ended. */
  private static long gonePid() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process = new ProcessBuilder(java.toString(), "-version").start();
    process.waitFor();
    return process.pid();
  }

  private static String nameOf(long pid) {
    return Leftovers.newName().replace("-" + ProcessHandle.current().pid() + "-", "-" + pid + "-");
  }

  @Test
  void whatAKilledProcessHasLeftIsSweptByTheNextOutputBesideIt() throws Exception {
    Path file = Files.createFile(folder.resolve(nameOf(gonePid())));
    Path tree = Files.createDirectories(folder.resolve(nameOf(gonePid())).resolve("a"));
    Files.createFile(tree.resolve("b"));
    String layer = nameOf(gonePid()).replace(".partial", "-layer-0.partial");
    Files.createFile(folder.resolve(layer));
    new StagedOutput(folder.resolve("new.tif"), false).discard();
    assertFalse(Files.exists(file));
    assertFalse(Files.exists(tree.getParent()));
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void outputsOfLivingProcessesAndOtherComputersStay() throws Exception {
    String ours = Leftovers.newName();
    Path living = Files.createFile(folder.resolve(ours));
    String foreignName = nameOf(gonePid()).replaceFirst("uniem-[0-9a-f]+-", "uniem-0-");
    Path foreign = Files.createFile(folder.resolve(foreignName));
    Path other = Files.createFile(folder.resolve(".uniem-notes.partial"));
    Leftovers.sweep(folder);
    assertTrue(Files.exists(living));
    assertTrue(Files.exists(foreign));
    assertTrue(Files.exists(other));
  }

  @Test
  void aNumberThatAnotherProcessHasNowDoesNotProtect() throws Exception {
    String name = Leftovers.newName();
    String[] parts = name.split("-");
    parts[3] = Long.toString(Long.parseLong(parts[3]) - 1000);
    Path left = Files.createFile(folder.resolve(String.join("-", parts)));
    Leftovers.sweep(folder);
    assertFalse(Files.exists(left));
  }
}
