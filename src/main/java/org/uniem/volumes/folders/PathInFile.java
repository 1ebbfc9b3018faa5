package org.uniem.volumes.folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file or folder on the disk and a path in it: {@code images.ozx:/0}, or {@code images.ozx/0}.
 *
 * @param place on the disk
 * @param inner path in it with slashes, none at its ends; empty where none is given
 */
public record PathInFile(Path place, String inner) {

  /** The shortest drive letter and its colon are no file and a path in it. */
  private static final int SHORTEST = 2;

  /** The parts of a path, of which the first exists; empty where none does. */
  public static Optional<PathInFile> of(Path path) {
    if (Files.exists(path)) {
      return Optional.of(new PathInFile(path, ""));
    }
    String text = path.toString();
    for (int at = text.lastIndexOf(':'); at >= SHORTEST; at = text.lastIndexOf(':', at - 1)) {
      Path place = Path.of(text.substring(0, at));
      if (Files.exists(place)) {
        return Optional.of(new PathInFile(place, slashes(text.substring(at + 1))));
      }
    }
    for (Path place = path.getParent(); place != null; place = place.getParent()) {
      if (Files.isRegularFile(place)) {
        return Optional.of(new PathInFile(place, slashes(place.relativize(path).toString())));
      }
    }
    return Optional.empty();
  }

  private static String slashes(String inner) {
    return inner.replace('\\', '/').replaceAll("/+", "/").replaceAll("^/|/$", "");
  }
}
