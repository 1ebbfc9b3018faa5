package org.uniem.job.files;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The temporary names of unfinished outputs, which say whose they are: what a process has left that
 * was killed is swept by the next one that writes beside it. What belongs to a living process, or
 * to one on another computer that shares the folder, is never touched.
 */
final class Leftovers {

  private static final String PREFIX = ".uniem-";

  private static final Pattern NAME =
      Pattern.compile("\\.uniem-([0-9a-f]+)-(\\d+)-(\\d+)-[0-9a-f]+(?:-layer-\\d+)?\\.partial");

  /** Systems round the start of a process differently at different times. */
  private static final long SECONDS_ALIKE = 2;

  private Leftovers() {}

  /**
   * A new name for an output of this process: short, so that it fits wherever the final one does.
   */
  static String newName() {
    ProcessHandle self = ProcessHandle.current();
    return PREFIX
        + computer()
        + "-"
        + self.pid()
        + "-"
        + startOf(self)
        + "-"
        + UUID.randomUUID().toString().substring(0, 8)
        + WholeFile.PARTIAL;
  }

  /**
   * Deletes what processes of this computer have left that are gone, where that is allowed: what
   * stays, since it is another user's for example, is in nobody's way.
   *
   * @param folder looked through, not its subfolders; nothing happens where it is not there
   */
  static void sweep(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> candidates = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path candidate : candidates) {
        if (isLeft(candidate.getFileName().toString())) {
          delete(candidate);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that may be written to but not listed: the output itself can still be made.
    }
  }

  private static void delete(Path left) {
    try {
      Folders.deleteTree(left);
    } catch (IOException e) {
      // Another user's, or gone meanwhile: no reason to refuse the output that is asked for.
    }
  }

  private static boolean isLeft(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches() || !matcher.group(1).equals(computer())) {
      return false;
    }
    long start = Long.parseLong(matcher.group(3));
    return ProcessHandle.of(Long.parseLong(matcher.group(2)))
        .filter(ProcessHandle::isAlive)
        .filter(found -> start == 0 || Math.abs(startOf(found) - start) <= SECONDS_ALIKE)
        .isEmpty();
  }

  /** Seconds since 1970, 0 where the system does not tell. */
  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
  }

  /** What tells computers apart that share a folder, without asking the network. */
  private static String computer() {
    String name = ManagementFactory.getRuntimeMXBean().getName();
    return Integer.toHexString(name.substring(name.indexOf('@') + 1).hashCode());
  }
}
