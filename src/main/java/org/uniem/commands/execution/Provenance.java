package org.uniem.commands.execution;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import ij.ImagePlus;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.scijava.util.VersionUtils;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.InputVolumes;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.files.WholeFile;
import org.uniem.viewers.images.OpenImages;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/**
 * Where a result comes from, written as {@code provenance.json} into the result folder, or beside a
 * result file as {@code <name>-provenance.json}.
 *
 * <p>Keys: {@code command}, {@code commandLine} (repeats the run from any folder), {@code version},
 * {@code parameters} (all of them), {@code seed} (null where there is none), {@code inputs} (path,
 * files, bytes, SHA-256; a folder's checksum runs over relative name, size and content of its files
 * in the order of their names, hidden ones and provenance left out; of an open image without a file
 * the path is its title and the checksum runs over its values as floats, slice by slice and channel
 * by channel), {@code notes} (what was told about them, such as how they were scaled), {@code
 * started}, {@code finished} (ISO 8601, UTC), {@code seconds}, {@code machine}.
 */
public final class Provenance {

  /** Name of the file in a result folder. */
  public static final String FILE_NAME = "provenance.json";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private final UniEmCommand command;
  private final List<Path> inputs;
  private final List<ImagePlus> images;
  private final Instant started;

  /**
   * @param command the command with its parameters set
   * @param inputs files and folders that the result depends on
   * @param started when the run began
   */
  Provenance(UniEmCommand command, List<Path> inputs, Instant started) {
    this.command = command;
    this.inputs = inputs;
    images = InputVolumes.imagesOf(command);
    this.started = started;
  }

  /**
   * Computes the checksums and writes the file.
   *
   * @param result the main result; its folder receives the file
   * @param job for cancelling; its notes are written too
   */
  void write(Path result, Job job) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("command", command.commandName());
    content.put("commandLine", commandLine(command));
    content.put("version", version());
    Map<String, Object> parameters = parameters(command);
    content.put("parameters", parameters);
    content.put("seed", parameters.get("seed"));
    List<Map<String, Object>> checksums = new ArrayList<>();
    for (Path input : inputs) {
      checksums.add(checksum(input, job));
    }
    for (ImagePlus image : images) {
      try (Volume volume = OpenImages.open(image)) {
        checksums.add(checksum(volume, job));
      }
    }
    Instant finished = Instant.now();
    content.put("inputs", checksums);
    content.put("notes", job.notes());
    content.put("started", started.toString());
    content.put("finished", finished.toString());
    content.put("seconds", Duration.between(started, finished).toMillis() / 1000.0);
    content.put("machine", machine());
    WholeFile.writeText(Paths.companion(result, FILE_NAME), GSON.toJson(content) + "\n");
  }

  /** The version of the suite, as in its POM. */
  public static String version() {
    String version = VersionUtils.getVersion(Provenance.class);
    return version == null ? "unknown" : version;
  }

  private static Map<String, Object> machine() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", Runtime.version().toString());
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("heapBytes", Runtime.getRuntime().maxMemory());
    return machine;
  }

  private static Map<String, Object> parameters(UniEmCommand command) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (CommandParameters.Input input : CommandParameters.of(command.getClass())) {
      Object value = input.value(command);
      parameters.put(input.name(), value instanceof File ? value.toString() : value);
    }
    return parameters;
  }

  /**
   * The command line that repeats a command: all parameters that differ from their defaults.
   *
   * @param command the command with its parameters set
   */
  public static String commandLine(UniEmCommand command) {
    UniEmCommand defaults = CommandParameters.newInstance(command.getClass());
    StringBuilder line = new StringBuilder("scripts/uniem ").append(command.commandName());
    for (CommandParameters.Input input : CommandParameters.of(command.getClass())) {
      Object value = input.value(command);
      if (value != null && !Objects.equals(value, input.value(defaults))) {
        line.append(' ').append(quote(input.name() + "=" + value));
      }
    }
    return line.toString();
  }

  private static String quote(String word) {
    if (word.matches("[\\p{L}\\p{N}_./:,=+@%-]+")) {
      return word;
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * Size and SHA-256 of a file, or of all files of a folder.
   *
   * @throws BadInputException if a file cannot be read
   */
  static Map<String, Object> checksum(Path input, Job job) {
    try {
      Path place = Volumes.place(input);
      boolean folder = Files.isDirectory(place);
      MessageDigest digest = sha256();
      SortedMap<String, Path> files = files(place);
      long bytes = 0;
      for (Map.Entry<String, Path> file : files.entrySet()) {
        long size = Files.size(file.getValue());
        bytes += size;
        if (folder) {
          digest.update((file.getKey() + "\0" + size + "\0").getBytes(StandardCharsets.UTF_8));
        }
        update(digest, file.getValue(), job);
      }
      return entry(input.toString(), files.size(), bytes, digest);
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read " + input + " for its checksum: " + e.getMessage() + ".", e);
    }
  }

  /** Size and SHA-256 of an image that is no file. */
  private static Map<String, Object> checksum(Volume image, Job job) {
    MessageDigest digest = sha256();
    float[] slice = new float[Math.toIntExact(image.width() * image.height())];
    ByteBuffer buffer = ByteBuffer.allocate(slice.length * Float.BYTES);
    for (long z = 0; z < image.depth(); z++) {
      for (int c = 0; c < image.channels(); c++) {
        job.checkCancelled();
        image.readSlice(z, c, slice);
        buffer.asFloatBuffer().put(slice);
        digest.update(buffer.array());
      }
    }
    long bytes = image.depth() * image.channels() * buffer.capacity();
    return entry(image.name(), 0, bytes, digest);
  }

  private static Map<String, Object> entry(
      String path, int files, long bytes, MessageDigest digest) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("path", path);
    entry.put("files", files);
    entry.put("bytes", bytes);
    entry.put("sha256", HexFormat.of().formatHex(digest.digest()));
    return entry;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /**
   * Replaces names in the provenance of a result that another process wrote.
   *
   * @param result the main result
   * @param names by the path that the file has for an input, the one that it gets
   * @param command the command with its parameters as they are meant
   */
  static void rename(Path result, Map<String, String> names, UniEmCommand command) {
    Path file = Paths.companion(result, FILE_NAME);
    JsonObject content;
    try {
      content = GSON.fromJson(Files.readString(file), JsonObject.class);
    } catch (IOException | JsonParseException e) {
      throw new BadInputException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
    content.addProperty("commandLine", commandLine(command));
    content.add("parameters", GSON.toJsonTree(parameters(command)));
    for (JsonElement input : content.getAsJsonArray("inputs")) {
      String path = input.getAsJsonObject().get("path").getAsString();
      input.getAsJsonObject().addProperty("path", names.getOrDefault(path, path));
    }
    WholeFile.writeText(file, GSON.toJson(content) + "\n");
  }

  /** The files by relative name, which sorts alike on every system. */
  private static SortedMap<String, Path> files(Path input) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(input)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> file.equals(input) || isContent(file.getFileName().toString()))
          .forEach(
              file ->
                  files.put(
                      input.relativize(file).toString().replace(File.separatorChar, '/'), file));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return files;
  }

  /** Provenance holds times, so the same result made again would have another checksum. */
  private static boolean isContent(String fileName) {
    return !fileName.startsWith(".") && !fileName.endsWith(FILE_NAME);
  }

  private static void update(MessageDigest digest, Path file, Job job) throws IOException {
    byte[] buffer = new byte[1 << 20];
    try (InputStream stream = Files.newInputStream(file)) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        job.checkCancelled();
        digest.update(buffer, 0, n);
      }
    }
  }
}
