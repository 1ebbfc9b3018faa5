package org.uniem.commands.parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.OutputException;
import org.uniem.job.files.Folders;
import org.uniem.volumes.Volumes;

/** Paths as users give them: where they lead, and whether a result may be written there. */
public final class Paths {

  private static final Pattern INSIDE = Pattern.compile("(?i)(\\.(?:h5|hdf5|hdf)):[/\\\\]*");

  private Paths() {}

  /**
   * The absolute path of a text; a leading {@code ~} is the user's home, and a colon behind an HDF5
   * file, which Windows has no paths with, becomes a slash.
   *
   * @throws BadParameterException if the text cannot be a path
   */
  public static Path resolve(String text) {
    String expanded = text;
    if (text.equals("~") || text.startsWith("~/") || text.startsWith("~\\")) {
      expanded = System.getProperty("user.home") + text.substring(1);
    }
    try {
      return Path.of(INSIDE.matcher(expanded).replaceFirst("$1/")).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new BadParameterException(
          "'"
              + text
              + "' is not a path: "
              + e.getReason()
              + ". Where the path is right, set the language of the system to a UTF-8 one.",
          e);
    }
  }

  /**
   * Checks that an input is there.
   *
   * @throws BadInputException if not
   */
  public static void requireExists(String parameter, Path path) {
    requireExists(parameter, path, "");
  }

  /** Likewise, with what else the text that was given is not. */
  static void requireExists(String parameter, Path path, String nothingElse) {
    if (!Files.exists(Volumes.place(path))) {
      throw new BadInputException(
          "Cannot read "
              + parameter
              + "="
              + path
              + ": there is no such file or folder"
              + nothingElse
              + ". Check the path for typing errors.");
    }
  }

  /**
   * Checks that a result may be written: nothing is there yet but perhaps an empty folder, and the
   * nearest folder above is writable. Creates nothing.
   *
   * @throws OutputException if not
   */
  public static void requireFree(String parameter, Path output) {
    String what = "Cannot write " + parameter + "=" + output + ": ";
    Path path = Volumes.place(output);
    if (Files.isDirectory(path)) {
      requireEmpty(what, path);
    } else if (Files.exists(path)) {
      throw new OutputException(what + "the file exists. Give another name or delete it.");
    }
    Path above = path;
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (above == null || !Files.isDirectory(above)) {
      throw new OutputException(what + above + " is not a folder. Give another place.");
    }
    if (!Files.isWritable(above)) {
      throw new OutputException(
          what + "no permission to write in " + above + ". Give another place.");
    }
  }

  private static void requireEmpty(String what, Path folder) {
    try {
      if (!Folders.isEmpty(folder)) {
        throw new OutputException(
            what + "the folder is not empty. Give another name or delete the folder.");
      }
    } catch (IOException e) {
      throw new OutputException(what + "the folder cannot be read (" + e.getMessage() + ").", e);
    }
  }

  /** Deletes an output that is of no use after a failure; a further failure is added to it. */
  public static void deleteAfter(Throwable failure, Path output) {
    try {
      Folders.deleteTree(Volumes.place(output));
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Whether an output of this name is one TIFF file, not a folder of slices. */
  public static boolean isTiff(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".tif") || name.endsWith(".tiff");
  }

  /**
   * Where a file that belongs to a result goes: inside the folder of slices, or beside the file
   * with the result's name before it.
   *
   * @param result a folder, or a file of any kind
   * @param name for example {@code "provenance.json"}
   */
  public static Path companion(Path result, String name) {
    Path file = Volumes.place(result);
    if (Files.isDirectory(file)) {
      return file.resolve(name);
    }
    return file.resolveSibling(baseName(file) + "-" + name);
  }

  /** The file name without its last extension. */
  public static String baseName(Path path) {
    String name = Volumes.place(path).getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The file name without an ending, if it has this one. */
  public static String baseName(Path path, String ending) {
    String name = path.getFileName().toString();
    boolean has = name.toLowerCase(Locale.ROOT).endsWith(ending) && name.length() > ending.length();
    return has ? name.substring(0, name.length() - ending.length()) : name;
  }
}
