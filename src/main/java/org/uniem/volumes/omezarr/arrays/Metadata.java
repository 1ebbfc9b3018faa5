package org.uniem.volumes.omezarr.arrays;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.folders.StoredFolder;

/**
 * A JSON object in a metadata file, whose entries are checked when they are asked for. Immutable in
 * use.
 *
 * @param file where it is from, for messages
 * @param json the object
 */
public record Metadata(Path file, JsonObject json) {

  /** Name of the one metadata file of a Zarr v3 group or array. */
  public static final String VERSION_3 = "zarr.json";

  private static final String VERSION_2 = ".zattrs";
  private static final String COLLECTED_2 = ".zmetadata";
  private static final String COLLECTED_3 = "consolidated_metadata";
  private static final int MOST_ABOVE = 3;
  private static final int MOST_BYTES = 1 << 26;

  /**
   * Reads a file.
   *
   * @param folder that it is in
   * @param name of the file
   * @throws BadInputException if it cannot be read or is no JSON object
   */
  public static Metadata read(StoredFolder folder, String name) {
    Path file = folder.path().resolve(name);
    String text;
    try {
      byte[] bytes = folder.read(name, MOST_BYTES).orElseThrow(() -> new NoSuchFileException(name));
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read " + file + ": " + WholeFile.reason(e) + ". Check that it may be read.", e);
    }
    try {
      JsonElement json = JsonParser.parseString(text);
      if (json.isJsonObject()) {
        return new Metadata(file, json.getAsJsonObject());
      }
    } catch (JsonParseException e) {
      throw noObject(file, text, e);
    }
    throw noObject(file, text, null);
  }

  /**
   * Reads a file where it is there, or what a group above it says to be in it: programs collect all
   * metadata of a group in one file, and some copy that alone.
   *
   * @param folder that it is in
   * @param name of the file
   * @return empty where there is neither
   * @throws BadInputException if it cannot be read or is no JSON object
   */
  static Optional<Metadata> find(StoredFolder folder, String name) {
    if (folder.hasFile(name)) {
      return Optional.of(read(folder, name));
    }
    Optional<StoredFolder> group = Optional.of(folder);
    for (int i = 0; i <= MOST_ABOVE && group.isPresent(); i++) {
      String path = group.get().path().relativize(folder.path()).toString().replace('\\', '/');
      Optional<Metadata> found = collected(group.get(), path, name);
      if (found.isPresent()) {
        return found;
      }
      group = group.get().parent();
    }
    return Optional.empty();
  }

  private static Optional<Metadata> collected(StoredFolder group, String path, String name) {
    boolean three = name.equals(VERSION_3);
    String file = three ? VERSION_3 : COLLECTED_2;
    if (!group.hasFile(file)) {
      return Optional.empty();
    }
    Metadata all = read(group, file);
    String key = three ? path : path.isEmpty() ? name : path + "/" + name;
    return (three ? all.object(COLLECTED_3) : Optional.of(all))
        .flatMap(collection -> collection.object("metadata"))
        .flatMap(entries -> entries.object(key));
  }

  private static BadInputException noObject(Path file, String text, Exception cause) {
    return new BadInputException(
        "Cannot read "
            + file
            + ": expected a JSON object, found "
            + (text.isEmpty() ? "an empty file" : "something else in " + text.length() + " bytes")
            + ". The copy is probably truncated: copy it again.",
        cause);
  }

  /**
   * What a group or array says beside what Zarr itself needs.
   *
   * @return empty where the folder is none, or a v2 one without attributes
   */
  public static Optional<Metadata> attributes(StoredFolder folder) {
    Optional<Metadata> all = find(folder, VERSION_3);
    if (all.isPresent()) {
      return all.map(
          found ->
              found
                  .object("attributes")
                  .orElseGet(() -> new Metadata(found.file, new JsonObject())));
    }
    return find(folder, VERSION_2);
  }

  /** Whether there is an entry that is not null. */
  public boolean has(String key) {
    return json.has(key) && !json.get(key).isJsonNull();
  }

  /** An object, empty where there is none. */
  public Optional<Metadata> object(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!json.get(key).isJsonObject()) {
      throw wrong(key, "an object");
    }
    return Optional.of(new Metadata(file, json.getAsJsonObject(key)));
  }

  /** A list of objects, empty where there is none; a text in it stands for a named object. */
  public List<Metadata> objects(String key) {
    if (!has(key)) {
      return List.of();
    }
    List<Metadata> objects = new ArrayList<>();
    for (JsonElement element : array(key, "a list of objects")) {
      JsonElement object = element;
      if (element.isJsonPrimitive()) {
        object = new JsonObject();
        object.getAsJsonObject().add("name", element);
      }
      if (!object.isJsonObject()) {
        throw wrong(key, "a list of objects");
      }
      objects.add(new Metadata(file, object.getAsJsonObject()));
    }
    return objects;
  }

  /** A text. */
  public String text(String key) {
    if (!has(key) || !json.get(key).isJsonPrimitive()) {
      throw wrong(key, "a text");
    }
    return json.get(key).getAsString();
  }

  /** A text, or another where there is none. */
  public String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /** A list of texts. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : array(key, "a list of texts")) {
      texts.add(element.isJsonPrimitive() ? element.getAsString() : "");
    }
    return texts;
  }

  /** A whole number, or another where there is none. */
  public int number(String key, int absent) {
    if (!has(key)) {
      return absent;
    }
    try {
      return json.get(key).getAsBigDecimal().intValueExact();
    } catch (NumberFormatException
        | ArithmeticException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw wrong(key, "a whole number");
    }
  }

  /** A list of whole numbers. */
  public long[] longs(String key) {
    JsonArray array = array(key, "a list of whole numbers");
    long[] numbers = new long[array.size()];
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = array.get(i).getAsBigDecimal().longValueExact();
      }
    } catch (NumberFormatException
        | ArithmeticException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw wrong(key, "a list of whole numbers");
    }
    return numbers;
  }

  /** A list of numbers. */
  public double[] doubles(String key) {
    JsonArray array = array(key, "a list of numbers");
    double[] numbers = new double[array.size()];
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = array.get(i).getAsDouble();
      }
    } catch (NumberFormatException | IllegalStateException | UnsupportedOperationException e) {
      throw wrong(key, "a list of numbers");
    }
    return numbers;
  }

  private JsonArray array(String key, String expected) {
    if (!has(key) || !json.get(key).isJsonArray()) {
      throw wrong(key, expected);
    }
    return json.getAsJsonArray(key);
  }

  /** A number. */
  public double real(String key) {
    try {
      if (has(key)) {
        double number = json.get(key).getAsDouble();
        if (Double.isFinite(number)) {
          return number;
        }
      }
    } catch (NumberFormatException | IllegalStateException | UnsupportedOperationException e) {
      throw wrong(key, "a number");
    }
    throw wrong(key, "a number");
  }

  /** What to throw where a file needs what there is not. */
  public BadInputException unsupported(String what, String supported) {
    return new BadInputException(
        "Cannot read "
            + file
            + ": it needs "
            + what
            + ", which is not supported: expected "
            + supported
            + ". Convert it with the program that wrote it.");
  }

  /** What to throw where an entry is not as it should be. */
  public BadInputException wrong(String key, String expected) {
    String found = json.has(key) ? json.get(key).toString() : "nothing";
    return new BadInputException(
        "Cannot read "
            + file
            + ": expected "
            + expected
            + " as \""
            + key
            + "\", found "
            + (found.length() > 100 ? found.substring(0, 100) + "…" : found)
            + ". Copy it again, or convert it with another program.");
  }
}
