package org.uniem.volumes.omezarr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.folders.StoredFolder;
import org.uniem.volumes.folders.ZipArchive;

/**
 * OME-Zarr in one zip file, in its root or in a folder in it. Stateless.
 *
 * @see <a href="https://ngff.openmicroscopy.org/rfc/9/">RFC-9</a>, which asks for the root
 */
final class ZippedZarr {

  private static final int MOST_SHOWN = 5;

  private ZippedZarr() {}

  /** Whether a file name is one of zipped images. */
  static boolean isName(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".ozx") || name.endsWith(".zip");
  }

  /**
   * Opens a file.
   *
   * @throws BadInputException if it cannot be read as a zip file
   */
  static ZipArchive open(Path file) {
    try {
      return new ZipArchive(file);
    } catch (IOException | IllegalArgumentException e) {
      String reason = e instanceof IOException io ? WholeFile.reason(io) : e.getMessage();
      throw new BadInputException(
          "Cannot read "
              + file
              + " as a zip file: "
              + reason
              + ". It is probably truncated, encrypted or compressed in a way other than deflate:"
              + " copy it again, or zip it anew.",
          e);
    }
  }

  /** Whether there are metadata of Zarr in a file. */
  static boolean holdsZarr(ZipArchive archive) {
    return Arrays.stream(archive.names()).anyMatch(ZippedZarr::isMetadata);
  }

  /**
   * The folder that is meant.
   *
   * @param file for messages
   * @param inner path in the archive or in its only image, empty where none is given
   * @throws BadInputException if there is none, or there are several
   */
  static StoredFolder folder(ZipArchive archive, Path file, String inner) {
    TreeMap<Integer, List<String>> groups = new TreeMap<>();
    Arrays.stream(archive.names())
        .filter(ZippedZarr::isMetadata)
        .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
        .distinct()
        .forEach(
            group ->
                groups
                    .computeIfAbsent(group.split("/", -1).length, depth -> new ArrayList<>())
                    .add(group));
    if (groups.isEmpty()) {
      throw new BadInputException(
          file + " holds no OME-Zarr: expected zarr.json or .zattrs in it. Unzip it to see.");
    }
    StoredFolder root = archive.root();
    List<String> outermost = groups.firstEntry().getValue();
    if (!inner.isEmpty() && (outermost.size() > 1 || root.hasFolder(inner))) {
      return root.folder(inner);
    }
    if (outermost.size() > 1) {
      throw new BadInputException(
          file
              + " holds "
              + outermost.size()
              + " groups: "
              + String.join(", ", outermost.subList(0, Math.min(MOST_SHOWN, outermost.size())))
              + (outermost.size() > MOST_SHOWN ? ", …" : "")
              + ". Give one, for example "
              + file
              + ":/"
              + outermost.get(0).replaceAll("/$", "")
              + ".");
    }
    StoredFolder image = root.folder(outermost.get(0));
    return inner.isEmpty() ? image : image.folder(inner);
  }

  private static boolean isMetadata(String name) {
    return !name.startsWith("__MACOSX/")
        && OmeZarrFormat.METADATA_FILES.contains(name.substring(name.lastIndexOf('/') + 1));
  }
}
