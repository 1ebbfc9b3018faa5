package org.uniem.volumes.hdf5;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file and the path of a dataset in it: {@code file.h5:/volumes/raw}, or {@code
 * file.h5/volumes/raw}, which Windows takes for a path too.
 *
 * @param file on the disk
 * @param inner path in it, with a slash before it; empty where none is given
 */
record Hdf5Path(Path file, String inner) {

  private static final Pattern ENDING =
      Pattern.compile("(?is)(.*?[^/\\\\]\\.(?:h5|hdf5|hdf))(?:(?::|[/\\\\])(.*))?");

  /** The shortest drive letter and its colon are no file and a path in it. */
  private static final int SHORTEST_FILE = 2;

  /** The parts of a path to a file that is there, whatever its name; empty for folders. */
  static Optional<Hdf5Path> ofExisting(Path path) {
    if (Files.isRegularFile(path)) {
      return Optional.of(new Hdf5Path(path, ""));
    }
    if (Files.exists(path)) {
      return Optional.empty();
    }
    String text = path.toString();
    for (int at = text.lastIndexOf(':'); at >= SHORTEST_FILE; at = text.lastIndexOf(':', at - 1)) {
      Path file = Path.of(text.substring(0, at));
      if (Files.isRegularFile(file)) {
        return Optional.of(new Hdf5Path(file, slashes(text.substring(at + 1))));
      }
    }
    for (Path file = path.getParent(); file != null; file = file.getParent()) {
      if (Files.isRegularFile(file)) {
        return Optional.of(new Hdf5Path(file, slashes(file.relativize(path).toString())));
      }
    }
    return Optional.empty();
  }

  /** The parts of a path to a file by its ending alone; empty for other endings. */
  static Optional<Hdf5Path> ofName(Path path) {
    Matcher name = ENDING.matcher(path.toString());
    if (!name.matches() || Files.isDirectory(Path.of(name.group(1)))) {
      return Optional.empty();
    }
    String inner = name.group(2) == null ? "" : name.group(2);
    return Optional.of(new Hdf5Path(Path.of(name.group(1)), slashes(inner)));
  }

  private static String slashes(String inner) {
    String path = inner.replace('\\', '/').replaceAll("/+", "/").replaceAll("^/|/$", "");
    return path.isEmpty() ? "" : "/" + path;
  }

  /** The file and another path in it. */
  Hdf5Path with(String path) {
    return new Hdf5Path(file, path);
  }

  /** A name for people: {@code "sample.h5:/volumes/raw"}. */
  String name() {
    String name = file.toAbsolutePath().normalize().getFileName().toString();
    return inner.isEmpty() ? name : name + ":" + inner;
  }

  @Override
  public String toString() {
    return inner.isEmpty() ? file.toString() : file + ":" + inner;
  }
}
