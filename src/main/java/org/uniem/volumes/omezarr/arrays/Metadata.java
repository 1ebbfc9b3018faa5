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
    if (folder.hasFile(VERSION_3)) {
      Metadata all = read(folder, VERSION_3);
      return Optional.of(
          all.object("attributes").orElseGet(() -> new Metadata(all.file, new JsonObject())));
    }
    return folder.hasFile(VERSION_2) ? Optional.of(read(folder, VERSION_2)) : Optional.empty();
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
