package org.uniem.networks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * TensorFlow's native library as files: the jar it comes in and the copies JavaCPP unpacks from it,
 * which a copy that broke off or a full disk may have damaged.
 *
 * @param jars the jars to look among
 * @param cache folder of unpacked libraries
 * @param platform for example {@code "linux-x86_64"}
 */
record NativeLibrary(List<Path> jars, Path cache, String platform) {

  private static final String ARTIFACT = "tensorflow-core-native-";
  private static final int BUFFER = 1 << 20;

  /** The jar in use; empty if there is none for this platform. */
  Optional<Path> jar() {
    return jars.stream().filter(jar -> isForPlatform(jar.getFileName().toString())).findFirst();
  }

  private boolean isForPlatform(String name) {
    return name.startsWith(ARTIFACT)
        && (name.endsWith("-" + platform + ".jar") || name.endsWith("-" + platform + "-gpu.jar"));
  }

  /** Whether it can use GPUs. */
  boolean isForGpu() {
    return jar().filter(jar -> jar.getFileName().toString().endsWith("-gpu.jar")).isPresent();
  }

  /**
   * Reads all of it and says in one sentence what is wrong and how to mend it; empty if nothing is.
   * A damaged copy is deleted, so that it is unpacked anew.
   */
  Optional<String> damage() {
    Optional<Path> jar = jar();
    if (jar.isEmpty()) {
      return Optional.of(
          "TensorFlow's native library for this computer ("
              + ARTIFACT
              + "…-"
              + platform
              + ".jar) is missing: install UNI-EM again with its libraries for this system.");
    }
    try {
      return damagedCopy(jar.get());
    } catch (IOException e) {
      return Optional.of(
          "TensorFlow's native library is damaged, probably half copied: "
              + jar.get()
              + " ("
              + e.getMessage()
              + "). Delete that file and install it again.");
    }
  }

  private Optional<String> damagedCopy(Path jar) throws IOException {
    Path folder = cache.resolve(jar.getFileName());
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.isDirectory()) {
          continue;
        }
        try (InputStream stream = zip.getInputStream(entry)) {
          if (checksum(stream) != entry.getCrc()) {
            throw new ZipException("wrong checksum of " + entry.getName());
          }
        }
        Path copy = folder.resolve(entry.getName()).normalize();
        if (copy.startsWith(folder) && Files.isRegularFile(copy) && !isSame(copy, entry)) {
          return Optional.of(deleted(copy));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(Path copy, ZipEntry entry) throws IOException {
    try (InputStream stream = Files.newInputStream(copy)) {
      return checksum(stream) == entry.getCrc();
    }
  }

  private static long checksum(InputStream stream) throws IOException {
    CRC32 checksum = new CRC32();
    byte[] buffer = new byte[BUFFER];
    for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
      checksum.update(buffer, 0, n);
    }
    return checksum.getValue();
  }

  private static String deleted(Path copy) {
    String what = "The unpacked copy of TensorFlow's native library is damaged: " + copy;
    try {
      Files.delete(copy);
      return what + ". It has been deleted and is unpacked anew: run this again.";
    } catch (IOException e) {
      return what + ". Delete that file and run this again.";
    }
  }
}
