package org.uniem.networks;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The jars this Java runs with: those of its class path, and those of class loaders such as the one
 * of Fiji's launcher, which keeps its jars off the class path.
 */
public final class ClassPathFiles {

  private ClassPathFiles() {}

  /** The jars in the order of the class path; folders are left out. */
  public static List<Path> jars() {
    Set<Path> files = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      addFile(entry, files);
    }
    addLoaded(Thread.currentThread().getContextClassLoader(), files);
    addLoaded(ClassPathFiles.class.getClassLoader(), files);
    return List.copyOf(files);
  }

  private static void addLoaded(ClassLoader first, Set<Path> files) {
    for (ClassLoader loader = first; loader != null; loader = loader.getParent()) {
      if (loader instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          if (url.getProtocol().equals("file")) {
            path(url).ifPresent(path -> addFile(path, files));
          }
        }
      }
    }
  }

  /** Class loaders are also given URLs with spaces and the like in them, which are no URIs. */
  private static Optional<String> path(URL url) {
    try {
      return Optional.of(Path.of(url.toURI()).toString());
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      String path = url.getPath();
      return path == null || path.isEmpty() ? Optional.empty() : Optional.of(path);
    }
  }

  private static void addFile(String entry, Set<Path> files) {
    try {
      Path path = Path.of(entry).toAbsolutePath();
      if (!entry.isEmpty() && Files.isRegularFile(path)) {
        files.add(path);
      }
    } catch (InvalidPathException e) {
      // Such an entry of the class path is no file of ours; a jar missed here is named later.
      return;
    }
  }
}
