package org.uniem.commands.parameters;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;

/** The models and test data that come with the suite, inside its jar. */
public final class BundledFiles {

  private BundledFiles() {}

  /**
   * Copies the files of a bundled folder, sub-folders left out.
   *
   * @param name for example {@code "models/mitochondria"}
   * @param target folder that receives the files; made where missing
   * @throws BadInputException if this build does not have them
   * @throws OutputException if they cannot be written
   */
  public static void copy(String name, Path target) {
    URL url = BundledFiles.class.getResource("/" + name);
    if (url == null) {
      throw new BadInputException(
          "This build of UNI-EM has no "
              + name
              + " inside: give one of your own, or install a released version.");
    }
    try {
      URI uri = url.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          copyFiles(jar.getPath("/" + name), target);
        }
      } else {
        copyFiles(Path.of(uri), target);
      }
    } catch (IOException | URISyntaxException e) {
      throw new OutputException(
          "Cannot copy the bundled "
              + name
              + " to "
              + target
              + ": "
              + (e instanceof IOException failure ? WholeFile.reason(failure) : e.getMessage())
              + ". Check that the place is writable and has room.",
          e);
    }
  }

  private static void copyFiles(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    List<Path> files;
    try (Stream<Path> content = Files.list(source)) {
      files = content.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Files.copy(file, target.resolve(file.getFileName().toString()));
    }
  }
}
