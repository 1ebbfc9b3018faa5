package org.uniem.commands.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.uniem.job.ResourceException;
import org.uniem.networks.ClassPathFiles;
import org.uniem.networks.architecture.Architectures;

/**
 * Finds the jars that a worker needs, and only those: what this suite was built with, by artifact
 * and version.
 *
 * <p>The build leaves the list of names in the jar. They are looked for on this Java's class path,
 * then in the folders {@code jars}, {@code jars/<platform>} and {@code plugins} of Fiji, whose
 * launcher may keep them off {@code java.class.path}. Where the exact version is missing, another
 * one of the same artifact is taken, as Fiji itself would; TensorFlow's own jars must be exact.
 */
final class WorkerClassPath {

  private static final String LIST = "/META-INF/uniem/worker-libraries.txt";
  private static final Pattern JAR_NAME = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
  private static final String NATIVE = "tensorflow-core-native";
  private static final String GPU = "-gpu.jar";
  private static final List<String> EXACT =
      List.of("tensorflow-core-api", NATIVE, "ndarray", "javacpp");

  private final Map<String, Path> byName = new LinkedHashMap<>();

  /**
   * @param jars files and folders to choose from; the first of a name counts
   */
  WorkerClassPath(Collection<Path> jars) {
    jars.forEach(jar -> byName.putIfAbsent(jar.getFileName().toString(), jar));
  }

  /**
   * The class path of a worker. Network architectures from other jars are on it, what those need
   * beyond this suite's libraries is not.
   *
   * @param own classes whose jars or folders come first
   * @throws ResourceException if a jar is missing; names it
   */
  static List<Path> find(Class<?>... own) {
    Set<Path> classPath = new LinkedHashSet<>();
    for (Class<?> type : own) {
      classPath.add(location(type));
    }
    for (Class<?> architecture : new Architectures().types()) {
      classPath.add(location(architecture));
    }
    classPath.addAll(new WorkerClassPath(candidates()).libraries(needed()));
    return List.copyOf(classPath);
  }

  /** The names of the jars this suite was built with. */
  static List<String> needed() {
    try (InputStream stream = WorkerClassPath.class.getResourceAsStream(LIST)) {
      if (stream == null) {
        throw new ResourceException(
            "This build of UNI-EM lacks the list of its libraries ("
                + LIST
                + "): build it with Maven, or install a released version.");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      List<String> names = new ArrayList<>();
      for (String entry : text.strip().split(";")) {
        names.add(entry.substring(entry.lastIndexOf('/') + 1));
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The files of the names.
   *
   * @param names of jars, with version
   * @throws ResourceException if one is missing
   */
  List<Path> libraries(List<String> names) {
    Set<Path> found = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      List<Path> files = filesOf(name);
      if (files.isEmpty()) {
        missing.add(name);
      }
      found.addAll(files);
    }
    if (!missing.isEmpty()) {
      throw new ResourceException(
          "Networks cannot run because "
              + String.join(", ", missing)
              + (missing.size() == 1 ? " is" : " are")
              + " missing: put "
              + (missing.size() == 1 ? "it" : "them")
              + " into Fiji's folder jars, or run Help > Update… with the update site UNI-EM"
              + " ticked, and restart Fiji.");
    }
    return List.copyOf(found);
  }

  private List<Path> filesOf(String name) {
    Path exact = byName.get(name);
    Matcher wanted = JAR_NAME.matcher(name);
    if (!wanted.matches()) {
      return exact == null ? List.of() : List.of(exact);
    }
    String artifact = wanted.group(1);
    if (artifact.equals(NATIVE) && wanted.group(2).contains("-")) {
      return nativeLibraries(wanted.group(2).replaceFirst("-.*", ""));
    }
    if (exact != null) {
      return List.of(exact);
    }
    if (EXACT.contains(artifact)) {
      return List.of();
    }
    for (Map.Entry<String, Path> candidate : byName.entrySet()) {
      Matcher found = JAR_NAME.matcher(candidate.getKey());
      if (found.matches() && found.group(1).equals(artifact)) {
        return List.of(candidate.getValue());
      }
    }
    return List.of();
  }

  /**
   * Those of any platform: the build's may be another one, and the loader takes what fits. Where
   * the build for GPUs is installed too, its user wants it instead.
   */
  private List<Path> nativeLibraries(String version) {
    String start = NATIVE + "-" + version + "-";
    List<Path> found = new ArrayList<>();
    byName.forEach(
        (name, path) -> {
          boolean replaced = byName.containsKey(name.replaceFirst("\\.jar$", GPU));
          if (name.startsWith(start) && name.endsWith(".jar") && !replaced) {
            found.add(path);
          }
        });
    return found;
  }

  private static Set<Path> candidates() {
    Set<Path> files = new LinkedHashSet<>();
    files.addAll(ClassPathFiles.jars());
    for (Path root : roots()) {
      addJars(root.resolve("plugins"), files);
      addJars(root.resolve("jars"), files);
    }
    return files;
  }

  /** Where Fiji may be: as its launcher says, and around our own jar. */
  private static Set<Path> roots() {
    Set<Path> roots = new LinkedHashSet<>();
    for (String property : List.of("ij.dir", "imagej.dir", "fiji.dir", "plugins.dir")) {
      String folder = System.getProperty(property, "");
      if (!folder.isBlank()) {
        roots.add(Path.of(folder).toAbsolutePath());
      }
    }
    Path own = location(WorkerClassPath.class);
    if (Files.isRegularFile(own) && own.getParent().getParent() != null) {
      roots.add(own.getParent().getParent());
    }
    return roots;
  }

  private static void addJars(Path folder, Set<Path> files) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    // Depth 2: the folder and those of the platforms in it.
    try (Stream<Path> content = Files.walk(folder, 2)) {
      content
          .filter(path -> path.toString().endsWith(".jar") && Files.isRegularFile(path))
          .sorted()
          .forEach(files::add);
    } catch (IOException | UncheckedIOException e) {
      throw new ResourceException(
          "Fiji's folder " + folder + " cannot be read (" + e.getMessage() + ").", e);
    }
  }

  /** The jar or folder of classes that a class is from. */
  private static Path location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new ResourceException(
          "The jar of " + type.getName() + " cannot be found: install UNI-EM as a jar.");
    }
    return Path.of(URI.create(source.getLocation().toString()));
  }
}
