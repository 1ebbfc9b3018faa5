package org.uniem.networks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathFilesTest {

  @TempDir Path folder;

  @Test
  void jarsOfClassLoadersAreFoundHoweverTheirUrlsAreWritten() throws Exception {
    Path plain = Files.createFile(folder.resolve("plain.jar"));
    Path spaced = Files.createFile(folder.resolve("with a space.jar"));
    Path escaped = Files.createFile(folder.resolve("escaped ä.jar"));
    URL[] urls = {
      plain.toUri().toURL(),
      // Not escaped, as File.toURL and hand-written class loaders give them: no URI.
      new URL("file:" + spaced),
      escaped.toUri().toURL(),
      new URL("file:" + folder.resolve("50%.jar")),
      new URL("file:"),
      new URL("file://host/share/other.jar"),
      new URL("https://example.org/remote.jar")
    };
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, before)) {
      current.setContextClassLoader(loader);
      List<Path> jars = ClassPathFiles.jars();
      assertTrue(jars.containsAll(List.of(plain, spaced, escaped)), jars.toString());
    } finally {
      current.setContextClassLoader(before);
    }
  }
}
